// Runs an unpacker or a source as the host does, and streams that make its work hard.
//
//   OddStream stream(bytes, 7);                                   // pieces of odd sizes, drawn with the seed 7
//   const Unpacked unpacked = Unpack(*unpacker, stream);
//   for (const UnpackedItem& item : unpacked.items) ...
//
// No GoogleTest in here: fuzz targets use it, too.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "garner/byte_stream.h"
#include "garner/stage.h"

namespace garner::testing {

struct UnpackedItem {
  v1::PayloadInfo info;
  // Read whole where the item has a stream, compression undone.
  std::string bytes;
  Status status;
};

struct Unpacked {
  std::vector<UnpackedItem> items;
  // Of Begin, or of the Next that ended it.
  Status status;
};

// All items of an open source, at most `max_items`.
Unpacked ReadSource(SourceStage& source, size_t max_items = SIZE_MAX);

// All items of the container, at most `max_items`.
Unpacked Unpack(UnpackerStage& unpacker, ByteStream& stream, const v1::PayloadInfo& container = {}, size_t max_items = SIZE_MAX);

// Bytes in memory that come in pieces of 1 byte to `max_piece`, and cannot be sought, as what comes through a pipe.
class OddStream final : public ByteStream {
 public:
  OddStream(std::string_view bytes, uint32_t seed, size_t max_piece = 17) : bytes_(bytes), max_piece_(max_piece), dice_(seed) {}

  Result<size_t> Read(char* buffer, size_t size) override {
    const size_t count = std::min({size, bytes_.size() - at_, 1 + dice_() % max_piece_});
    std::memcpy(buffer, bytes_.data() + at_, count);
    at_ += count;
    return count;
  }

 private:
  const std::string_view bytes_;
  const size_t max_piece_;
  size_t at_ = 0;
  std::mt19937 dice_;
};

// Bytes in memory whose reading fails, with kUnreadable, where `good` of them have been read.
class FailingStream final : public ByteStream {
 public:
  FailingStream(std::string_view bytes, size_t good) : bytes_(bytes.substr(0, good)) {}

  Result<size_t> Read(char* buffer, size_t size) override {
    if (bytes_.empty()) return Status(StatusKind::kUnreadable, "the disk is broken");
    const size_t count = std::min(size, bytes_.size());
    std::memcpy(buffer, bytes_.data(), count);
    bytes_.remove_prefix(count);
    return count;
  }

 private:
  std::string_view bytes_;
};

}  // namespace garner::testing
