#include "core/plugin/plugin_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

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

// Into memory rather than mapped: a file that shrinks while it is read must not raise SIGBUS.
Result<FileBytes> ReadAll(const std::string& path) {
  // Non-blocking, so that a FIFO with a plugin's name does not hang the host.
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.get() < 0) return CannotOpen(path, errno);
  struct stat info {};
  if (fstat(file.get(), &info) != 0) return Status(StatusKind::kUnreadable, "cannot be read: " + SystemWords(errno));
  if (S_ISDIR(info.st_mode)) return Refuse("is a folder");
  if (!S_ISREG(info.st_mode)) return Refuse("is no regular file");
  const auto size = static_cast<uint64_t>(info.st_size);
  if (size > kMaxPluginFileBytes) return Refuse("has " + std::to_string(size) + " bytes, at most " + std::to_string(kMaxPluginFileBytes) + " are accepted");
  FileBytes bytes{std::unique_ptr<char[]>(new char[size])};
  while (bytes.size < size) {
    const ssize_t got = read(file.get(), bytes.data.get() + bytes.size, size - bytes.size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Status(StatusKind::kUnreadable, "cannot be read: " + SystemWords(errno));
    if (got == 0) break;
    bytes.size += static_cast<size_t>(got);
  }
  return bytes;
}

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

// The file's own copy of one of garner's messages, or an empty view. Generated code holds the serialised FileDescriptorProto, which
// begins with field 1, the file's name: 0x0a, its length, the name. A mere import stands there as field 3 (0x1a).
std::string_view OwnCopyOfMessages(std::string_view bytes) {
  for (size_t at = bytes.find(kMessageFolder); at != std::string_view::npos; at = bytes.find(kMessageFolder, at + 1)) {
    if (at < 2 || bytes[at - 2] != '\n') continue;
    const std::string_view name = bytes.substr(at, static_cast<unsigned char>(bytes[at - 1]));
    constexpr std::string_view kEnding = ".proto";
    if (name.size() > kEnding.size() && name.substr(name.size() - kEnding.size()) == kEnding) return name;
  }
  return {};
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

Status Examine(std::string_view bytes, const std::string& file_name, PluginFile& plugin) {
  const Result<ElfFile> elf = ReadElfNotes(bytes, kNoteOwner);
  if (!elf.ok()) return elf.status();
  const Result<Notes> notes = SortNotes(*elf);
  if (!notes.ok()) return notes.status();
  if (!notes->build_tag && notes->manifest) return Refuse("has no build tag: its code has no GARNER_PLUGIN line");
  if (!notes->build_tag) return Refuse("is no garner plugin: it has no build tag");
  if (Status status = CheckMachine(elf->machine); !status.ok()) return status;
  if (Status status = CompareBuildTags(*notes->build_tag, GARNER_BUILD_TAG); !status.ok()) return status;
  if (const std::string_view copy = OwnCopyOfMessages(bytes); !copy.empty())
    return Refuse("contains its own copy of " + std::string(copy) + ", which would abort the process: link garner::proto instead");
  return ParseNotes(*notes, file_name, plugin);
}

std::string NameOf(const std::string& path) { return fs::path(path).filename().string(); }

Status Named(const std::string& path, const Status& status) { return Status(status.kind(), NameOf(path) + ": " + status.message()); }

// The bytes of a file that was examined before.
Result<FileBytes> ReadAgain(const PluginFile& file) {
  Result<FileBytes> bytes = ReadAll(file.path);
  if (!bytes.ok()) return Named(file.path, bytes.status());
  if (Hash64(bytes->view()) == file.fingerprint) return bytes;
  // What is there now may be no plugin at all; then that is the better thing to say.
  PluginFile other;
  const Status status = Examine(bytes->view(), NameOf(file.path), other);
  return Named(file.path, status.ok() ? Refuse("has changed since it was examined: start again") : status);
}

}  // namespace

std::string DataFolder(const std::string& plugin_path) { return plugin_path.substr(0, plugin_path.rfind('.')) + ".data"; }

Result<PluginFile> ReadPluginFile(const std::string& path) {
  const Result<FileBytes> bytes = ReadAll(path);
  if (!bytes.ok()) return Named(path, bytes.status());
  PluginFile plugin;
  if (Status status = Examine(bytes->view(), NameOf(path), plugin); !status.ok()) return Named(path, status);
  std::error_code error;
  plugin.path = fs::absolute(path, error).lexically_normal().string();
  if (error) return Named(path, Status(StatusKind::kUnreadable, "has no absolute path: " + error.message()));
  plugin.fingerprint = Hash64(bytes->view());
  return plugin;
}

Status CheckUnchanged(const PluginFile& file) { return ReadAgain(file).status(); }

Result<std::string> PluginSha256(const PluginFile& file) {
  const Result<FileBytes> bytes = ReadAgain(file);
  if (!bytes.ok()) return bytes.status();
  return Sha256Hex(bytes->view());
}

}  // namespace garner
