#include "raw_input.h"

#include <algorithm>
#include <cstring>

namespace garner::warc {

namespace {

constexpr size_t kPieceBytes = size_t{256} << 10;
constexpr size_t kBufferBytes = RawInput::kKeptBytes + RawInput::kMostAhead + kPieceBytes;

}  // namespace

bool RawInput::Fill(size_t size) {
  size = std::min(size, kMostAhead);
  while (end_ - at_ < size && !ended_) {
    MakeRoom();
    const Result<size_t> count = stream_->Read(buffer_.get() + end_, std::min(kPieceBytes, kBufferBytes - end_));
    if (!count.ok()) status_ = count.status();
    ended_ = !count.ok() || *count == 0;
    if (count.ok()) end_ += *count;
  }
  return end_ - at_ >= size;
}

void RawInput::MakeRoom() {
  if (buffer_ == nullptr) buffer_.reset(new char[kBufferBytes]);
  if (kBufferBytes - end_ >= kPieceBytes) return;
  if (at_ - mark_ > kKeptBytes) mark_ = at_ - kKeptBytes;
  std::memmove(buffer_.get(), buffer_.get() + mark_, end_ - mark_);
  begin_offset_ += mark_;
  at_ -= mark_;
  end_ -= mark_;
  mark_ = 0;
}

}  // namespace garner::warc
