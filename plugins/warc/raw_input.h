// A stream as it stands, with a stretch of it in memory: what comes next, and what was taken since a mark, as far as it was kept.
//
//   RawInput input(stream);
//   while (input.Fill(1)) input.Take(Use(input.ahead()));
//
// The stream must outlive it. One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "garner/byte_stream.h"

namespace garner::warc {

class RawInput {
 public:
  // Bytes behind the mark that are kept, so that the search for the next member can begin there.
  static constexpr size_t kKeptBytes = size_t{1} << 20;

  explicit RawInput(ByteStream& stream) : stream_(&stream) {}

  // What has been read and not been taken.
  std::string_view ahead() const { return {buffer_.get() + at_, end_ - at_}; }
  // Where ahead() begins in the stream.
  uint64_t offset() const { return begin_offset_ + at_; }
  // Reads until ahead() holds `size` bytes, at most kMostAhead. False where the stream ends or fails before; what there is stays.
  bool Fill(size_t size);
  static constexpr size_t kMostAhead = size_t{256} << 10;
  void Take(size_t size) { at_ += size; }

  // Remembers the place of ahead() ...
  void Mark() { mark_ = at_; }
  // ... and goes back to it, or to the first byte behind it that was kept.
  void Return() { at_ = mark_; }

  // Of the stream: not ok where it failed.
  const Status& status() const { return status_; }

 private:
  // Moves what is kept to the front of the buffer.
  void MakeRoom();

  ByteStream* stream_;
  std::unique_ptr<char[]> buffer_;  // not zeroed: many containers are small
  size_t mark_ = 0;
  size_t at_ = 0;
  size_t end_ = 0;
  uint64_t begin_offset_ = 0;  // of buffer_[0]
  bool ended_ = false;
  Status status_;
};

}  // namespace garner::warc
