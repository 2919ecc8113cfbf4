// What a plugin's file says of itself, read without running any of its code.
#pragma once

#include <google/protobuf/descriptor.pb.h>

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "garner/status.h"
#include "garner/v1/plugin.pb.h"

namespace garner {

// Larger files are refused: a plugin that is used is read into memory as a whole. Debug builds with sanitizers stay below 100 MB.
inline constexpr uint64_t kMaxPluginFileBytes = uint64_t{512} << 20;

// Which content of a file is meant. Shared by the copies of a PluginFile, from any thread.
class PluginContent {
 public:
  PluginContent() = default;
  explicit PluginContent(uint64_t examined) : examined_(examined) {}

  // What the file was when it was examined, of which little was read: Hash64 over its place on disk, size, time and notes.
  uint64_t examined() const { return examined_; }
  // True where `whole` is the Hash64 of the file that is meant. The first one asked for becomes it.
  bool Is(uint64_t whole);
  std::optional<uint64_t> whole() const;

 private:
  const uint64_t examined_ = 0;
  mutable std::mutex mutex_;
  std::optional<uint64_t> whole_;
};

struct PluginFile {
  std::string path;  // absolute
  v1::PluginManifest manifest;
  // The file that declares the options message, with comments.
  google::protobuf::FileDescriptorSet options;
  std::shared_ptr<PluginContent> content = std::make_shared<PluginContent>();
};

// Where the data files of the plugin in this file stand: NAME.data beside NAME.so.
std::string DataFolder(const std::string& plugin_path);

// Examines a file: ELF shared object, notes complete, build tag equal to the host's, no copy of garner's own messages. Reads its
// headers, notes and constants only, so that many plugins can be looked at in no time. A refusal is one sentence that begins with
// the file's name and names both sides: "old.so: built for SDK 0.9, this is 0.1: rebuild it".
Result<PluginFile> ReadPluginFile(const std::string& path);

// Hash64 of the whole file: tells whether it is still the same one. The first use of a plugin's content (this, CheckUnchanged,
// PluginSha256) fixes what is meant; from then on, and where the file is not the one that was examined, another content is refused.
Result<uint64_t> PluginFingerprint(const PluginFile& file);

// OK where the file is byte for byte the one that is meant.
Status CheckUnchanged(const PluginFile& file);

// SHA-256 of the file, lower-case hexadecimal. For pins and reports, and only for them: it takes its time. Never in documents: it
// depends on the build folder. Fails where the file has changed.
Result<std::string> PluginSha256(const PluginFile& file);

}  // namespace garner
