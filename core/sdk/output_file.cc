#include "garner/output_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

#include "core/sdk/compressor.h"

namespace garner {
namespace {

namespace fs = std::filesystem;

constexpr size_t kBufferBytes = 256 * 1024;

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

}  // namespace

OutputFile::OutputFile(std::string path) : path_(std::move(path)), part_(path_ + ".part"), compressor_(CompressorForName(path_)) {}

OutputFile::~OutputFile() {
  if (pending_) unlink(part_.c_str());
  if (file_ >= 0) close(file_);
}

Status OutputFile::Failed(std::string_view what, int error) const {
  return Status(StatusKind::kIo, path_ + ": " + std::string(what) + ": " + std::generic_category().message(error));
}

Result<std::unique_ptr<OutputFile>> OutputFile::Create(const std::string& folder, const std::string& path) {
  if (const std::string objection = Objection(path); !objection.empty())
    return Status(StatusKind::kConfig, "the path '" + path + "' " + objection + "; a name below the output folder is accepted");
  const fs::path full = (fs::path(folder) / path).lexically_normal();
  std::unique_ptr<OutputFile> file(new OutputFile(full.string()));
  std::error_code error;
  fs::create_directories(full.parent_path(), error);
  if (error) return Status(StatusKind::kIo, full.parent_path().string() + ": the folder cannot be made: " + error.message());
  if (fs::is_directory(full, error)) return Status(StatusKind::kConfig, full.string() + ": is a folder; a file is accepted");
  if (Status status = file->Open(); !status.ok()) return status;
  return file;
}

// Takes NAME.part for this writer alone. What a killed run left there is overwritten; a living writer holds its lock.
Status OutputFile::Open() {
  for (;;) {
    file_ = open(part_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (file_ < 0) return Failed("cannot be created", errno);
    if (flock(file_, LOCK_EX | LOCK_NB) != 0) {
      if (errno != EWOULDBLOCK) return Failed("cannot be locked", errno);
      return Status(StatusKind::kConfig, path_ + ": another sink or run is writing it; a name of its own is accepted");
    }
    // The lock is worth nothing where its owner published or removed the file in between.
    struct stat locked {};
    struct stat named {};
    if (fstat(file_, &locked) != 0) return Failed("cannot be created", errno);
    if (lstat(part_.c_str(), &named) == 0 && locked.st_ino == named.st_ino && locked.st_dev == named.st_dev) break;
    close(std::exchange(file_, -1));
  }
  pending_ = true;
  if (ftruncate(file_, 0) != 0) return Failed("cannot be created", errno);
  return OkStatus();
}

Status OutputFile::Write(std::string_view bytes) {
  if (file_ < 0) return Status(StatusKind::kInternal, path_ + ": written after its end");
  if (compressor_ == nullptr) {
    buffer_.append(bytes);
  } else if (Status status = compressor_->Write(bytes, buffer_); !status.ok()) {
    return Status(status.kind(), path_ + ": " + status.message());
  }
  return buffer_.size() < kBufferBytes ? OkStatus() : Flush();
}

Status OutputFile::Flush() {
  for (size_t at = 0; at < buffer_.size();) {
    const ssize_t written = write(file_, buffer_.data() + at, buffer_.size() - at);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return Failed("cannot be written", errno);
    at += static_cast<size_t>(written);
  }
  buffer_.clear();
  return OkStatus();
}

Status OutputFile::EndStream() {
  if (file_ < 0) return Status(StatusKind::kInternal, path_ + ": closed twice");
  if (compressor_ != nullptr) {
    if (Status status = compressor_->End(buffer_); !status.ok()) return Status(status.kind(), path_ + ": " + status.message());
    compressor_.reset();
  }
  if (Status status = Flush(); !status.ok()) return status;
  std::string().swap(buffer_);
  return OkStatus();
}

Status OutputFile::CloseFile() { return close(std::exchange(file_, -1)) == 0 ? OkStatus() : Failed("cannot be closed", errno); }

Status OutputFile::Publish() {
  if (rename(part_.c_str(), path_.c_str()) != 0) return Failed("cannot be put in place", errno);
  pending_ = false;
  return OkStatus();
}

Status OutputFile::Close() {
  Status status = EndStream();
  return status.ok() ? CloseFile() : status;
}

Status OutputFile::Finish() {
  if (Status status = EndStream(); !status.ok()) return status;
  if (fsync(file_) != 0) return Failed("cannot be made durable", errno);
  if (Status status = CloseFile(); !status.ok()) return status;
  if (Status status = Publish(); !status.ok()) return status;
  return SyncFolder(fs::path(path_).parent_path());
}

Status OutputFile::PublishAll(const std::vector<std::unique_ptr<OutputFile>>& files) {
  if (files.empty()) return OkStatus();
  // One wait for the whole file system instead of one a file.
  const OutputFile& first = *files.front();
  const int any = open(first.part_.c_str(), O_RDONLY | O_CLOEXEC);
  if (any < 0) return first.Failed("cannot be made durable", errno);
  const int synced = syncfs(any);
  const int error = errno;
  close(any);
  if (synced != 0) return first.Failed("cannot be made durable", error);
  std::set<fs::path> folders;
  for (const std::unique_ptr<OutputFile>& file : files) {
    if (Status status = file->Publish(); !status.ok()) return status;
    folders.insert(fs::path(file->path_).parent_path());
  }
  for (const fs::path& folder : folders)
    if (Status status = SyncFolder(folder); !status.ok()) return status;
  return OkStatus();
}

}  // namespace garner
