#include "core/sdk/peeked_stream.h"

#include <algorithm>
#include <cstring>

namespace garner {

Result<std::string_view> PeekedStream::Peek(size_t size) {
  // One byte more than a small file has: the end shows at once. Files that the kernel makes up say 0.
  const uint64_t known = behind_->size().value_or(0);
  head_.resize(known == 0 ? size : std::min<uint64_t>(size, known + 1));
  size_t filled = 0;
  while (filled < head_.size() && !whole_) {
    const Result<size_t> count = behind_->Read(head_.data() + filled, head_.size() - filled);
    if (!count.ok()) return count.status();
    filled += *count;
    whole_ = *count == 0;
  }
  head_.resize(filled);
  return std::string_view(head_);
}

Result<size_t> PeekedStream::Read(char* buffer, size_t size) {
  if (given_ == head_.size()) return behind_->Read(buffer, size);
  const size_t count = std::min(size, head_.size() - given_);
  std::memcpy(buffer, head_.data() + given_, count);
  given_ += count;
  return count;
}

Status PeekedStream::Seek(uint64_t position) {
  head_.clear();
  given_ = 0;
  return behind_->Seek(position);
}

}  // namespace garner
