// Bytes that are read one after the other: a payload that is too large, or not wanted, in memory as a whole.
//
//   char buffer[1 << 16];
//   while (true) {
//     const Result<size_t> read = stream.Read(buffer, sizeof buffer);
//     if (!read.ok() || *read == 0) break;
//     Use({buffer, *read});
//   }
//
// Whoever makes a stream says how long what is behind it lives. One thread.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

#include "garner/status.h"

namespace garner {

class ByteStream {
 public:
  virtual ~ByteStream() = default;
  ByteStream() = default;
  ByteStream(const ByteStream&) = delete;
  ByteStream& operator=(const ByteStream&) = delete;

  // Up to `size` bytes into `buffer`, at least one unless the stream is at its end: then 0. `size` is not 0. A failure is final.
  virtual Result<size_t> Read(char* buffer, size_t size) = 0;
  // How many bytes there are from the beginning to the end, where that is known.
  virtual std::optional<uint64_t> size() const { return std::nullopt; }
  // Whether Seek works: for files and memory, not for what is being unpacked or comes through a pipe.
  virtual bool seekable() const { return false; }
  // Goes to a place, counted from the beginning; at most the size.
  virtual Status Seek(uint64_t position) {
    (void)position;
    return Status(StatusKind::kUnsupported, "this stream can only be read from its beginning to its end");
  }
};

// Bytes in memory, which must outlive it.
class MemoryStream final : public ByteStream {
 public:
  explicit MemoryStream(std::string_view bytes) : bytes_(bytes) {}

  Result<size_t> Read(char* buffer, size_t size) override {
    const size_t count = std::min(size, bytes_.size() - at_);
    std::memcpy(buffer, bytes_.data() + at_, count);
    at_ += count;
    return count;
  }
  std::optional<uint64_t> size() const override { return bytes_.size(); }
  bool seekable() const override { return true; }
  Status Seek(uint64_t position) override {
    if (position > bytes_.size()) return Status(StatusKind::kInvalidInput, "a place behind the end of the stream");
    at_ = position;
    return OkStatus();
  }

 private:
  std::string_view bytes_;
  size_t at_ = 0;
};

}  // namespace garner
