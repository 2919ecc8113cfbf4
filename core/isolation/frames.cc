#include "core/isolation/frames.h"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace garner {
namespace {

constexpr size_t kFirstRoom = size_t{64} << 10;
// A larger buffer is given back when it is empty.
constexpr size_t kKeptBuffer = size_t{16} << 20;

void PutLength(size_t value, char* out) {
  for (int i = 0; i < 4; ++i) out[i] = static_cast<char>(value >> (8 * i) & 0xff);
}

size_t GetLength(const char* bytes) {
  size_t value = 0;
  for (int i = 0; i < 4; ++i) value |= size_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  return value;
}

}  // namespace

std::array<char, kFrameHeaderBytes> FrameHeader(size_t head_bytes, size_t body_bytes) {
  assert(head_bytes <= kMaxFrameHeadBytes && body_bytes <= kMaxFrameBodyBytes);
  std::array<char, kFrameHeaderBytes> header{};
  PutLength(head_bytes, header.data());
  PutLength(body_bytes, header.data() + 4);
  return header;
}

std::span<char> FrameReader::Room() {
  if (end_ == buffer_.size() && begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  // Twice what is there: a header that announces a gigabyte has to send it first.
  if (end_ == buffer_.size()) buffer_.resize(std::max(kFirstRoom, 2 * buffer_.size()));
  return {buffer_.data() + end_, buffer_.size() - end_};
}

void FrameReader::Advance(size_t bytes) {
  assert(bytes <= buffer_.size() - end_);
  end_ += bytes;
  Look();
}

std::string_view FrameReader::head() const { return {buffer_.data() + begin_ + kFrameHeaderBytes, head_bytes_}; }

std::string_view FrameReader::body() const { return {buffer_.data() + begin_ + kFrameHeaderBytes + head_bytes_, body_bytes_}; }

void FrameReader::Next() {
  assert(state_ == State::kComplete);
  begin_ += kFrameHeaderBytes + head_bytes_ + body_bytes_;
  if (begin_ == end_) {
    begin_ = end_ = 0;
    if (buffer_.size() > kKeptBuffer) std::vector<char>().swap(buffer_);
  }
  Look();
}

void FrameReader::Look() {
  state_ = State::kPartial;
  if (end_ - begin_ < kFrameHeaderBytes) return;
  head_bytes_ = GetLength(buffer_.data() + begin_);
  body_bytes_ = GetLength(buffer_.data() + begin_ + 4);
  if (head_bytes_ > kMaxFrameHeadBytes || body_bytes_ > kMaxFrameBodyBytes) {
    state_ = State::kMalformed;
  } else if (end_ - begin_ - kFrameHeaderBytes >= head_bytes_ + body_bytes_) {
    state_ = State::kComplete;
  }
}

}  // namespace garner
