#include "garner/input_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "core/sdk/inflater.h"
#include "garner/descriptor.h"

namespace garner {
namespace {

constexpr size_t kPieceBytes = 256 * 1024;

Status Unreadable(const std::string& place, int error) {
  if (error == ENOENT || error == ENOTDIR) return Status(StatusKind::kNotFound, place + ": it was there when the job began and is gone");
  return Status(StatusKind::kUnreadable, place + ": " + DescribeFileError(error) + (error == EACCES ? "; grant read permission or exclude it" : ""));
}

Status TooLarge(const std::string& place, uint64_t limit, std::string option) {
  return Status(StatusKind::kLimit, place + ": larger than " + std::to_string(limit) + " bytes; raise " + option + " to read it");
}

Status At(const std::string& place, const Status& status) { return status.ok() ? status : Status(status.kind(), place + ": " + status.message()); }

class DescriptorStream final : public ByteStream {
 public:
  // `size`: of a regular file; absent for what can only be read on.
  DescriptorStream(int descriptor, std::string place, std::optional<uint64_t> size) : descriptor_(descriptor), place_(std::move(place)), size_(size) {}

  Result<size_t> Read(char* buffer, size_t size) override {
    while (true) {
      const ssize_t count = read(descriptor_, buffer, size);
      if (count >= 0) return static_cast<size_t>(count);
      if (errno != EINTR) return Unreadable(place_, errno);
    }
  }
  std::optional<uint64_t> size() const override { return size_; }
  bool seekable() const override { return size_.has_value(); }
  Status Seek(uint64_t position) override {
    if (!seekable()) return ByteStream::Seek(position);
    if (lseek(descriptor_, static_cast<off_t>(position), SEEK_SET) >= 0) return OkStatus();
    return Unreadable(place_, errno);
  }

 private:
  const int descriptor_;
  const std::string place_;
  const std::optional<uint64_t> size_;
};

// Owns its file.
class FileStream final : public ByteStream {
 public:
  FileStream(Descriptor file, const std::string& place, uint64_t size) : file_(std::move(file)), stream_(file_.get(), place, size) {}

  Result<size_t> Read(char* buffer, size_t size) override { return stream_.Read(buffer, size); }
  std::optional<uint64_t> size() const override { return stream_.size(); }
  bool seekable() const override { return true; }
  Status Seek(uint64_t position) override { return stream_.Seek(position); }

 private:
  const Descriptor file_;
  DescriptorStream stream_;
};

// Fills `piece` as far as the stream gives; an empty result is its end.
Result<std::string_view> ReadPiece(ByteStream& stream, char* piece) {
  size_t size = 0;
  while (size < kPieceBytes) {
    const Result<size_t> count = stream.Read(piece + size, kPieceBytes - size);
    if (!count.ok()) return count.status();
    if (*count == 0) break;
    size += *count;
  }
  return std::string_view(piece, size);
}

}  // namespace

Result<InputContent> ReadInputStream(ByteStream& stream, const InputOptions& options) {
  const std::string& place = options.place;
  InputContent content;
  const std::unique_ptr<char[]> buffer(new char[kPieceBytes]);  // not zeroed: most files fill little of it
  std::unique_ptr<Inflater> inflater;
  uint64_t taken = 0;
  while (true) {
    const Result<std::string_view> piece = ReadPiece(stream, buffer.get());
    if (!piece.ok()) return piece.status();
    if (piece->empty()) break;
    if (taken == 0) inflater = MakeInflater(*piece, {options.max_expanded_bytes, options.expanded_limit_name});
    taken += piece->size();
    if (inflater != nullptr) {
      // Content that never grows must end, too.
      if (taken > options.max_expanded_bytes) return TooLarge(place, options.max_expanded_bytes, options.expanded_limit_name);
      if (Status status = inflater->Feed(*piece, content.bytes); !status.ok()) return At(place, status);
    } else {
      if (taken > options.max_file_bytes) return TooLarge(place, options.max_file_bytes, options.file_limit_name);
      content.bytes.append(*piece);
    }
    if (piece->size() < kPieceBytes) break;
  }
  if (inflater == nullptr) return content;
  if (Status status = inflater->Finish(); !status.ok()) return At(place, status);
  content.ignored_bytes = inflater->ignored_bytes();
  return content;
}

Result<InputContent> ReadInputDescriptor(int descriptor, const InputOptions& options) {
  DescriptorStream stream(descriptor, options.place, std::nullopt);
  return ReadInputStream(stream, options);
}

std::unique_ptr<ByteStream> StreamOfDescriptor(int descriptor, const std::string& place) {
  return std::make_unique<DescriptorStream>(descriptor, place, std::nullopt);
}

Result<std::unique_ptr<ByteStream>> OpenInputFile(const std::string& path, const InputOptions& options) {
  const std::string& place = options.place.empty() ? path : options.place;
  // O_NONBLOCK: opening a pipe that nobody writes to would wait for ever. The listing has seen a regular file, but things change.
  Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | (options.follow_symlinks ? 0 : O_NOFOLLOW)));
  if (file.get() < 0) return Unreadable(place, errno);
  struct stat info {};
  if (fstat(file.get(), &info) != 0) return Unreadable(place, errno);
  if (!S_ISREG(info.st_mode)) return Status(StatusKind::kUnsupported, place + ": is " + DescribeFileType(info.st_mode) + "; only regular files are read");
  return std::unique_ptr<ByteStream>(new FileStream(std::move(file), place, static_cast<uint64_t>(info.st_size)));
}

Result<InputContent> ReadInputFile(const std::string& path, const InputOptions& given) {
  InputOptions options = given;
  if (options.place.empty()) options.place = path;
  const Result<std::unique_ptr<ByteStream>> stream = OpenInputFile(path, options);
  return stream.ok() ? ReadInputStream(**stream, options) : stream.status();
}

std::string DescribeFileError(int error) {
  switch (error) {
    case ENOENT: case ENOTDIR: return "no such file or folder";
    case EACCES: case EPERM: return "no permission to read it";
    case ELOOP: return "a loop of symbolic links";
    case ENAMETOOLONG: return "its path is longer than the system takes";
    default: break;
  }
  const char* words = strerrordesc_np(error);  // never translated, unlike strerror
  return words != nullptr ? words : "system error " + std::to_string(error);
}

std::string DescribeFileType(unsigned mode) {
  if (S_ISFIFO(mode)) return "a named pipe";
  if (S_ISSOCK(mode)) return "a socket";
  if (S_ISCHR(mode) || S_ISBLK(mode)) return "a device";
  if (S_ISDIR(mode)) return "a folder";
  return "no regular file";
}

}  // namespace garner
