#include "core/plugin/plugin_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <deque>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "core/plugin/build_tag_check.h"
#include "core/plugin/elf_notes.h"
#include "garner/build_tag.h"
#include "garner/descriptor.h"
#include "garner/hash.h"

namespace garner {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kNoteOwner = "garner";
constexpr std::string_view kMessageFolder = "garner/v1/";

Status Refuse(std::string words) { return Status(StatusKind::kConfig, std::move(words)); }

std::string SystemWords(int error) { return std::generic_category().message(error); }

Status CannotOpen(const std::string& path, int error) {
  struct stat link {};
  if (error == ENOENT && lstat(path.c_str(), &link) == 0) return Refuse("is a link that leads nowhere");
  return Status(error == ENOENT ? StatusKind::kNotFound : StatusKind::kUnreadable, "cannot be opened: " + SystemWords(error));
}

struct FileBytes {
  std::unique_ptr<char[]> data;  // not zeroed before it is read into
  size_t size = 0;

  std::string_view view() const { return {data.get(), size}; }
};

// An open file, of a kind and size that a plugin can have.
class OpenFile {
 public:
  static Result<OpenFile> Open(const std::string& path) {
    // Non-blocking, so that a FIFO with a plugin's name does not hang the host.
    OpenFile file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.descriptor_.get() < 0) return CannotOpen(path, errno);
    struct stat info {};
    if (fstat(file.descriptor_.get(), &info) != 0) return CannotRead();
    if (S_ISDIR(info.st_mode)) return Refuse("is a folder");
    if (!S_ISREG(info.st_mode)) return Refuse("is no regular file");
    file.size_ = static_cast<uint64_t>(info.st_size);
    for (const auto part : {static_cast<int64_t>(info.st_dev), static_cast<int64_t>(info.st_ino), static_cast<int64_t>(info.st_size),
                            static_cast<int64_t>(info.st_mtim.tv_sec), static_cast<int64_t>(info.st_mtim.tv_nsec)})
      file.identity_ += std::to_string(part) + " ";
    if (file.size_ > kMaxPluginFileBytes)
      return Refuse("has " + std::to_string(file.size_) + " bytes, at most " + std::to_string(kMaxPluginFileBytes) + " are accepted");
    return file;
  }

  uint64_t size() const { return size_; }
  // Differs where another file has taken its place, and nearly always where it was written to.
  const std::string& identity() const { return identity_; }

  // Into memory rather than mapped: a file that shrinks while it is read must not raise SIGBUS. Fewer bytes where the file has ended.
  Result<FileBytes> Read(uint64_t offset, uint64_t size) const {
    FileBytes bytes{std::unique_ptr<char[]>(new char[size])};
    while (bytes.size < size) {
      const ssize_t got = pread(descriptor_.get(), bytes.data.get() + bytes.size, size - bytes.size, static_cast<off_t>(offset + bytes.size));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return CannotRead();
      if (got == 0) break;
      bytes.size += static_cast<size_t>(got);
    }
    return bytes;
  }

 private:
  explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
  static Status CannotRead() { return Status(StatusKind::kUnreadable, "cannot be read: " + SystemWords(errno)); }

  Descriptor descriptor_;
  uint64_t size_ = 0;
  std::string identity_;
};

// The parts of a file that were asked for; the first kilobytes, which hold the headers and often the notes, are read at once.
class FileInPieces final : public ElfBytes {
 public:
  explicit FileInPieces(OpenFile file) : file_(std::move(file)) {}

  uint64_t size() const override { return file_.size(); }
  Result<std::string_view> At(uint64_t offset, uint64_t size) override {
    if (pieces_.empty()) {
      Result<FileBytes> head = file_.Read(0, std::min(file_.size(), kHeadBytes));
      if (!head.ok()) return head.status();
      pieces_.push_back(*std::move(head));
    }
    if (offset + size <= pieces_.front().size) return pieces_.front().view().substr(offset, size);
    Result<FileBytes> piece = file_.Read(offset, size);
    if (!piece.ok()) return piece.status();
    if (piece->size < size) return Refuse("is cut short");
    pieces_.push_back(*std::move(piece));
    return pieces_.back().view();
  }

 private:
  static constexpr uint64_t kHeadBytes = 16 * 1024;

  OpenFile file_;
  std::deque<FileBytes> pieces_;
};

struct Notes {
  std::optional<std::string_view> build_tag;
  std::optional<std::string_view> manifest;
  std::optional<std::string_view> options;
};

