#include "core/job/letter_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/type_resolver.h>
#include <google/protobuf/util/type_resolver_util.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

#include "core/manifest/options_hash.h"
#include "garner/descriptor.h"
#include "garner/hash.h"
#include "garner/input_file.h"

namespace garner {
namespace {

namespace fs = std::filesystem;

constexpr char kRecord[] = "letter.json";
constexpr char kPayload[] = "payload";
constexpr size_t kIdDigits = 32;
constexpr size_t kHashDigits = 64;

bool IsHex(std::string_view text, size_t digits) {
  return text.size() == digits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool IsId(std::string_view text) { return IsHex(text, kIdDigits); }

// A link's last slash would follow it.
std::string WithoutSlashes(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

Status Failed(const std::string& path, std::string_view what, int error) {
  return Status(StatusKind::kIo, path + ": " + std::string(what) + ": " + std::generic_category().message(error));
}

// --- writing ---------------------------------------------------------------------------------------------

Status WriteFile(const std::string& path, std::string_view bytes) {
  Descriptor file(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666));
  if (!file.ok()) return Failed(path, "cannot be created", errno);
  while (!bytes.empty()) {
    const ssize_t written = write(file.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return Failed(path, "cannot be written", errno);
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  if (!file.Close()) return Failed(path, "cannot be written", errno);
  return OkStatus();
}

// A folder beside its final place that is gone with its scope, whatever stands in it by then.
class Scratch {
 public:
  explicit Scratch(std::string path) : path_(std::move(path)) { Remove(); }
  ~Scratch() { Remove(); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const std::string& path() const { return path_; }

 private:
  // Links are removed, not followed.
  void Remove() const {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  std::string path_;
};

// Puts `from` at `to`. What stood there ends up at `from`, or is gone.
Status TakePlace(const std::string& from, const std::string& to) {
  if (rename(from.c_str(), to.c_str()) == 0) return OkStatus();
  if (errno != ENOTEMPTY && errno != EEXIST && errno != ENOTDIR) return Failed(to, "cannot be put in place", errno);
  if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_EXCHANGE) == 0) return OkStatus();
  // A file system that cannot exchange names: between the two steps there is no letter, and the old one has another name.
  const Scratch old(from + "-old");
  if (rename(to.c_str(), old.path().c_str()) != 0) return Failed(to, "cannot be replaced", errno);
  if (rename(from.c_str(), to.c_str()) == 0) return OkStatus();
  const int error = errno;
  (void)rename(old.path().c_str(), to.c_str());
  return Failed(to, "cannot be put in place", error);
}

// By way of the deterministic serialisation: MessageToJsonString takes options in an order that differs from run to run.
Result<std::string> ToJson(const v1::DeadLetter& record) {
  namespace pb = google::protobuf;
  pb::util::JsonPrintOptions how;
  how.add_whitespace = true;
  how.preserve_proto_field_names = true;
  constexpr char kPrefix[] = "type.googleapis.com";
  const std::unique_ptr<pb::util::TypeResolver> types(
      pb::util::NewTypeResolverForDescriptorPool(kPrefix, pb::DescriptorPool::generated_pool()));
  std::string json;
  const auto printed = pb::util::BinaryToJsonString(types.get(), std::string(kPrefix) + "/" + record.GetTypeName(),
                                                    SerializeDeterministically(record), &json, how);
  if (!printed.ok()) return Status(StatusKind::kInternal, "the record has no JSON form: " + std::string(printed.message()));
  return json;
}

// --- reading ---------------------------------------------------------------------------------------------

// A regular file of an open folder, never through a link, never more than `max_bytes`.
Result<std::string> ReadFile(int folder, const char* name, uint64_t max_bytes) {
  const auto failed = [&](const std::string& why) { return Status(StatusKind::kUnreadable, std::string(name) + ": " + why); };
  const Descriptor file(openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!file.ok()) return failed(errno == ELOOP ? "is a symbolic link; a file is wanted" : DescribeFileError(errno));
  struct stat info {};
  if (fstat(file.get(), &info) != 0) return failed(DescribeFileError(errno));
  if (!S_ISREG(info.st_mode)) return failed("is " + DescribeFileType(info.st_mode) + "; a file is wanted");
  std::string bytes;
  char buffer[64 << 10];
  for (;;) {
    const ssize_t got = read(file.get(), buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed(DescribeFileError(errno));
    if (got == 0) return bytes;
    bytes.append(buffer, static_cast<size_t>(got));
    if (bytes.size() > max_bytes) return failed("larger than " + std::to_string(max_bytes) + " bytes");
  }
}

int OpenLetter(const std::string& folder) {
  return open(WithoutSlashes(folder).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
}

// After a failed OpenLetter, with its errno.
Status CannotOpen(const std::string& folder, int error) {
  std::error_code ignored;
  if (fs::is_symlink(WithoutSlashes(folder), ignored))
    return Status(StatusKind::kUnreadable, "is a symbolic link; a letter is a folder of its own");
  if (error == ENOTDIR) return Status(StatusKind::kUnreadable, "is no folder; a letter is a folder with the file letter.json");
  return Status(StatusKind::kUnreadable, DescribeFileError(error));
}

Result<v1::DeadLetter> ReadRecordIn(int descriptor, const std::string& folder) {
  const Result<std::string> json = ReadFile(descriptor, kRecord, kMaxLetterRecordBytes);
  if (!json.ok()) return json.status();
  Result<v1::DeadLetter> record = ParseLetterRecord(*json);
  if (!record.ok()) return Status(record.status().kind(), std::string(kRecord) + ": " + record.status().message());
  const std::string name = fs::path(WithoutSlashes(folder)).filename().string();
  if (IsLetterName(folder) && name != record->id())
    return Status(StatusKind::kInvalidInput,
                  std::string(kRecord) + ": is the record of " + record->id() + ", not of this folder's document");
  return record;
}

Status CheckPayload(const v1::DeadLetter& record, const std::string& payload) {
  if (record.source().sha256() == Sha256Hex(payload)) return OkStatus();
  return Status(StatusKind::kInvalidInput, std::string(kPayload) + ": is not what was recorded; its SHA-256 is another one");
}

// What is wrong with a record that was read; empty where nothing is.
std::string Objection(const v1::DeadLetter& record) {
  if (!record.has_format()) return "'format' is missing; a letter's record is wanted";
  if (record.format() != kLetterFormat)
    return "format " + std::to_string(record.format()) + " is not known here; " + std::to_string(kLetterFormat) + " is accepted";
  if (!IsId(record.id())) return "'id': 32 hexadecimal digits are wanted";
  if (!record.source().has_uri()) return "'source.uri' is missing";
  if (record.payload() == v1::DeadLetter::PAYLOAD_UNSPECIFIED)
    return "'payload' is missing; KEPT, UNREADABLE or TOO_LARGE is accepted";
  const bool kept = record.payload() == v1::DeadLetter::KEPT;
  if (kept && !IsHex(record.source().sha256(), kHashDigits)) return "'source.sha256': 64 hexadecimal digits are wanted";
  if (!record.has_failure()) return "'failure' is missing";
  if (!record.has_plan()) return "'plan' is missing";
  return {};
}

}  // namespace

Result<LetterFolder> LetterFolder::Open(const std::string& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) return Status(StatusKind::kIo, "cannot make the folder '" + path + "': " + error.message());
  if (!fs::is_directory(path, error)) return Status(StatusKind::kIo, "'" + path + "' is no folder");
  if (access(path.c_str(), W_OK | X_OK) != 0) return Status(StatusKind::kIo, "cannot write to the folder '" + path + "'");
  return LetterFolder(path);
}

Status LetterFolder::Write(const v1::DeadLetter& record, std::string_view payload) const {
  if (!IsId(record.id())) return Status(StatusKind::kInternal, "a letter without an id");
  const Result<std::string> json = ToJson(record);
  if (!json.ok()) return json.status();
  const Scratch scratch(path_ + "/." + record.id() + ".part-" + std::to_string(getpid()));
  if (mkdir(scratch.path().c_str(), 0777) != 0) return Failed(scratch.path(), "the folder cannot be made", errno);
  if (record.payload() == v1::DeadLetter::KEPT)
    if (Status status = WriteFile(scratch.path() + "/" + kPayload, payload); !status.ok()) return status;
  if (Status status = WriteFile(scratch.path() + "/" + kRecord, *json); !status.ok()) return status;
  return TakePlace(scratch.path(), path_ + "/" + record.id());
}

// One wait for the whole file system: a job in which everything fails would wait for hours if each letter were synced.
Status LetterFolder::Sync() const {
  const Descriptor folder(open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.ok() || syncfs(folder.get()) != 0) return Failed(path_, "cannot be made durable", errno);
  return OkStatus();
}

Result<v1::DeadLetter> ParseLetterRecord(const std::string& json) {
  v1::DeadLetter record;
  const auto parsed = google::protobuf::util::JsonStringToMessage(json, &record);
  if (!parsed.ok()) return Status(StatusKind::kInvalidInput, "is no record of a letter: " + std::string(parsed.message()));
  if (const std::string objection = Objection(record); !objection.empty()) return Status(StatusKind::kInvalidInput, objection);
  return record;
}

Result<v1::DeadLetter> ReadLetterRecord(const std::string& folder) {
  const Descriptor descriptor(OpenLetter(folder));
  if (!descriptor.ok()) return CannotOpen(folder, errno);
  return ReadRecordIn(descriptor.get(), folder);
}

Result<Letter> ReadLetter(const std::string& folder) {
  const Descriptor descriptor(OpenLetter(folder));
  if (!descriptor.ok()) return CannotOpen(folder, errno);
  Result<v1::DeadLetter> record = ReadRecordIn(descriptor.get(), folder);
  if (!record.ok()) return record.status();
  Letter letter;
  letter.record = *std::move(record);
  if (letter.record.payload() != v1::DeadLetter::KEPT) return letter;
  Result<std::string> payload = ReadFile(descriptor.get(), kPayload, kMaxLetterPayloadBytes);
  if (!payload.ok()) return payload.status();
  if (Status status = CheckPayload(letter.record, *payload); !status.ok()) return status;
  letter.payload = *std::move(payload);
  return letter;
}

bool HoldsLetter(const std::string& path) {
  std::error_code ignored;
  return fs::exists(fs::symlink_status(fs::path(path) / kRecord, ignored));
}

bool IsLetterName(const std::string& path) { return IsId(fs::path(WithoutSlashes(path)).filename().string()); }

Result<std::vector<ListedLetter>> ListLetters(const std::string& folder) {
  std::error_code error;
  std::vector<ListedLetter> letters;
  std::vector<std::string> names;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
    if (std::string name = entry->path().filename().string(); IsId(name)) names.push_back(std::move(name));
  if (error) return Status(StatusKind::kUnreadable, DescribeFileError(error.value()));
  std::sort(names.begin(), names.end());
  for (std::string& name : names) {
    Result<v1::DeadLetter> record = ReadLetterRecord(folder + "/" + name);
    if (record.ok()) record->clear_plan();  // the same in thousands of them
    letters.push_back({std::move(name), std::move(record)});
  }
  return letters;
}

}  // namespace garner
