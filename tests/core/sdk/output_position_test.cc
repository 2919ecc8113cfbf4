#include "core/sdk/output_position.h"

#include <gtest/gtest.h>

#include <string>

#include "core/sdk/chained_hash.h"
#include "garner/hash.h"

namespace garner {
namespace {

TEST(ChainedHash, IsTheSameHoweverTheBytesAreCut) {
  std::string bytes;
  for (size_t i = 0; i < 3 * ChainedHash::kBlockBytes + 5; ++i) bytes.push_back(static_cast<char>(i * i >> 3));
  ChainedHash whole;
  whole.Update(bytes);
  for (const size_t piece : {size_t{1}, size_t{1000}, ChainedHash::kBlockBytes - 1, ChainedHash::kBlockBytes, ChainedHash::kBlockBytes + 1, 2 * ChainedHash::kBlockBytes}) {
    ChainedHash hash;
    for (size_t at = 0; at < bytes.size(); at += piece) hash.Update(std::string_view(bytes).substr(at, piece));
    EXPECT_EQ(hash.Value(), whole.Value()) << piece;
    EXPECT_EQ(hash.blocks(), whole.blocks()) << piece;
  }
}

TEST(ChainedHash, GoesOnFromItsLastBlock) {
  const std::string bytes(2 * ChainedHash::kBlockBytes, 'b');
  for (const size_t cut : {size_t{0}, size_t{7}, ChainedHash::kBlockBytes, ChainedHash::kBlockBytes + 9}) {
    ChainedHash first;
    first.Update(bytes.substr(0, cut));
    ChainedHash again(first.blocks(), std::string_view(bytes).substr(cut / ChainedHash::kBlockBytes * ChainedHash::kBlockBytes, cut % ChainedHash::kBlockBytes));
    EXPECT_EQ(again.Value(), first.Value());
    again.Update(std::string_view(bytes).substr(cut));
    ChainedHash whole;
    whole.Update(bytes);
    EXPECT_EQ(again.Value(), whole.Value()) << cut;
  }
}

TEST(ChainedHash, TellsOneByteApart) {
  std::string bytes(ChainedHash::kBlockBytes + 3, 'b');
  ChainedHash before;
  before.Update(bytes);
  for (const size_t at : {size_t{0}, ChainedHash::kBlockBytes - 1, ChainedHash::kBlockBytes, bytes.size() - 1}) {
    std::string changed = bytes;
    changed[at] = 'c';
    ChainedHash after;
    after.Update(changed);
    EXPECT_NE(after.Value(), before.Value()) << at;
  }
}

TEST(OutputPosition, ComesBackAsItWas) {
  const OutputPosition rows[] = {
      {Compression::kNone, 0, 0, 0, ""},
      {Compression::kNone, UINT64_MAX, 1, UINT64_MAX - 1, ""},
      {Compression::kGzip, 12, 34, 56, "unfinished"},
      {Compression::kZstd, uint64_t{1} << 40, 7, 8, std::string(kZstdFrameBytes - 1, 'z')},
  };
  for (const OutputPosition& row : rows) {
    const Result<std::string> encoded = EncodePosition(row);
    ASSERT_TRUE(encoded.ok());
    const Result<OutputPosition> decoded = DecodePosition(*encoded);
    ASSERT_TRUE(decoded.ok()) << decoded.status().message();
    EXPECT_EQ(decoded->compression, row.compression);
    EXPECT_EQ(decoded->bytes, row.bytes);
    EXPECT_EQ(decoded->hash, row.hash);
    EXPECT_EQ(decoded->blocks, row.blocks);
    EXPECT_TRUE(decoded->unfinished == row.unfinished);
  }
}

TEST(OutputPosition, IsSmall) {
  EXPECT_LT(EncodePosition({Compression::kNone, 1 << 30, 1, 2, ""})->size(), 100u);
  EXPECT_LT(EncodePosition({Compression::kZstd, 1 << 30, 1, 2, std::string(kZstdFrameBytes - 1, 'z')})->size(), 2000u);
}

// With a check that fits, so that it is the numbers that are looked at.
std::string Checked(std::string encoded) {
  uint64_t check = Hash64(encoded);
  for (int i = 0; i < 8; ++i, check >>= 8) encoded.push_back(static_cast<char>(check));
  return encoded;
}

std::string Body(const OutputPosition& position) {
  const std::string encoded = *EncodePosition(position);
  return encoded.substr(0, encoded.size() - 8);
}

TEST(OutputPosition, RefusesWhatNoCommitWrites) {
  const std::string good = Body({Compression::kZstd, 1, 2, 3, "unfinished"});
  ASSERT_TRUE(DecodePosition(Checked(good)).ok());
  const size_t compression_at = good.find('\n') + 1;
  const size_t unfinished_at = compression_at + 1 + 3 * 8;
  std::string unknown = good;
  unknown[compression_at] = 9;
  std::string plain = good;
  plain[compression_at] = 0;
  std::string larger = good;
  larger[unfinished_at] = 11;
  std::string huge = good;
  huge[unfinished_at + 7] = 0x7F;
  std::string version = good;
  version[compression_at - 2] = '2';
  for (const std::string& bad : {unknown, plain, larger, huge, version, good + "more", good.substr(0, good.size() - 1), good.substr(0, unfinished_at + 8), std::string()}) {
    const Result<OutputPosition> decoded = DecodePosition(Checked(bad));
    ASSERT_FALSE(decoded.ok());
    EXPECT_EQ(decoded.status().kind(), StatusKind::kInvalidInput);
  }
  EXPECT_FALSE(EncodePosition({Compression::kZstd, 1, 2, 3, std::string(kZstdFrameBytes, 'z')}).ok() &&
               DecodePosition(*EncodePosition({Compression::kZstd, 1, 2, 3, std::string(kZstdFrameBytes, 'z')})).ok())
      << "a whole frame is not unfinished";
}

}  // namespace
}  // namespace garner