Result<Notes> SortNotes(const ElfFile& elf) {
  Notes notes;
  for (const ElfNote& note : elf.notes) {
    std::optional<std::string_view>* place = nullptr;
    if (note.type == GARNER_NOTE_BUILD_TAG) place = &notes.build_tag;
    if (note.type == GARNER_NOTE_MANIFEST) place = &notes.manifest;
    if (note.type == GARNER_NOTE_OPTIONS) place = &notes.options;
    if (place == nullptr) continue;  // a later SDK may add types; the build tag decides whether it may
    if (place->has_value() && **place != note.description) return Refuse("has two different garner notes of type " + std::to_string(note.type) + ": link one GARNER_PLUGIN into it");
    *place = note.description;
  }
  return notes;
}

Status CheckMachine(uint16_t machine) {
  const std::string theirs = ElfMachineName(machine);
  if (theirs == GARNER_TAG_ARCH) return OkStatus();
  return Refuse("built for " + theirs + ", this host is " GARNER_TAG_ARCH ": rebuild it");
}

// A copy of one of garner's own messages among these bytes, or an empty view. Generated code holds the serialised FileDescriptorProto,
// which begins with field 1, the file's name: 0x0a, its length, the name. A mere import stands there as field 3 (0x1a).
std::string_view OwnCopyOfMessages(std::string_view bytes) {
  for (size_t at = bytes.find(kMessageFolder); at != std::string_view::npos; at = bytes.find(kMessageFolder, at + 1)) {
    if (at < 2 || bytes[at - 2] != '\n') continue;
    const std::string_view name = bytes.substr(at, static_cast<unsigned char>(bytes[at - 1]));
    constexpr std::string_view kEnding = ".proto";
    if (name.size() > kEnding.size() && name.substr(name.size() - kEnding.size()) == kEnding) return name;
  }
  return {};
}

// Generated code keeps its descriptors among the constants. Linkers put those into segments of their own, or together with the code.
Status CheckOwnCopies(ElfBytes& file, const std::vector<ElfSegment>& segments) {
  const auto constants = [](const ElfSegment& segment) { return !segment.writable && !segment.executable; };
  // The one at the beginning may hold no more than the headers and tables of the loader.
  const auto beyond_headers = [&](const ElfSegment& segment) { return constants(segment) && segment.offset > 0; };
  const bool apart = std::any_of(segments.begin(), segments.end(), beyond_headers);
  uint64_t looked_at = 0;
  for (const ElfSegment& segment : segments) {
    if (segment.writable || (apart && !constants(segment))) continue;
    looked_at += segment.size;
    if (looked_at > file.size()) return Refuse("is damaged: its segments overlap");
    const Result<std::string_view> bytes = file.At(segment.offset, segment.size);
    if (!bytes.ok()) return bytes.status();
    if (const std::string_view copy = OwnCopyOfMessages(*bytes); !copy.empty())
      return Refuse("contains its own copy of " + std::string(copy) + ", which would abort the process: link garner::proto instead");
  }
  return OkStatus();
}

bool IsPluginName(std::string_view name) {
  const auto word = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  return !name.empty() && name[0] >= 'a' && name[0] <= 'z' && std::all_of(name.begin(), name.end(), word);
}

Status CheckManifest(const v1::PluginManifest& manifest, const std::string& file_name) {
  if (!IsPluginName(manifest.name())) return Refuse("its manifest has no name of lower-case letters, digits and underscores");
  if (manifest.name() + ".so" != file_name)
    return Refuse("its manifest names it '" + manifest.name() + "': the file must be called " + manifest.name() + ".so");
  if (manifest.kind() == v1::PluginManifest::KIND_UNSPECIFIED)
    return Refuse("its manifest names no kind; SOURCE, UNPACKER, DECODER, TRANSFORM and SINK are accepted");
  if (manifest.version().empty()) return Refuse("its manifest has no version");
  if (manifest.options_message().empty()) return Refuse("its manifest has no options_message");
  const bool takes_payloads = manifest.kind() == v1::PluginManifest::DECODER || manifest.kind() == v1::PluginManifest::UNPACKER;
  if (takes_payloads && manifest.media_types().empty())
    return Refuse("its manifest names no media_types, so it would never be given a payload: name what it takes in plugin.textproto");
  return OkStatus();
}

bool DeclaresMessage(const google::protobuf::FileDescriptorSet& files, std::string_view full_name) {
  for (const google::protobuf::FileDescriptorProto& file : files.file()) {
    const std::string prefix = file.package().empty() ? "" : file.package() + ".";
    for (const google::protobuf::DescriptorProto& message : file.message_type())
      if (prefix + message.name() == full_name) return true;
  }
  return false;
}

