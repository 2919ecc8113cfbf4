// A stream that can be looked into without using it up.
//
//   PeekedStream stream(std::move(raw));
//   const Result<std::string_view> head = stream.Peek(1 << 16);   // then read from the beginning as ever
//
// Owns the stream behind it. One thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "garner/byte_stream.h"

namespace garner {

class PeekedStream final : public ByteStream {
 public:
  explicit PeekedStream(std::unique_ptr<ByteStream> behind) : behind_(std::move(behind)) {}

  // The first bytes, up to so many. Once, before the first Read. Good until then.
  Result<std::string_view> Peek(size_t size);
  // What Peek gave is all that there is: it may be taken instead of reading it.
  bool whole() const { return whole_; }
  const std::string& head() const { return head_; }
  std::string TakeHead() { return std::move(head_); }

  Result<size_t> Read(char* buffer, size_t size) override;
  std::optional<uint64_t> size() const override { return behind_->size(); }
  bool seekable() const override { return behind_->seekable(); }
  Status Seek(uint64_t position) override;

 private:
  std::unique_ptr<ByteStream> behind_;
  std::string head_;
  size_t given_ = 0;  // of head_
  bool whole_ = false;
};

}  // namespace garner
