#include "archive_input.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>

namespace garner::archive {
namespace {

constexpr size_t kPieceBytes = size_t{128} << 10;

ArchiveInput& Self(void* input) { return *static_cast<ArchiveInput*>(input); }

}  // namespace

ArchiveInput::ArchiveInput(ByteStream& stream) : stream_(stream), buffer_(new char[kPieceBytes]) {}

void ArchiveInput::Attach(struct ::archive* reader) {
  archive_read_set_callback_data(reader, this);
  archive_read_set_read_callback(reader, [](struct ::archive* a, void* input, const void** piece) { return Self(input).Read(a, piece); });
  if (!stream_.seekable() || !stream_.size()) return;
  archive_read_set_skip_callback(reader, [](struct ::archive*, void* input, la_int64_t count) { return Self(input).Skip(count); });
  archive_read_set_seek_callback(reader, [](struct ::archive* a, void* input, la_int64_t offset, int whence) { return Self(input).Seek(a, offset, whence); });
}

Status ArchiveInput::Restart() {
  position_ = 0;
  return status_ = stream_.Seek(0);
}

uint64_t ArchiveInput::given() const { return std::min(read_, stream_.size().value_or(read_)); }

la_ssize_t ArchiveInput::Fail(struct ::archive* reader, const Status& status) {
  status_ = status;
  archive_set_error(reader, EIO, "%s", status.message().c_str());
  return ARCHIVE_FATAL;
}

la_ssize_t ArchiveInput::Read(struct ::archive* reader, const void** piece) {
  const Result<size_t> count = stream_.Read(buffer_.get(), kPieceBytes);
  if (!count.ok()) return Fail(reader, count.status());
  *piece = buffer_.get();
  position_ += *count;
  read_ += *count;
  return static_cast<la_ssize_t>(*count);
}

la_int64_t ArchiveInput::Skip(la_int64_t count) {
  const uint64_t left = *stream_.size() - std::min(*stream_.size(), position_);
  const uint64_t wanted = std::min(static_cast<uint64_t>(std::max<la_int64_t>(count, 0)), left);
  // Where it cannot be done, libarchive reads instead, and hears of the failure.
  if (wanted == 0 || !stream_.Seek(position_ + wanted).ok()) return 0;
  position_ += wanted;
  return static_cast<la_int64_t>(wanted);
}

la_int64_t ArchiveInput::Seek(struct ::archive* reader, la_int64_t offset, int whence) {
  const auto size = static_cast<la_int64_t>(*stream_.size());
  const la_int64_t from = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? static_cast<la_int64_t>(position_) : size;
  la_int64_t to = 0;
  // Beyond either end: as far as there is something.
  if (__builtin_add_overflow(from, offset, &to)) return ARCHIVE_FATAL;
  to = std::clamp<la_int64_t>(to, 0, size);
  if (const Status status = stream_.Seek(static_cast<uint64_t>(to)); !status.ok()) return Fail(reader, status);
  position_ = static_cast<uint64_t>(to);
  return to;
}

}  // namespace garner::archive
