#include "garner/output_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "core/sdk/chained_hash.h"
#include "core/sdk/compressor.h"
#include "core/sdk/output_position.h"
#include "garner/descriptor.h"

namespace garner {
namespace {

namespace fs = std::filesystem;

constexpr size_t kBufferBytes = 512 * 1024;

// Why a path is not acceptable, or an empty string.
std::string Objection(const std::string& path) {
  if (path.empty()) return "is empty";
  if (path.find('\0') != std::string::npos) return "contains a zero byte";
  if (path.front() == '/') return "is absolute";
  for (const fs::path& part : fs::path(path))
    if (part == "..") return "leaves the output folder";
  const fs::path name = fs::path(path).filename();
  if (name.empty() || name == ".") return "names a folder";
  return {};
}

Status SyncFolder(const fs::path& folder) {
  const int file = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool failed = file < 0 || fsync(file) != 0;
  const int error = errno;
  if (file >= 0) close(file);
  // File systems without it say EINVAL.
  if (failed && error != EINVAL) return Status(StatusKind::kIo, folder.string() + ": cannot be made durable: " + std::generic_category().message(error));
  return OkStatus();
}

// False, with errno, where the file cannot be read or is shorter (errno 0).
bool ReadAt(int file, uint64_t at, size_t size, std::string& out) {
  out.resize(size);
  for (size_t done = 0; done < size;) {
    const ssize_t got = pread(file, out.data() + done, size - done, static_cast<off_t>(at + done));
    if (got < 0 && errno == EINTR) continue;
    if (got == 0) errno = 0;
    if (got <= 0) return false;
    done += static_cast<size_t>(got);
  }
  return true;
}

size_t PieceAt(uint64_t at, uint64_t end) { return static_cast<size_t>(std::min<uint64_t>(kBufferBytes, end - at)); }

// Messages are without a path.
Status WriteAt(int file, uint64_t at, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(at));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return Status(StatusKind::kIo, "cannot be written: " + std::generic_category().message(errno));
    at += static_cast<uint64_t>(written);
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return OkStatus();
}

}  // namespace

// What was written, as far as it is not the file's own affair.
class OutputFile::Content {
 public:
  explicit Content(std::string_view name) : compression(CompressionForName(name)) {}

  // What is still to come where nothing more is written. A compressed file has one frame at least, or it would not be one.
  Status AppendLast(std::string& out) const {
    if (compression == Compression::kNone) {
      out.append(buffer);
      return OkStatus();
    }
    return buffer.empty() && bytes > 0 ? OkStatus() : AppendFrame(compression, buffer, out);
  }

  const Compression compression;
  uint64_t bytes = 0;  // in the file
  ChainedHash hash;    // of these
  std::string buffer;  // not in the file yet: of a compressed file, its unfinished frame
};

OutputFile::OutputFile(std::string path, int folders)
    : path_(std::move(path)), part_(path_ + ".part"), folders_(folders), content_(std::make_unique<Content>(path_)) {}

OutputFile::~OutputFile() { Close(); }

void OutputFile::Close() {
  if (file_ < 0) return;
  if (pending_) unlink(part_.c_str());
  close(std::exchange(file_, -1));
}

Status OutputFile::Failed(std::string_view what, int error) const {
  return Status(StatusKind::kIo, path_ + ": " + std::string(what) + ": " + std::generic_category().message(error));
}

Status OutputFile::In(const Status& status) const { return status.ok() ? status : Status(status.kind(), path_ + ": " + status.message()); }

Status OutputFile::Remember(Status status) {
  if (failure_.ok()) failure_ = status;
  return status;
}

// --- opening ------------------------------------------------------------------------------------------------------------------

