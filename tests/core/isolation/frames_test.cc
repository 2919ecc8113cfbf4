// Frames from bytes that come in any portions, and from bytes that are none.
#include "core/isolation/frames.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace garner {
namespace {

using Frames = std::vector<std::pair<std::string, std::string>>;

std::string Encode(const std::string& head, const std::string& body) {
  const auto header = FrameHeader(head.size(), body.size());
  return std::string(header.begin(), header.end()) + head + body;
}

// Everything that a reader finds in bytes that come in portions of at most `portion`.
Frames Read(const std::string& bytes, size_t portion, FrameReader& reader) {
  Frames found;
  for (size_t at = 0; at < bytes.size();) {
    const std::span<char> room = reader.Room();
    EXPECT_FALSE(room.empty());
    const size_t now = std::min({portion, room.size(), bytes.size() - at});
    bytes.copy(room.data(), now, at);
    at += now;
    reader.Advance(now);
    for (; reader.state() == FrameReader::State::kComplete; reader.Next()) found.emplace_back(reader.head(), reader.body());
    if (reader.state() == FrameReader::State::kMalformed) break;
  }
  return found;
}

TEST(FrameReader, FindsFramesWhateverThePortions) {
  const Frames frames = {{"head", "body"}, {"", ""}, {"only a head", ""}, {"", std::string(200'000, 'b')}, {std::string(70'000, 'h'), "x"}};
  std::string bytes;
  for (const auto& [head, body] : frames) bytes += Encode(head, body);
  for (const size_t portion : {size_t{1}, size_t{7}, size_t{4096}, bytes.size()}) {
    FrameReader reader;
    EXPECT_EQ(Read(bytes, portion, reader), frames) << portion;
    EXPECT_EQ(reader.unread(), 0u);
    EXPECT_EQ(reader.state(), FrameReader::State::kPartial);
  }
}

TEST(FrameReader, AFrameThatIsCutOffStaysPartial) {
  const std::string bytes = Encode("head", "body");
  for (size_t size = 0; size < bytes.size(); ++size) {
    FrameReader reader;
    EXPECT_TRUE(Read(bytes.substr(0, size), 100, reader).empty());
    EXPECT_EQ(reader.state(), FrameReader::State::kPartial);
    EXPECT_EQ(reader.unread(), size);
  }
}

TEST(FrameReader, LengthsOutOfBoundsAreMalformed) {
  FrameReader head;
  EXPECT_TRUE(Read(std::string("\xff\xff\xff\x7f\0\0\0\0", 8), 100, head).empty());
  EXPECT_EQ(head.state(), FrameReader::State::kMalformed);
  FrameReader body;
  EXPECT_TRUE(Read(std::string("\0\0\0\0\0\0\0\x80", 8), 100, body).empty());
  EXPECT_EQ(body.state(), FrameReader::State::kMalformed);
}

TEST(FrameReader, TheLargestLengthsAreTaken) {
  FrameReader reader;
  const auto header = FrameHeader(kMaxFrameHeadBytes, kMaxFrameBodyBytes);
  EXPECT_TRUE(Read(std::string(header.begin(), header.end()), 100, reader).empty());
  EXPECT_EQ(reader.state(), FrameReader::State::kPartial);
}

// A header that announces two gigabytes costs nothing until they come.
TEST(FrameReader, MemoryFollowsTheBytesThatCame) {
  FrameReader reader;
  const auto header = FrameHeader(0, kMaxFrameBodyBytes);
  Read(std::string(header.begin(), header.end()) + std::string(100'000, 'x'), 1000, reader);
  EXPECT_LE(reader.Room().size(), 300'000u);
}

}  // namespace
}  // namespace garner
