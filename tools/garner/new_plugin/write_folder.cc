#include "tools/garner/new_plugin/write_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <system_error>

namespace garner {
namespace {

namespace fs = std::filesystem;

Status Failed(const fs::path& path, const std::error_code& error) {
  return Status(StatusKind::kIo, path.string() + ": cannot be written: " + error.message() + "; nothing was made");
}

// A folder beside the one to be, gone with what is in it.
class Scaffold {
 public:
  explicit Scaffold(const fs::path& parent) : path_((parent / ".garner-new-XXXXXX").string()) {
    if (mkdtemp(path_.data()) == nullptr) error_ = std::error_code(errno, std::generic_category());
  }
  ~Scaffold() {
    std::error_code ignored;
    if (!error_) fs::remove_all(path_, ignored);
  }
  Scaffold(const Scaffold&) = delete;
  Scaffold& operator=(const Scaffold&) = delete;

  const std::error_code& error() const { return error_; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  std::error_code error_;
};

Status WriteFile(const fs::path& path, const std::string& content) {
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  if (error) return Failed(path.parent_path(), error);
  errno = 0;
  std::ofstream file(path, std::ios::binary);
  file << content;
  file.close();
  return file ? OkStatus() : Failed(path, std::error_code(errno == 0 ? EIO : errno, std::generic_category()));
}

Status IsThere(const fs::path& path) {
  return Status(StatusKind::kConfig, path.string() + " is there already and stays as it is; choose another name, or another folder for it");
}

// In one step, and only where nothing stands under the name.
Status MoveInto(const fs::path& from, const fs::path& to) {
  if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return OkStatus();
  if (errno == EEXIST || errno == ENOTEMPTY) return IsThere(to);
  if (errno != EINVAL && errno != ENOSYS) return Failed(to, std::error_code(errno, std::generic_category()));
  // A file system without that call: an empty folder of that name, made this moment, would be replaced.
  std::error_code error;
  if (fs::exists(fs::symlink_status(to, error))) return IsThere(to);
  fs::rename(from, to, error);
  return error ? Failed(to, error) : OkStatus();
}

}  // namespace

Status WriteNewFolder(const std::string& parent, const std::string& name, const std::map<std::string, std::string>& files) {
  std::error_code error;
  if (!fs::is_directory(parent, error)) return Status(StatusKind::kConfig, parent + " is no folder; make it first, or name another one");
  const fs::path target = fs::path(parent) / name;
  if (fs::exists(fs::symlink_status(target, error))) return IsThere(target);
  const Scaffold scaffold(parent);
  if (scaffold.error()) return Failed(parent, scaffold.error());
  const fs::path made = fs::path(scaffold.path()) / name;
  for (const auto& [path, content] : files)
    if (Status status = WriteFile(made / path, content); !status.ok()) return status;
  return MoveInto(made, target);
}

}  // namespace garner
