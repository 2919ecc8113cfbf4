// What a worker says it found inside a payload, true or not.
#include "core/isolation/reply_children.h"

#include <gtest/gtest.h>

namespace garner {
namespace {

using Done = v1::WorkerReply::Done;

Done Reply(const std::vector<uint64_t>& sizes) {
  Done done;
  for (const uint64_t bytes : sizes) done.add_children()->set_bytes(bytes);
  return done;
}

void Refuse(v1::WorkerReply::Child& child) {
  child.set_refused(true);
  child.set_failure("limit");
  child.set_message("too many");
}

TEST(ReplyChildren, AreTakenOffTheEndOfTheBody) {
  Done done = Reply({3, 0, 2});
  done.mutable_children(0)->set_name("a");
  done.mutable_children(1)->set_failure("invalid_input");
  done.mutable_children(1)->set_message("broken");
  std::string_view body = "documentabcde";
  Children children;
  ASSERT_TRUE(TakeChildren(done, body, children));
  EXPECT_EQ(body, "document");
  ASSERT_EQ(children.all().size(), 3u);
  EXPECT_EQ(children.all()[0].payload.name, "a");
  EXPECT_EQ(children.all()[0].payload.bytes, "abc");
  EXPECT_EQ(children.all()[1].payload.status.kind(), StatusKind::kInvalidInput);
  EXPECT_EQ(children.all()[1].payload.status.message(), "broken");
  EXPECT_EQ(children.all()[2].payload.bytes, "de");
}

TEST(ReplyChildren, OneMoreThanIsAllowedSaysThatThereAreMore) {
  Done done = Reply({1, 1, 0});
  Refuse(*done.mutable_children(2));
  std::string_view body = "ab";
  Children children({.payloads = 2, .bytes = 2});
  ASSERT_TRUE(TakeChildren(done, body, children));
  ASSERT_EQ(children.all().size(), 3u);
  EXPECT_TRUE(children.all()[2].refused);
}

TEST(ReplyChildren, ThatCannotBeAreNoAnswer) {
  constexpr uint64_t kHuge = ~uint64_t{0};
  Done refused_with_bytes = Reply({1});
  Refuse(*refused_with_bytes.mutable_children(0));
  Done refused_without_reason = Reply({0});
  refused_without_reason.mutable_children(0)->set_refused(true);
  Done two_too_many = Reply({0, 0, 0, 0});
  Refuse(*two_too_many.mutable_children(2));
  Refuse(*two_too_many.mutable_children(3));
  for (const Done& done : {Reply({10}), Reply({4, 6}), Reply({kHuge, 1}), Reply({1, kHuge}), Reply({0, 0, 0}), Reply({3, 3}),
                           refused_with_bytes, refused_without_reason, two_too_many}) {
    SCOPED_TRACE(done.ShortDebugString());
    std::string_view body = "123456789";
    Children children({.payloads = 2, .bytes = 5});
    EXPECT_FALSE(TakeChildren(done, body, children));
    EXPECT_EQ(body, "123456789");
    EXPECT_TRUE(children.all().empty());
  }
}

}  // namespace
}  // namespace garner
