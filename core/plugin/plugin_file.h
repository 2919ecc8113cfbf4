// What a plugin's file says of itself, read without running any of its code.
#pragma once

#include <google/protobuf/descriptor.pb.h>

#include <cstdint>
#include <string>

#include "garner/status.h"
#include "garner/v1/plugin.pb.h"

namespace garner {

// Larger files are refused: a plugin is read into memory as a whole. Debug builds with sanitizers stay below 100 MB.
inline constexpr uint64_t kMaxPluginFileBytes = uint64_t{512} << 20;

struct PluginFile {
  std::string path;  // absolute
  v1::PluginManifest manifest;
  // The file that declares the options message, with comments.
  google::protobuf::FileDescriptorSet options;
  // Hash64 of the file: tells whether it is still the one that was examined.
  uint64_t fingerprint = 0;
};

// Where the data files of the plugin in this file stand: NAME.data beside NAME.so.
std::string DataFolder(const std::string& plugin_path);

// Reads and checks a file: ELF shared object, notes complete, build tag equal to the host's, no copy of garner's own messages.
// A refusal is one sentence that begins with the file's name and names both sides:
// "old.so: built for SDK 0.9, this is 0.1: rebuild it".
Result<PluginFile> ReadPluginFile(const std::string& path);

// OK where the file is byte for byte the one that was examined.
Status CheckUnchanged(const PluginFile& file);

// SHA-256 of the file, lower-case hexadecimal. For pins and reports, and only for them: it takes its time. Never in documents: it
// depends on the build folder. Fails where the file has changed.
Result<std::string> PluginSha256(const PluginFile& file);

}  // namespace garner
