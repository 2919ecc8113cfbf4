#include "core/job/metrics_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "core/job/metrics_text.h"
#include "garner/escape.h"

namespace garner {
namespace {

namespace fs = std::filesystem;

Status Named(StatusKind kind, const std::string& path, const std::string& problem) {
  return Status(kind, "metrics file " + EscapeForTerminal(path) + ": " + problem);
}

Status Failed(const std::string& path, const char* what) { return Named(StatusKind::kIo, path, std::string(what) + ": " + std::strerror(errno)); }

// A pipe or a device would be replaced like a file: /dev/stdout would be gone.
Status CheckReplaceable(const std::string& path) {
  struct stat found {};
  if (stat(path.c_str(), &found) != 0) return errno == ENOENT ? OkStatus() : Failed(path, "cannot be looked at");
  if (!S_ISREG(found.st_mode)) return Named(StatusKind::kConfig, path, "is no regular file; a file's name is accepted");
  if (found.st_size == 0) return OkStatus();
  std::string start(kMetricsStart.size(), '\0');
  std::ifstream(path, std::ios::binary).read(start.data(), static_cast<std::streamsize>(start.size()));
  if (start == kMetricsStart) return OkStatus();
  return Named(StatusKind::kConfig, path, "holds something else than garner's metrics and is left alone; a name of its own is accepted");
}

Status WriteAll(int file, std::string_view text, const std::string& path) {
  while (!text.empty()) {
    const ssize_t written = write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return Failed(path, "cannot be written");
    text.remove_prefix(static_cast<size_t>(written));
  }
  return OkStatus();
}

}  // namespace

Result<MetricsFile> MetricsFile::Open(const std::string& path) {
  std::error_code error;
  fs::path full = fs::weakly_canonical(fs::absolute(path, error), error);
  if (error) return Named(StatusKind::kIo, path, "cannot be looked at: " + error.message());
  if (!fs::is_directory(full.parent_path(), error)) return Named(StatusKind::kConfig, path, "its folder does not exist; a name in an existing folder is accepted");
  if (Status status = CheckReplaceable(full.string()); !status.ok()) return status;
  return MetricsFile(full.string());
}

Status MetricsFile::Replace(std::string_view text) {
  if (Status status = CheckReplaceable(path_); !status.ok()) return status;
  // Not ".part": that is what sinks call theirs, and a name given by mistake may be a sink's.
  const std::string part = path_ + ".garner-new";
  const int file = open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (file < 0) return Failed(part, "cannot be created");
  Status status = WriteAll(file, text, part);
  if (close(file) != 0 && status.ok()) status = Failed(part, "cannot be closed");
  if (status.ok() && rename(part.c_str(), path_.c_str()) != 0) status = Failed(path_, "cannot be put in place");
  if (!status.ok()) unlink(part.c_str());
  return status;
}

}  // namespace garner
