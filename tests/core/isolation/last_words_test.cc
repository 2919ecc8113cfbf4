// The frame that a signal handler writes by hand is the message that the host reads.
#include "core/isolation/last_words.h"

#include <gtest/gtest.h>

#include "core/isolation/frames.h"
#include "garner/v1/worker.pb.h"

namespace garner {
namespace {

v1::WorkerReply Parse(const std::string& frame) {
  FrameReader reader;
  frame.copy(reader.Room().data(), frame.size());
  reader.Advance(frame.size());
  v1::WorkerReply reply;
  EXPECT_EQ(reader.state(), FrameReader::State::kComplete);
  EXPECT_TRUE(reply.ParseFromArray(reader.head().data(), static_cast<int>(reader.head().size())));
  EXPECT_TRUE(reader.body().empty());
  return reply;
}

TEST(LastWords, AreAWorkerReply) {
  for (const unsigned call : {0U, 59U, 127U, 128U, 257U, 16'384U, 4'000'000'000U}) {
    const v1::WorkerReply reply = Parse(LastWordsFrame(31, call, false));
    EXPECT_EQ(reply.last_words().signal(), 31u);
    EXPECT_EQ(reply.last_words().system_call(), call);
    EXPECT_FALSE(reply.last_words().stack_overflow());
    EXPECT_FALSE(reply.has_number() || reply.has_done() || reply.has_log() || reply.has_started());
  }
  EXPECT_TRUE(Parse(LastWordsFrame(11, 0, true)).last_words().stack_overflow());
}

}  // namespace
}  // namespace garner
