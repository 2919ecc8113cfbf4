#include "pending_files.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <optional>
#include <string_view>
#include <system_error>
#include <unordered_set>
#include <utility>
#include "garner/descriptor.h"

namespace garner::text_files {
namespace {

namespace fs = std::filesystem;

Status Failed(const std::string& path, std::string_view what, int error) {
  return Status(StatusKind::kIo, path + ": " + std::string(what) + ": " + std::generic_category().message(error));
}

Status MakeParent(const std::string& path) {
  std::error_code error;
  const fs::path parent = fs::path(path).parent_path();
  fs::create_directories(parent, error);
  return error ? Status(StatusKind::kIo, parent.string() + ": the folder cannot be made: " + error.message()) : OkStatus();
}

Status WriteFile(const std::string& path, std::string_view content) {
  constexpr int kFlags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW;
  int opened = open(path.c_str(), kFlags, 0666);
  if (opened < 0 && errno == ENOENT) {
    if (Status status = MakeParent(path); !status.ok()) return status;
    opened = open(path.c_str(), kFlags, 0666);
  }
  const Descriptor file(opened);
  if (file.get() < 0) return Failed(path, "cannot be created", errno);
  while (!content.empty()) {
    const ssize_t written = write(file.get(), content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return Failed(path, "cannot be written", errno);
    content.remove_prefix(static_cast<size_t>(written));
  }
  return OkStatus();
}

// Nothing where there is no such file. `max_bytes`: a larger one is not read.
Result<std::optional<std::string>> ReadFile(const std::string& path, uint64_t max_bytes) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (file.get() < 0 && (errno == ENOENT || errno == ENOTDIR)) return std::optional<std::string>();
  struct stat now {};
  if (file.get() < 0 || fstat(file.get(), &now) != 0) return Failed(path, "cannot be read", errno);
  if (!S_ISREG(now.st_mode)) return Status(StatusKind::kIo, path + ": is no file");
  if (static_cast<uint64_t>(now.st_size) > max_bytes) return Status(StatusKind::kIo, path + ": is too large");
  std::string bytes(static_cast<size_t>(now.st_size), '\0');
  for (size_t done = 0; done < bytes.size();) {
    const ssize_t got = read(file.get(), bytes.data() + done, bytes.size() - done);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return Failed(path, "cannot be read", got < 0 ? errno : EIO);
    done += static_cast<size_t>(got);
  }
  return std::optional(std::move(bytes));
}

enum class Found { kNothing, kExpected, kOther };

// Whether a file is the one that was written there. What cannot be read is something else.
Found LookAt(const std::string& path, const std::vector<Fingerprint>& expected) {
  uint64_t largest = 0;
  for (const Fingerprint& content : expected) largest = std::max(largest, content.size);
  const Result<std::optional<std::string>> read = ReadFile(path, largest);
  if (!read.ok()) return Found::kOther;
  if (!read->has_value()) return Found::kNothing;
  return std::find(expected.begin(), expected.end(), FingerprintOf(**read)) != expected.end() ? Found::kExpected : Found::kOther;
}

// The folders that held a file, up to `top` and without it, as far as they are empty now.
void RemoveEmptyFolders(const std::string& file, const std::string& top) {
  for (fs::path folder = fs::path(file).parent_path(); folder.string().size() > top.size(); folder = folder.parent_path())
    if (rmdir(folder.c_str()) != 0) return;
}

}  // namespace

PendingFiles::PendingFiles(const std::string& output_dir, const std::string& folder)
    : output_dir_(output_dir),
      option_(folder),
      folder_((fs::path(output_dir) / folder).lexically_normal().string()),
      list_name_(".garner/" + ListNameFor(folder)),
      moved_name_(fs::path(list_name_).replace_extension(".moved").string()) {
  while (folder_.size() > 1 && (folder_.back() == '/' || (folder_.back() == '.' && folder_[folder_.size() - 2] == '/'))) folder_.pop_back();
  // Inside the folder, so that it is on the same file system; hidden, as no document's file is.
  pending_ = folder_ + "/.garner.part";
}

PendingFiles::~PendingFiles() {
  std::error_code ignored;
  if (prepared_ && !committed_) fs::remove_all(pending_, ignored);
  if (prepared_ && committed_) rmdir(pending_.c_str());  // only where nothing waits in it
}

// --- opening ------------------------------------------------------------------------------------------------------------------

// Once the list, and with it the folder, is this sink's.
Status PendingFiles::Prepare() {
  // Refuses a folder that is not acceptable, and makes one that is.
  const Result<std::unique_ptr<OutputFile>> probe = OutputFile::Create(output_dir_, option_ + "/.garner.part/.probe");
  if (!probe.ok()) return probe.status();
  prepared_ = true;
  return OkStatus();
}

Status PendingFiles::Open() {
  Result<std::unique_ptr<OutputFile>> list = OutputFile::Create(output_dir_, list_name_);
  if (!list.ok()) return Status(list.status().kind(), "the folder '" + option_ + "': " + list.status().message());
  list_ = *std::move(list);
  if (Status status = Prepare(); !status.ok()) return status;
  if (Status status = RemovePending(); !status.ok()) return status;
  return list_->Write(kListHead);
}

Status PendingFiles::Reopen(std::string_view position) {
  Result<std::unique_ptr<OutputFile>> list = OutputFile::Reopen(output_dir_, list_name_, position);
  if (!list.ok()) return Status(list.status().kind(), "the folder '" + option_ + "': " + list.status().message());
  list_ = *std::move(list);
  committed_ = true;
  const Result<std::string> bytes = list_->ReadBack();
  if (!bytes.ok()) return bytes.status();
  Result<std::vector<ListedFile>> files = ParseList(*bytes);
  if (!files.ok()) return Status(files.status().kind(), list_->path() + ": " + files.status().message());
  files_ = *std::move(files);
  return Prepare();
}

Status PendingFiles::RemovePending() {
  std::error_code error;
  fs::remove_all(pending_, error);
  return error ? Status(StatusKind::kIo, pending_ + ": cannot be removed: " + error.message()) : OkStatus();
}

// --- writing ------------------------------------------------------------------------------------------------------------------

Status PendingFiles::Write(const std::string& name, std::string_view content) {
  if (Status status = WriteFile(pending_ + "/" + name, content); !status.ok()) return status;
  unsynced_ = true;
  files_.push_back({name, FingerprintOf(content)});
  return list_->Write(ListLine(files_.back()));
}

// One wait for the whole file system instead of one a file.
Status PendingFiles::Sync() const {
  const Descriptor folder(open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return folder.get() >= 0 && syncfs(folder.get()) == 0 ? OkStatus() : Failed(folder_, "cannot be made durable", errno);
}

// The files before the list: a list never names what is not there.
Result<std::string> PendingFiles::Commit() {
  if (unsynced_)
    if (Status status = Sync(); !status.ok()) return status;
  unsynced_ = false;
  Result<std::string> position = list_->Commit();
  committed_ = committed_ || position.ok();
  return position;
}

// --- finishing ----------------------------------------------------------------------------------------------------------------

// Vanished files go first: one of them may stand where a folder is wanted now, and where a file system does not tell upper from lower
// case, its name may be that of a new file.
Result<std::vector<std::string>> PendingFiles::Finish() {
  if (Result<std::string> position = Commit(); !position.ok()) return position.status();
  std::vector<std::string> notes;
  Known known;
  for (const std::string& name : {list_name_, moved_name_})
    if (Status status = AddList(output_dir_ + "/" + name, known); !status.ok()) notes.push_back(status.message() + "; files that only this list names stay");
  if (Status status = NoteMoves(known); !status.ok()) return status;
  RemoveVanished(known, notes);
  if (Status status = PutInPlace(); !status.ok()) return status;
  if (Status status = Sync(); !status.ok()) return status;
  if (Status status = RemovePending(); !status.ok()) return status;
  if (Status status = list_->Finish(); !status.ok()) return status;
  unlink((output_dir_ + "/" + moved_name_).c_str());
  return notes;
}

Status PendingFiles::AddList(const std::string& path, Known& known) const {
  const Result<std::optional<std::string>> read = ReadFile(path, UINT64_MAX);
  if (!read.ok()) return read.status();
  if (!read->has_value()) return OkStatus();
  Result<std::vector<ListedFile>> files = ParseList(**read);
  if (!files.ok()) return Status(files.status().kind(), path + ": " + files.status().message());
  for (ListedFile& file : *files) known[std::move(file.name)].push_back(file.content);
  return OkStatus();
}

// Before the first file is in place: should this run never end, and the next one start over, that one knows of them.
Status PendingFiles::NoteMoves(const Known& known) const {
  Known moved;
  if (!AddList(output_dir_ + "/" + moved_name_, moved).ok()) moved.clear();  // told already
  bool more = false;
  for (const ListedFile& file : files_) {
    const auto it = known.find(file.name);
    if (it != known.end() && std::find(it->second.begin(), it->second.end(), file.content) != it->second.end()) continue;
    moved[file.name].push_back(file.content);
    more = true;
  }
  if (!more) return OkStatus();
  Result<std::unique_ptr<OutputFile>> list = OutputFile::Create(output_dir_, moved_name_);
  if (!list.ok()) return list.status();
  if (Status status = (*list)->Write(kListHead); !status.ok()) return status;
  for (const auto& [name, contents] : moved)
    for (const Fingerprint& content : contents)
      if (Status status = (*list)->Write(ListLine({name, content})); !status.ok()) return status;
  return (*list)->Finish();
}

void PendingFiles::RemoveVanished(const Known& known, std::vector<std::string>& notes) const {
  std::unordered_set<std::string_view> wanted;
  for (const ListedFile& file : files_) wanted.insert(file.name);
  for (const auto& [name, contents] : known) {
    if (wanted.count(name) != 0) continue;
    const std::string path = folder_ + "/" + name;
    const Found found = LookAt(path, contents);
    if (found == Found::kNothing) continue;
    if (found == Found::kExpected && unlink(path.c_str()) == 0) {
      RemoveEmptyFolders(path, folder_);
    } else {
      notes.push_back(path + ": " + (found == Found::kOther ? "its document is gone, but it is not as garner left it; it stays" : "cannot be removed"));
    }
  }
}

Status PendingFiles::PutInPlace() const {
  for (const ListedFile& file : files_)
    if (Status status = PutInPlace(file); !status.ok()) return status;
  return OkStatus();
}

Status PendingFiles::PutInPlace(const ListedFile& file) const {
  const std::string from = pending_ + "/" + file.name;
  const std::string to = folder_ + "/" + file.name;
  if (rename(from.c_str(), to.c_str()) == 0) return OkStatus();
  if (errno != ENOENT) return Failed(to, "cannot be put in place", errno);
  if (Status status = MakeParent(to); !status.ok()) return status;
  if (rename(from.c_str(), to.c_str()) == 0) return OkStatus();
  if (errno != ENOENT) return Failed(to, "cannot be put in place", errno);
  // An earlier process got this far. Under the name may also be an earlier run's file.
  if (LookAt(to, {file.content}) == Found::kExpected) return OkStatus();
  return Status(StatusKind::kIo, from + ": is gone; the job can only start over");
}

}  // namespace garner::text_files
