// Results on their way into the cache and back.
#include "core/job/kept_item.h"

#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

namespace garner::testing {
namespace {

Processed Made(const std::string& text) {
  Processed done;
  done.document = OwnedDocument::Make();
  done.document->set_id("id of " + text);
  done.document->set_text(text);
  done.document->add_lineage()->set_stage("stage");
  done.tallies.push_back({"stage", 2, {{"seen", 1.5}, {"left", 3}}});
  return done;
}

std::vector<Processed> MailWithAttachments() {
  std::vector<Processed> documents;
  documents.push_back(Made("words of a mail"));
  documents.push_back(Made(""));
  documents.back().is_child = true;
  documents.back().outcome = {Outcome::Kind::kDropped, "no_text", "html", "nothing there"};
  return documents;
}

TEST(KeptItem, ComesBackAsItWas) {
  const std::vector<Processed> before = MailWithAttachments();
  const std::optional<std::vector<Processed>> after = UnpackItem(PackItem(before));
  ASSERT_TRUE(after);
  ASSERT_EQ(after->size(), before.size());
  for (size_t i = 0; i < before.size(); ++i) {
    SCOPED_TRACE(i);
    EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(*(*after)[i].document, *before[i].document));
    EXPECT_EQ((*after)[i].is_child, before[i].is_child);
    EXPECT_EQ((*after)[i].outcome.reason, before[i].outcome.reason);
    EXPECT_EQ((*after)[i].outcome.stage, before[i].outcome.stage);
    EXPECT_EQ((*after)[i].outcome.message, before[i].outcome.message);
    ASSERT_EQ((*after)[i].tallies.size(), 1u);
    EXPECT_EQ((*after)[i].tallies[0].warnings, 2u);
    EXPECT_EQ((*after)[i].tallies[0].metrics, before[i].tallies[0].metrics);
  }
  EXPECT_EQ(after->front().outcome.kind, Outcome::Kind::kUnchanged) << "it was written";
  EXPECT_EQ(after->back().outcome.kind, Outcome::Kind::kDropped);
}

TEST(KeptItem, NotesForSecondHalvesComeBack) {
  std::vector<Processed> before;
  before.push_back(Made("words"));
  before.back().notes.push_back({3, std::string("a\0b", 3)});
  ASSERT_TRUE(MayBeKept(before));
  const std::optional<std::vector<Processed>> after = UnpackItem(PackItem(before));
  ASSERT_TRUE(after);
  ASSERT_EQ(after->front().notes.size(), 1u);
  EXPECT_EQ(after->front().notes[0].transform, 3u);
  EXPECT_EQ(after->front().notes[0].note, std::string("a\0b", 3));
}

TEST(KeptItem, FailuresAreTriedAgain) {
  std::vector<Processed> documents = MailWithAttachments();
  EXPECT_TRUE(MayBeKept(documents));
  documents.back().outcome.kind = Outcome::Kind::kFailed;
  EXPECT_FALSE(MayBeKept(documents));
}

// A child that fails in a second half is owed a letter with its bytes.
TEST(KeptItem, ChildrenThatAreStillDecidedAboutAreNot) {
  std::vector<Processed> documents = MailWithAttachments();
  documents.front().notes.push_back({0, "note"});
  EXPECT_FALSE(MayBeKept(documents));
}

TEST(KeptItem, DamagedBytesAreNoResult) {
  const std::string packed = PackItem(MailWithAttachments());
  ASSERT_TRUE(UnpackItem(packed));
  for (size_t size = 0; size < packed.size(); ++size) EXPECT_FALSE(UnpackItem(packed.substr(0, size))) << size;
  for (size_t at = 0; at < packed.size(); ++at) {
    for (const char flip : {'\x01', '\x80'}) {
      std::string damaged = packed;
      damaged[at] = static_cast<char>(damaged[at] ^ flip);
      const std::optional<std::vector<Processed>> after = UnpackItem(damaged);
      // Bits of the frame's header that mean nothing may flip; the content may not.
      EXPECT_TRUE(!after || after->front().document->text() == "words of a mail") << at;
    }
  }
}

}  // namespace
}  // namespace garner::testing