Result<std::unique_ptr<OutputFile>> OutputFile::Prepare(const std::string& folder, const std::string& path) {
  if (const std::string objection = Objection(path); !objection.empty())
    return Status(StatusKind::kConfig, "the path '" + path + "' " + objection + "; a name below the output folder is accepted");
  const std::string below = fs::path(path).lexically_normal().string();
  const fs::path full = (fs::path(folder) / below).lexically_normal();
  std::unique_ptr<OutputFile> file(new OutputFile(full.string(), static_cast<int>(std::count(below.begin(), below.end(), '/'))));
  std::error_code error;
  fs::create_directories(full.parent_path(), error);
  if (error) return Status(StatusKind::kIo, full.parent_path().string() + ": the folder cannot be made: " + error.message());
  if (fs::is_directory(full, error)) return Status(StatusKind::kConfig, full.string() + ": is a folder; a file is accepted");
  return file;
}

// Takes NAME.part for this writer alone; a living writer holds its lock.
Status OutputFile::Take() {
  for (;;) {
    file_ = open(part_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (file_ < 0) return Failed("cannot be created", errno);
    if (flock(file_, LOCK_EX | LOCK_NB) != 0) {
      if (errno != EWOULDBLOCK) return Failed("cannot be locked", errno);
      return Status(StatusKind::kConfig, path_ + ": another sink or run is writing it; a name of its own is accepted");
    }
    // The lock is worth nothing where its owner published or removed the file in between.
    struct stat locked {};
    struct stat named {};
    if (fstat(file_, &locked) != 0) return Failed("cannot be created", errno);
    if (lstat(part_.c_str(), &named) == 0 && locked.st_ino == named.st_ino && locked.st_dev == named.st_dev) return OkStatus();
    close(std::exchange(file_, -1));
  }
}

Status OutputFile::Empty() {
  pending_ = true;
  return ftruncate(file_, 0) == 0 ? OkStatus() : Failed("cannot be emptied", errno);
}

Result<std::unique_ptr<OutputFile>> OutputFile::Create(const std::string& folder, const std::string& path) {
  Result<std::unique_ptr<OutputFile>> file = Prepare(folder, path);
  if (!file.ok()) return file.status();
  if (Status status = (*file)->Take(); !status.ok()) return status;
  // What a killed run left is overwritten.
  if (Status status = (*file)->Empty(); !status.ok()) return status;
  return file;
}

Result<std::unique_ptr<OutputFile>> OutputFile::Reopen(const std::string& folder, const std::string& path, std::string_view position) {
  Result<std::unique_ptr<OutputFile>> file = Prepare(folder, path);
  if (!file.ok()) return file.status();
  if (Status status = (*file)->Take(); !status.ok()) return status;
  if (Status status = (*file)->Resume(position); !status.ok()) {
    struct stat now {};
    if (fstat((*file)->file_, &now) == 0 && now.st_size == 0) (*file)->pending_ = true;  // perhaps made just now, and worth nothing
    return status;
  }
  return file;
}

Status OutputFile::Resume(std::string_view position) {
  Result<OutputPosition> decoded = DecodePosition(position);
  if (!decoded.ok()) return In(decoded.status());
  if (decoded->compression != content_->compression)
    return In(Status(StatusKind::kInvalidInput, "the position of the last commit is that of a file with another compression"));
  content_->bytes = decoded->bytes;
  content_->hash = ChainedHash(decoded->blocks, {});
  content_->buffer = std::move(decoded->unfinished);
  for (const auto resume : {&OutputFile::ResumePart, &OutputFile::ResumePublished}) {
    const Result<bool> resumed = (this->*resume)(decoded->hash);
    if (!resumed.ok()) return resumed.status();
    if (*resumed) return OkStatus();
  }
  return Status(StatusKind::kIo, part_ + ": does not hold the " + std::to_string(content_->bytes) + " bytes that were committed; the job can only start over");
}

// The ordinary case: NAME.part holds what was committed, and perhaps more.
Result<bool> OutputFile::ResumePart(uint64_t committed) {
  struct stat now {};
  if (fstat(file_, &now) != 0) return Failed("cannot be read", errno);
  if (static_cast<uint64_t>(now.st_size) < content_->bytes) return false;
  // The hash goes on from the last block. That it is the right one shows on the way.
  const size_t rest_bytes = content_->bytes % ChainedHash::kBlockBytes;
  std::string rest;
  if (!ReadAt(file_, content_->bytes - rest_bytes, rest_bytes, rest)) return Failed("cannot be read", errno);
  const ChainedHash hash(content_->hash.blocks(), rest);
  if (hash.Value() != committed) return false;
  if (ftruncate(file_, static_cast<off_t>(content_->bytes)) != 0) return Failed("cannot be cut back", errno);
  content_->hash = hash;
  return true;
}

// The process died after Finish had given the file its name. All that was committed is compared: an earlier run's result has the same
// name, and may have the same size.
Result<bool> OutputFile::ResumePublished(uint64_t committed) {
  const Descriptor published(open(path_.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat now {};
  if (published.get() < 0 || fstat(published.get(), &now) != 0 || !S_ISREG(now.st_mode)) return false;
  const auto size = static_cast<uint64_t>(now.st_size);
  if (size < content_->bytes) return false;
  ChainedHash hash;
  std::string piece;
  for (uint64_t at = 0; at < content_->bytes; at += piece.size()) {
    if (!ReadAt(published.get(), at, PieceAt(at, content_->bytes), piece)) return Failed("cannot be read", errno);
    hash.Update(piece);
  }
  if (hash.Value() != committed) return false;
  content_->hash = hash;

  std::string last;
  if (Status status = content_->AppendLast(last); !status.ok()) return In(status);
  const bool all = size == content_->bytes + last.size() && ReadAt(published.get(), content_->bytes, last.size(), piece) && piece == last;
  if (Status status = all ? Empty() : CopyBack(published.get()); !status.ok()) return status;
  published_ = all;
  return true;
}

// NAME.part again, from the file under its name. That one stays until the next Finish.
Status OutputFile::CopyBack(int published) {
  std::string piece;
  for (uint64_t at = 0; at < content_->bytes; at += piece.size()) {
    if (!ReadAt(published, at, PieceAt(at, content_->bytes), piece)) return Failed("cannot be read", errno);
    if (Status status = WriteAt(file_, at, piece); !status.ok()) return In(status);
  }
  if (ftruncate(file_, static_cast<off_t>(content_->bytes)) != 0) return Failed("cannot be cut back", errno);
  // Now: of a copy that the power took half of, only the last block would be looked at.
  if (fdatasync(file_) != 0) return Failed("cannot be made durable", errno);
  pending_ = false;
  return OkStatus();
}

// There is more to write after all.
Status OutputFile::BringBack() {
  const Descriptor published(open(path_.c_str(), O_RDONLY | O_CLOEXEC));
  if (published.get() < 0) return Failed("cannot be read", errno);
  if (Status status = CopyBack(published.get()); !status.ok()) return status;
  published_ = false;
  return OkStatus();
}

// --- writing ------------------------------------------------------------------------------------------------------------------

Status OutputFile::Write(std::string_view bytes) {
  if (file_ < 0) return Status(StatusKind::kInternal, path_ + ": written after its end");
  if (!failure_.ok()) return failure_;
  if (published_ && !bytes.empty())
    if (Status status = BringBack(); !status.ok()) return Remember(status);
  return Remember(content_->compression == Compression::kNone ? Append(bytes) : AppendToFrame(bytes));
}

Status OutputFile::Append(std::string_view bytes) {
  content_->buffer.append(bytes);
  return content_->buffer.size() < kBufferBytes ? OkStatus() : Flush();
}

// Frames end at fixed places, whatever comes in one piece.
Status OutputFile::AppendToFrame(std::string_view bytes) {
  const size_t frame_bytes = FrameBytes(content_->compression);
  while (!bytes.empty()) {
    const std::string_view fitting = bytes.substr(0, frame_bytes - content_->buffer.size());
    content_->buffer.append(fitting);
    bytes.remove_prefix(fitting.size());
    if (content_->buffer.size() < frame_bytes) continue;
    if (Status status = Flush(); !status.ok()) return status;
  }
  return OkStatus();
}

// Everything into the file: of a compressed one, as a frame.
Status OutputFile::Flush() {
  if (content_->compression == Compression::kNone) {
    if (Status status = WriteOut(content_->buffer); !status.ok()) return status;
  } else {
    std::string frame;
    if (Status status = content_->AppendLast(frame); !status.ok()) return In(status);
    if (Status status = WriteOut(frame); !status.ok()) return status;
  }
  content_->buffer.clear();
  return OkStatus();
}

Status OutputFile::WriteOut(std::string_view bytes) {
  if (Status status = WriteAt(file_, content_->bytes, bytes); !status.ok()) return In(status);
  content_->bytes += bytes.size();
  content_->hash.Update(bytes);
  return OkStatus();
}

// --- committing and publishing ------------------------------------------------------------------------------------------------

Result<std::string> OutputFile::Commit() {
  if (file_ < 0) return Status(StatusKind::kInternal, path_ + ": committed after its end");
  if (!failure_.ok()) return failure_;
  if (Status status = published_ ? SyncFolders() : MakeDurable(); !status.ok()) return Remember(status);
  Result<std::string> position =
      EncodePosition({content_->compression, content_->bytes, content_->hash.Value(), content_->hash.blocks(), content_->buffer});
  return position.ok() ? std::move(position) : In(position.status());
}

// An unfinished frame stays in memory: ended here, it would end where the commit was.
Status OutputFile::MakeDurable() {
  if (content_->compression == Compression::kNone)
    if (Status status = Flush(); !status.ok()) return status;
  if (fdatasync(file_) != 0) return Failed("cannot be made durable", errno);
  if (!entered_)
    if (Status status = SyncFolders(); !status.ok()) return status;
  pending_ = false;
  return OkStatus();
}

// From the file's own folder up to the output folder: those on the way may be new.
Status OutputFile::SyncFolders() {
  fs::path folder = fs::path(path_).parent_path();
  for (int i = 0; i <= folders_; ++i, folder = folder.parent_path())
    if (Status status = SyncFolder(folder); !status.ok()) return status;
  entered_ = true;
  return OkStatus();
}

Status OutputFile::Finish() {
  if (file_ < 0) return Status(StatusKind::kInternal, path_ + ": closed twice");
  if (!failure_.ok()) return failure_;
  if (Status status = published_ ? OkStatus() : Publish(); !status.ok()) return Remember(status);
  if (Status status = entered_ ? SyncFolder(fs::path(path_).parent_path()) : SyncFolders(); !status.ok()) return Remember(status);
  Close();
  std::string().swap(content_->buffer);
  return OkStatus();
}

// The lock is held until the file has its name.
Status OutputFile::Publish() {
  const bool more = content_->compression == Compression::kNone || !content_->buffer.empty() || content_->bytes == 0;
  if (Status status = more ? Flush() : OkStatus(); !status.ok()) return status;
  if (fsync(file_) != 0) return Failed("cannot be made durable", errno);
  if (rename(part_.c_str(), path_.c_str()) != 0) return Failed("cannot be put in place", errno);
  pending_ = false;
  return OkStatus();
}

Result<std::string> OutputFile::ReadBack() {
  if (content_->compression != Compression::kNone) return Status(StatusKind::kUnsupported, path_ + ": is compressed; only plain files are read back");
  const Descriptor published(published_ ? open(path_.c_str(), O_RDONLY | O_CLOEXEC) : -1);
  std::string bytes;
  if (!ReadAt(published_ ? published.get() : file_, 0, static_cast<size_t>(content_->bytes), bytes)) return Failed("cannot be read", errno);
  return bytes + content_->buffer;
}

Result<std::string> ContentForName(std::string_view name, std::string_view bytes) {
  std::string content;
  if (Status status = AppendFrames(CompressionForName(name), bytes, content); !status.ok()) return status;
  return content;
}

}  // namespace garner
