#include "line_stream.h"

#include <cstring>

namespace garner::mbox {
namespace {

constexpr size_t kBufferBytes = 8 * kMaxLineBytes;

}  // namespace

LineStream::LineStream(ByteStream& stream) : stream_(stream), buffer_(new char[kBufferBytes]) {}

Result<bool> LineStream::Next(Line& line) {
  const Result<size_t> size = Measure();
  if (!size.ok()) return size.status();
  if (*size == 0) return false;
  line.bytes = {buffer_.get() + begin_, *size};
  line.place = place_;
  line.begins = begins_;
  begin_ += *size;
  place_ += *size;
  begins_ = line.bytes.back() == '\n';
  return true;
}

Result<size_t> LineStream::Measure() {
  size_t looked = 0;
  while (true) {
    const std::string_view unread(buffer_.get() + begin_, end_ - begin_);
    const size_t found = unread.substr(0, kMaxLineBytes).find('\n', looked);
    if (found != std::string_view::npos) return found + 1;
    if (unread.size() >= kMaxLineBytes) return kMaxLineBytes;
    if (ended_) return unread.size();
    looked = unread.size();
    const Result<bool> filled = Fill();
    if (!filled.ok()) return filled.status();
  }
}

Result<bool> LineStream::Fill() {
  if (end_ == kBufferBytes) {
    std::memmove(buffer_.get(), buffer_.get() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  const Result<size_t> read = stream_.Read(buffer_.get() + end_, kBufferBytes - end_);
  if (!read.ok()) return read.status();
  end_ += *read;
  ended_ = *read == 0;
  return !ended_;
}

}  // namespace garner::mbox
