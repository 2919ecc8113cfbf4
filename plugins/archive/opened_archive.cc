#include "opened_archive.h"

#include <algorithm>
#include <utility>

#include "garner/utf8.h"
#include "utf8_locale.h"

namespace garner::archive {
namespace {

constexpr size_t kPieceBytes = size_t{64} << 10;
// Each takes as long as there are members before the damage.
constexpr int kMaxReopenings = 100;

using Enabling = int (*)(struct ::archive*);

}  // namespace

void OpenedArchive::Free::operator()(struct ::archive* reader) const {
  const Utf8Locale locale;
  archive_read_free(reader);
}

OpenedArchive::OpenedArchive(ByteStream& stream, Family family, const ArchiveLimits& limits)
    : input_(stream), family_(family), limits_(limits), seekable_(stream.seekable()) {}

Status OpenedArchive::EnableFormat() {
  const auto enabled = [&](Enabling enable) { return enable(reader_.get()) == ARCHIVE_OK; };
  const bool good = family_ == Family::kZip        ? enabled(archive_read_support_format_zip)
                    : family_ == Family::kSevenZip ? enabled(archive_read_support_format_7zip)
                                                   : enabled(archive_read_support_format_tar) && enabled(archive_read_support_format_raw);
  return good ? OkStatus() : Status(StatusKind::kInternal, "libarchive: " + Words());
}

Status OpenedArchive::Enable() {
  if (Status status = EnableFormat(); !status.ok() || family_ != Family::kOther) return status;
  constexpr Enabling kFilters[] = {archive_read_support_filter_gzip, archive_read_support_filter_bzip2, archive_read_support_filter_xz,
                                   archive_read_support_filter_lzma, archive_read_support_filter_zstd,  archive_read_support_filter_lz4};
  // A warning: libarchive was built without the library, and would start a program.
  for (const Enabling enable : kFilters)
    if (enable(reader_.get()) != ARCHIVE_OK) return Status(StatusKind::kUnsupported, "libarchive: " + Words() + "; install a libarchive that has this built in");
  return OkStatus();
}

Status OpenedArchive::Open() {
  const Utf8Locale locale;
  reader_.reset(archive_read_new());
  if (reader_ == nullptr) return Status(StatusKind::kInternal, "libarchive has no memory");
  if (Status status = Enable(); !status.ok()) return status;
  input_.Attach(reader_.get());
  const bool open = archive_read_open1(reader_.get()) == ARCHIVE_OK;
  // The last filter is no compression but what reads the input.
  if (open) return static_cast<uint32_t>(archive_filter_count(reader_.get())) <= limits_.max_compression_layers + 1 ? OkStatus() : TooManyLayers();
  if (!input_.status().ok()) return input_.status();
  const std::string words = Words();
  if (words.find("too many filters") != std::string::npos) return TooManyLayers();
  return Status(StatusKind::kInvalidInput, "it cannot be opened: " + words);
}

bool OpenedArchive::raw() const { return archive_format(reader_.get()) == ARCHIVE_FORMAT_RAW; }

Result<OpenedArchive::Found> OpenedArchive::NextMember() {
  const Utf8Locale locale;
  if (broken_.ok() && inside_member_) broken_ = Drain();
  if (!broken_.ok()) return broken_;
  inside_member_ = false;
  if (std::exchange(reopens_, false) && !Reopen()) return broken_;
  const int result = archive_read_next_header(reader_.get(), &entry_);
  if (!input_.status().ok()) return broken_ = input_.status();
  switch (result) {
    case ARCHIVE_EOF: return Found::kEnd;
    case ARCHIVE_OK: case ARCHIVE_WARN: break;
    case ARCHIVE_FAILED: case ARCHIVE_RETRY:
      problem_ = Words();
      ++members_;
      return Found::kBadMember;
    default:
      return broken_ = Status(StatusKind::kInvalidInput, (members_ == 0 ? "nothing in it can be read: " : "it cannot be read behind member " + std::to_string(members_) + ": ") + Words());
  }
  if (raw() && archive_filter_count(reader_.get()) <= 1) return broken_ = Status(StatusKind::kInvalidInput, "it is no archive that is known; zip, tar and 7z are read, and files compressed by gzip, bzip2, xz, lzma, zstd and lz4");
  inside_member_ = true;
  ++members_;
  return Found::kMember;
}

Result<size_t> OpenedArchive::Read(char* buffer, size_t size) {
  if (!inside_member_) return size_t{0};
  if (!broken_.ok()) return broken_;
  const Utf8Locale locale;
  la_ssize_t count = ARCHIVE_RETRY;
  for (int tries = 0; count == ARCHIVE_RETRY && tries < 10; ++tries) count = archive_read_data(reader_.get(), buffer, size);
  if (!input_.status().ok()) return broken_ = input_.status();
  if (count >= 0) {
    made_ += static_cast<uint64_t>(count);
    inside_member_ = count > 0;
    broken_ = WithinLimits();
    return broken_.ok() ? Result<size_t>(static_cast<size_t>(count)) : broken_;
  }
  inside_member_ = false;
  const Status damaged(StatusKind::kInvalidInput, "it is damaged: " + Words());
  if (count != ARCHIVE_FATAL) return damaged;
  const Status broken(StatusKind::kInvalidInput, "it cannot be read behind the beginning of member " + std::to_string(members_) + ": " + Words());
  reopens_ = IsZip() && seekable_ && reopened_ < kMaxReopenings;
  if (!reopens_) broken_ = broken;
  return damaged;
}

bool OpenedArchive::IsZip() const { return (archive_format(reader_.get()) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_ZIP; }

bool OpenedArchive::Reopen() {
  ++reopened_;
  broken_ = input_.Restart();
  if (broken_.ok()) broken_ = Open();
  for (uint64_t i = 0; broken_.ok() && i < members_; ++i) {
    const int result = archive_read_next_header(reader_.get(), &entry_);
    if (result != ARCHIVE_OK && result != ARCHIVE_WARN) broken_ = Status(StatusKind::kInvalidInput, "it cannot be read behind member " + std::to_string(i) + ": " + Words());
  }
  return broken_.ok();
}

Status OpenedArchive::Drain() {
  if (SkipsByItself()) return OkStatus();
  const std::unique_ptr<char[]> buffer(new char[kPieceBytes]);
  while (inside_member_) {
    const Result<size_t> count = Read(buffer.get(), kPieceBytes);
    if (!count.ok()) break;  // what is final is in broken_
  }
  return broken_;
}

bool OpenedArchive::SkipsByItself() const {
  const bool tar = (archive_format(reader_.get()) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_TAR;
  return seekable_ && archive_filter_count(reader_.get()) <= 1 && (IsZip() || tar);
}

Status OpenedArchive::WithinLimits() const {
  if (made_ > limits_.free_bytes && made_ / limits_.max_ratio > input_.given())
    return Status(StatusKind::kLimit, "the archive expands to more than " + std::to_string(limits_.max_ratio) +
                                          " times its size; raise max_expansion_ratio of the archive unpacker to read it");
  if (made_ > limits_.max_bytes)
    return Status(StatusKind::kLimit, "the archive expands to more than " + std::to_string(limits_.max_bytes) + " bytes; raise max_bytes of the archive unpacker to read it");
  return OkStatus();
}

Status OpenedArchive::TooManyLayers() const {
  return Status(StatusKind::kLimit, "it is compressed more than " + std::to_string(limits_.max_compression_layers) +
                                        " times over; raise max_compression_layers of the archive unpacker to read it");
}

std::string OpenedArchive::Words() const {
  const char* words = archive_error_string(reader_.get());
  return words == nullptr ? "no reason is given" : SanitizeUtf8(words);
}

}  // namespace garner::archive
