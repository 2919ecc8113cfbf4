#include "prepared_stream.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

namespace garner::archive {
namespace {

constexpr size_t kMagicBytes = 6;
constexpr size_t kPieceBytes = size_t{256} << 10;

// Bytes that were read, and whatever follows them.
class ReadBefore final : public ByteStream {
 public:
  ReadBefore(std::string before, ByteStream& rest) : before_(std::move(before)), rest_(rest) {}

  Result<size_t> Read(char* buffer, size_t size) override {
    if (at_ == before_.size()) return rest_.Read(buffer, size);
    const size_t count = std::min(size, before_.size() - at_);
    std::memcpy(buffer, before_.data() + at_, count);
    at_ += count;
    return count;
  }

 private:
  const std::string before_;
  ByteStream& rest_;
  size_t at_ = 0;
};

class OwnedBytes final : public ByteStream {
 public:
  explicit OwnedBytes(std::string bytes) : bytes_(std::move(bytes)), stream_(bytes_) {}

  Result<size_t> Read(char* buffer, size_t size) override { return stream_.Read(buffer, size); }
  std::optional<uint64_t> size() const override { return stream_.size(); }
  bool seekable() const override { return true; }
  Status Seek(uint64_t position) override { return stream_.Seek(position); }

 private:
  const std::string bytes_;
  MemoryStream stream_;
};

// The same stream, not owned.
class Borrowed final : public ByteStream {
 public:
  explicit Borrowed(ByteStream& stream) : stream_(stream) {}

  Result<size_t> Read(char* buffer, size_t size) override { return stream_.Read(buffer, size); }
  std::optional<uint64_t> size() const override { return stream_.size(); }
  bool seekable() const override { return stream_.seekable(); }
  Status Seek(uint64_t position) override { return stream_.Seek(position); }

 private:
  ByteStream& stream_;
};

// Appends to `bytes` until there are `size`; fewer at the end.
Status ReadUpTo(ByteStream& stream, uint64_t size, std::string& bytes) {
  while (bytes.size() < size) {
    const size_t before = bytes.size();
    bytes.resize(before + static_cast<size_t>(std::min<uint64_t>(kPieceBytes, size - before)));
    const Result<size_t> count = stream.Read(bytes.data() + before, bytes.size() - before);
    bytes.resize(before + (count.ok() ? *count : 0));
    if (!count.ok()) return count.status();
    if (*count == 0) break;
  }
  return OkStatus();
}

}  // namespace

Result<PreparedStream> PrepareStream(ByteStream& stream, uint64_t max_bytes) {
  std::string bytes;
  if (Status status = ReadUpTo(stream, kMagicBytes, bytes); !status.ok()) return status;
  PreparedStream made;
  if (bytes.compare(0, 2, "PK") == 0) made.family = Family::kZip;
  if (bytes == "7z\xbc\xaf\x27\x1c") made.family = Family::kSevenZip;
  if (stream.seekable()) {
    if (Status status = stream.Seek(0); !status.ok()) return status;
    made.stream = std::make_unique<Borrowed>(stream);
    return made;
  }
  if (made.family != Family::kOther)
    if (Status status = ReadUpTo(stream, max_bytes + 1, bytes); !status.ok()) return status;
  if (made.family == Family::kSevenZip && bytes.size() > max_bytes)
    return Status(StatusKind::kLimit, "a 7z archive that stands inside something else, and has more than " + std::to_string(max_bytes) +
                                          " bytes; raise max_buffered_bytes of the archive unpacker to read it");
  if (made.family != Family::kOther && bytes.size() <= max_bytes) {
    made.stream = std::make_unique<OwnedBytes>(std::move(bytes));
  } else {
    made.stream = std::make_unique<ReadBefore>(std::move(bytes), stream);
  }
  return made;
}

}  // namespace garner::archive
