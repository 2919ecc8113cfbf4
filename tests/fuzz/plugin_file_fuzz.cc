// Everything that is read of a plugin without running it: notes with a sound build tag, and any bytes as manifest and as description of the
// options. Besides not crashing: a refusal has words, and what was accepted can be shown, and its options be read.
//
// An input is the manifest, the line "--", and the description.
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <string>
#include <string_view>

#include "core/manifest/options_doc.h"
#include "core/manifest/options_hash.h"
#include "core/manifest/options_schema.h"
#include "core/plugin/plugin_file.h"
#include "garner/build_tag.h"

namespace {

constexpr std::string_view kSeparator = "\n--\n";

template <typename T>
void Put(std::string& bytes, size_t at, T value) {
  std::memcpy(bytes.data() + at, &value, sizeof value);
}

void AppendNote(uint32_t type, std::string_view description, std::string& notes) {
  const auto pad = [&] { notes.resize((notes.size() + 3) / 4 * 4); };
  std::string header(12, '\0');
  Put<uint32_t>(header, 0, 7);
  Put<uint32_t>(header, 4, static_cast<uint32_t>(description.size()));
  Put<uint32_t>(header, 8, type);
  notes += header + std::string("garner\0", 7);
  pad();
  notes += description;
  pad();
}

void PutSegment(std::string& bytes, size_t at, uint32_t type, uint64_t offset, uint64_t size) {
  Put<uint32_t>(bytes, at, type);
  Put<uint32_t>(bytes, at + 4, 4);  // readable
  Put<uint64_t>(bytes, at + 8, offset);
  Put<uint64_t>(bytes, at + 32, size);
  Put<uint64_t>(bytes, at + 40, size);
  Put<uint64_t>(bytes, at + 48, 4);
}

// A shared object with nothing but notes.
std::string Library(std::string_view manifest, std::string_view options) {
  std::string notes;
  AppendNote(GARNER_NOTE_BUILD_TAG, GARNER_BUILD_TAG, notes);
  AppendNote(GARNER_NOTE_MANIFEST, manifest, notes);
  AppendNote(GARNER_NOTE_OPTIONS, options, notes);
  std::string bytes(64 + 2 * 56, '\0');
  bytes.replace(0, 7, "\x7f" "ELF\x02\x01\x01");
  Put<uint16_t>(bytes, 16, 3);                                                    // shared object
  Put<uint16_t>(bytes, 18, std::string_view(GARNER_TAG_ARCH) == "aarch64" ? 183 : 62);
  Put<uint64_t>(bytes, 32, 64);                                                   // program headers
  Put<uint16_t>(bytes, 54, 56);
  Put<uint16_t>(bytes, 56, 2);
  PutSegment(bytes, 64, 1, 0, bytes.size() + notes.size());
  PutSegment(bytes, 64 + 56, 4, bytes.size(), notes.size());
  return bytes + notes;
}

const std::string& Folder() {
  static const std::string folder = [] {
    std::string pattern = (access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp") + std::string("/garner-fuzz-XXXXXX");
    return std::string(mkdtemp(pattern.data()));
  }();
  return folder;
}

// The name that the manifest gives, where it can be a file's.
std::string FileName(std::string_view manifest) {
  garner::v1::PluginManifest parsed;
  if (!parsed.ParseFromArray(manifest.data(), static_cast<int>(manifest.size()))) return "x.so";
  const std::string& name = parsed.name();
  const bool fits = !name.empty() && name.size() < 100 && std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
  return fits ? name + ".so" : "x.so";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const size_t cut = input.find(kSeparator);
  const std::string_view manifest = input.substr(0, cut);
  const std::string_view options = cut == std::string_view::npos ? std::string_view() : input.substr(cut + kSeparator.size());
  const std::string path = Folder() + "/" + FileName(manifest);
  std::ofstream(path, std::ios::binary) << Library(manifest, options);
  const garner::Result<garner::PluginFile> file = garner::ReadPluginFile(path);
  unlink(path.c_str());
  if (!file.ok()) {
    if (file.status().message().empty()) abort();
    return 0;
  }
  for (const garner::OptionDoc& option : garner::DescribeOptions(*file))
    if (garner::Takes(option).empty()) abort();
  garner::OptionsSchema schema(*file);
  if (schema.message() == nullptr && schema.error().empty() && !file->manifest.options_message().empty()) abort();
  if (schema.message() != nullptr) (void)garner::HashOptions(*schema.New());
  return 0;
}