Status ParseNotes(const Notes& notes, const std::string& file_name, PluginFile& plugin) {
  if (!notes.manifest) return Refuse("has no manifest note: build it with garner_add_plugin");
  if (!plugin.manifest.ParseFromArray(notes.manifest->data(), static_cast<int>(notes.manifest->size())))
    return Refuse("its manifest note cannot be read as garner.v1.PluginManifest");
  if (Status status = CheckManifest(plugin.manifest, file_name); !status.ok()) return status;
  if (!notes.options) return Refuse("has no options note: build it with garner_add_plugin");
  if (!plugin.options.ParseFromArray(notes.options->data(), static_cast<int>(notes.options->size())))
    return Refuse("its options note cannot be read as google.protobuf.FileDescriptorSet");
  if (!DeclaresMessage(plugin.options, plugin.manifest.options_message()))
    return Refuse("its options descriptor does not declare '" + plugin.manifest.options_message() + "', which its manifest names as options_message");
  return OkStatus();
}

uint64_t HashOf(const std::string& identity, const Notes& notes) {
  std::string all = identity;
  for (const std::optional<std::string_view>& note : {notes.build_tag, notes.manifest, notes.options})
    all += std::to_string(note ? note->size() : 0) + "\n" + std::string(note.value_or(""));
  return Hash64(all);
}

Status Examine(ElfBytes& bytes, const std::string& identity, const std::string& file_name, PluginFile& plugin) {
  const Result<ElfFile> elf = ReadElfNotes(bytes, kNoteOwner);
  if (!elf.ok()) return elf.status();
  const Result<Notes> notes = SortNotes(*elf);
  if (!notes.ok()) return notes.status();
  if (!notes->build_tag && notes->manifest) return Refuse("has no build tag: its code has no GARNER_PLUGIN line");
  if (!notes->build_tag) return Refuse("is no garner plugin: it has no build tag");
  if (Status status = CheckMachine(elf->machine); !status.ok()) return status;
  if (Status status = CompareBuildTags(*notes->build_tag, GARNER_BUILD_TAG); !status.ok()) return status;
  if (Status status = CheckOwnCopies(bytes, elf->segments); !status.ok()) return status;
  plugin.content = std::make_shared<PluginContent>(HashOf(identity, *notes));
  return ParseNotes(*notes, file_name, plugin);
}

std::string NameOf(const std::string& path) { return fs::path(path).filename().string(); }

Status Named(const std::string& path, const Status& status) { return Status(status.kind(), NameOf(path) + ": " + status.message()); }

// OK where these are the bytes that are meant.
Status CheckMeant(std::string_view bytes, const std::string& identity, const PluginFile& file) {
  const uint64_t whole = Hash64(bytes);
  const std::optional<uint64_t> meant = file.content->whole();
  if (meant == whole) return OkStatus();
  // What is there now may be no plugin at all; then that is the better thing to say.
  ElfBytesInMemory whole_file(bytes);
  PluginFile now;
  if (Status status = Examine(whole_file, identity, NameOf(file.path), now); !status.ok()) return status;
  if (meant || now.content->examined() != file.content->examined() || !file.content->Is(whole))
    return Refuse("has changed since it was examined: start again");
  return OkStatus();
}

// The bytes of a file that was examined before.
Result<FileBytes> ReadAgain(const PluginFile& file) {
  const Result<OpenFile> opened = OpenFile::Open(file.path);
  if (!opened.ok()) return Named(file.path, opened.status());
  Result<FileBytes> bytes = opened->Read(0, opened->size());
  if (!bytes.ok()) return Named(file.path, bytes.status());
  if (const Status status = CheckMeant(bytes->view(), opened->identity(), file); !status.ok()) return Named(file.path, status);
  return bytes;
}

}  // namespace

std::string DataFolder(const std::string& plugin_path) { return plugin_path.substr(0, plugin_path.rfind('.')) + ".data"; }

bool PluginContent::Is(uint64_t whole) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!whole_) whole_ = whole;
  return *whole_ == whole;
}

std::optional<uint64_t> PluginContent::whole() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return whole_;
}

Result<PluginFile> ReadPluginFile(const std::string& path) {
  Result<OpenFile> opened = OpenFile::Open(path);
  if (!opened.ok()) return Named(path, opened.status());
  const std::string identity = opened->identity();
  FileInPieces bytes(*std::move(opened));
  PluginFile plugin;
  if (Status status = Examine(bytes, identity, NameOf(path), plugin); !status.ok()) return Named(path, status);
  std::error_code error;
  plugin.path = fs::absolute(path, error).lexically_normal().string();
  if (error) return Named(path, Status(StatusKind::kUnreadable, "has no absolute path: " + error.message()));
  return plugin;
}

Result<uint64_t> PluginFingerprint(const PluginFile& file) {
  const Result<FileBytes> bytes = ReadAgain(file);
  if (!bytes.ok()) return bytes.status();
  return Hash64(bytes->view());
}

Status CheckUnchanged(const PluginFile& file) { return ReadAgain(file).status(); }

Result<std::string> PluginSha256(const PluginFile& file) {
  const Result<FileBytes> bytes = ReadAgain(file);
  if (!bytes.ok()) return bytes.status();
  return Sha256Hex(bytes->view());
}

}  // namespace garner
