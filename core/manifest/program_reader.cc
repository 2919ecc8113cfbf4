#include "core/manifest/program_reader.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string_view>

#include "core/manifest/manifest_reader.h"
#include "core/manifest/nearest.h"
#include "core/manifest/quote.h"
#include "garner/hash.h"

namespace garner {
namespace {

namespace fs = std::filesystem;

// Enough to tell two files apart.
constexpr size_t kHashDigits = 12;

// All characters of a word that is not empty.
bool IsMadeOf(std::string_view text, std::string_view signs) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [signs](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || signs.find(c) != std::string_view::npos;
  });
}

// RFC 6838, in small letters.
bool IsMediaType(const std::string& text) {
  constexpr std::string_view kSigns = "!#$&^_.+-";
  const size_t slash = text.find('/');
  return slash != std::string::npos && IsMadeOf(std::string_view(text).substr(0, slash), kSigns) && IsMadeOf(std::string_view(text).substr(slash + 1), kSigns);
}

bool IsExtension(const std::string& text) { return IsMadeOf(text, "_+-"); }

bool IsVersion(const std::string& text) {
  return !text.empty() && text.size() <= kMaxProgramVersion && std::all_of(text.begin(), text.end(), [](unsigned char c) { return c > ' ' && c < 0x7f; });
}

class ProgramReader {
 public:
  ProgramReader(PluginKind kind, const std::string& path, Mistakes& mistakes) : kind_(kind), path_(path), mistakes_(mistakes) {}

  std::shared_ptr<StageProgram> Read(const YamlNode& node) {
    if (kind_ != v1::PluginManifest::DECODER && kind_ != v1::PluginManifest::TRANSFORM) {
      Add(node.place, "the name of " + AKindWord(kind_) + " is wanted, found a map; programs ('exec') can be decoders and transforms only");
      return nullptr;
    }
    auto program = std::make_shared<StageProgram>();
    program->file.manifest.set_kind(kind_);
    for (const YamlNode::Entry& entry : node.entries) ReadKey(entry, *program);
    if (node.Find("exec") == nullptr && !node.incomplete)
      Add(node.place, "'exec' is missing; the name of " + AKindWord(kind_) + ", or a map with a command: {exec: [python3, my_stage.py]} is wanted");
    if (kind_ == v1::PluginManifest::DECODER && node.Find("media_types") == nullptr && !node.incomplete)
      Add(node.place, "'media_types' is missing: a decoder would never be given a payload; a list of what it takes is wanted");
    if (program->words.empty()) return nullptr;
    AddExtensions(node, *program);
    return program;
  }

 private:
  void Add(const Place& place, std::string message) { mistakes_.Add(place, path_, std::move(message)); }

  void ReadKey(const YamlNode::Entry& entry, StageProgram& program) {
    const bool of_decoders = entry.key == "media_types" || entry.key == "extensions";
    if (of_decoders && kind_ != v1::PluginManifest::DECODER) {
      Add(entry.place, Quote(entry.key) + " is for decoders only; this is " + AKindWord(kind_));
    } else if (entry.key == "exec") {
      ReadCommand(entry, program);
    } else if (entry.key == "version") {
      ReadVersion(entry, program);
    } else if (entry.key == "media_types") {
      for (const std::string& type : ReadWords(entry, &IsMediaType, "a media type in small letters: text/x-minutes")) program.file.manifest.add_media_types(type);
    } else if (entry.key != "extensions") {
      Add(entry.place, "unknown key " + Quote(entry.key) + Hint(entry.key));
    }
  }

  std::string Hint(const std::string& key) const {
    if (key == "name" || key == "options" || key == "when") return "; it stands beside 'plugin', not in it";
    std::vector<std::string> keys = {"exec", "version"};
    if (kind_ == v1::PluginManifest::DECODER) keys.insert(keys.end(), {"media_types", "extensions"});
    return SuggestNames(key, keys);
  }

  void ReadCommand(const YamlNode::Entry& entry, StageProgram& program) {
    const YamlNode& node = *entry.value;
    if (node.broken) return;
    if (node.kind != YamlNode::Kind::kList || node.items.empty() || node.items.size() > kMaxProgramWords)
      return Add(node.place, fmt::format("'exec': a list of 1 to {} words is wanted, as [python3, my_stage.py], found {}", kMaxProgramWords,
                                         node.kind == YamlNode::Kind::kList ? fmt::format("{} of them", node.items.size()) : Describe(node)));
    for (const YamlNode* item : node.items) {
      if (item->broken) return program.words.clear();
      const bool first = program.words.empty();
      if (item->kind == YamlNode::Kind::kScalar && item->text.find('\0') == std::string::npos && !(first && item->text.empty())) {
        program.words.push_back(item->text);
        continue;
      }
      Add(item->place, std::string("'exec': ") + (first ? "the name or path of a program" : "a word") + " is wanted, found " + Describe(*item));
      return program.words.clear();
    }
  }

  void ReadVersion(const YamlNode::Entry& entry, StageProgram& program) {
    const YamlNode& node = *entry.value;
    if (node.broken) return;
    if (node.kind == YamlNode::Kind::kScalar && IsVersion(node.text)) {
      program.version = node.text;
    } else {
      Add(node.place, fmt::format("'version': 1 to {} characters without spaces are wanted, found {}", kMaxProgramVersion, Describe(node)));
    }
  }

  // One word or a list of them.
  std::vector<std::string> ReadWords(const YamlNode::Entry& entry, bool (*is_sound)(const std::string&), const std::string& wanted) {
    std::vector<std::string> words;
    const YamlNode& node = *entry.value;
    if (node.broken) return words;
    const std::vector<const YamlNode*> alone = {&node};
    const std::vector<const YamlNode*>& items = node.kind == YamlNode::Kind::kList ? node.items : alone;
    if (items.empty()) Add(node.place, Quote(entry.key) + ": " + wanted + " is wanted, found an empty list");
    for (const YamlNode* item : items) {
      if (item->broken) continue;
      if (item->kind == YamlNode::Kind::kScalar && is_sound(item->text)) {
        words.push_back(item->text);
      } else {
        Add(item->place, Quote(entry.key) + ": " + wanted + " is wanted, found " + Describe(*item));
      }
    }
    return words;
  }

  // They stand for the first media type, wherever the two keys stand.
  void AddExtensions(const YamlNode& node, StageProgram& program) {
    const YamlNode::Entry* entry = node.Find("extensions");
    if (entry == nullptr || kind_ != v1::PluginManifest::DECODER) return;
    v1::PluginManifest& manifest = program.file.manifest;
    for (const std::string& word : ReadWords(*entry, &IsExtension, "an ending in small letters, without the dot: minutes")) {
      v1::Extension& extension = *manifest.add_extensions();
      extension.set_extension(word);
      if (manifest.media_types_size() > 0) extension.set_media_type(manifest.media_types(0));
    }
  }

  const PluginKind kind_;
  const std::string& path_;
  Mistakes& mistakes_;
};

bool IsProgram(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error) && access(path.c_str(), X_OK) == 0;
}

// "" where there is none.
std::string LookFor(const std::string& name, const std::string& folders) {
  for (size_t begin = 0; begin <= folders.size();) {
    const size_t end = std::min(folders.find(':', begin), folders.size());
    const fs::path folder = folders.substr(begin, end - begin);
    // An empty or relative folder would depend on where garner was started.
    if (folder.is_absolute() && IsProgram(folder / name)) return (folder / name).string();
    begin = end + 1;
  }
  return {};
}

std::optional<std::string> ReadWhole(const fs::path& path) {
  std::error_code error;
  const uintmax_t size = fs::file_size(path, error);
  if (error || size > kMaxPluginFileBytes) return std::nullopt;
  std::string bytes(size, '\0');
  std::ifstream file(path, std::ios::binary);
  if (!file.read(bytes.data(), static_cast<std::streamsize>(size))) return std::nullopt;
  return bytes;
}

// Over what the words name: files of the job, not the interpreter of this machine.
std::string HashOfFiles(const ProgramPlaces& places, const StageProgram& program) {
  std::vector<fs::path> files;
  const std::string& name = program.words[0];
  if (name.find('/') != std::string::npos && fs::path(name).is_relative()) files.push_back(program.file.path);
  for (const std::string& file : program.files) files.push_back(fs::path(places.folder) / file);
  std::string hashes;
  for (const fs::path& file : files) hashes += Sha256Hex(ReadWhole(file).value_or(""));
  return hashes.empty() ? "0" : "sha256:" + Sha256Hex(hashes).substr(0, kHashDigits);
}

}  // namespace

std::shared_ptr<StageProgram> ReadProgram(const YamlNode& node, PluginKind kind, const std::string& path, Mistakes& mistakes) {
  return ProgramReader(kind, path, mistakes).Read(node);
}

std::string ProgramLabel(const StageProgram& program) {
  for (auto word = program.words.rbegin(); word != program.words.rend(); ++word) {
    if (word->empty() || word->front() == '-') continue;
    const std::string stem = fs::path(*word).stem().string();
    return IsLabel(stem) ? stem : "";
  }
  return {};
}

void FindProgram(const ProgramPlaces& places, const std::string& label, const Place& place, const std::string& path, StageProgram& program, Mistakes& mistakes) {
  const std::string& name = program.words[0];
  const bool is_path = name.find('/') != std::string::npos;
  program.file.path = is_path ? (fs::path(places.folder) / name).lexically_normal().string() : LookFor(name, places.path);
  std::error_code error;
  if (is_path && !fs::exists(program.file.path, error))
    return mistakes.Add(place, path, "'exec': there is no program " + Quote(name) + "; relative paths start at the manifest's folder");
  if (is_path && !IsProgram(program.file.path))
    return mistakes.Add(place, path, "'exec': " + Quote(name) + " cannot be executed; chmod +x, or name its interpreter first: [python3, " + EscapeControls(name) + "]");
  if (program.file.path.empty()) {
    const bool beside = fs::exists(fs::path(places.folder) / name, error);
    return mistakes.Add(place, path, "'exec': there is no program " + Quote(name) + " in the folders of PATH" +
                                         (beside ? "; for the file beside the manifest write './" + EscapeControls(name) + "'" : ""));
  }
  const std::optional<std::string> bytes = ReadWhole(program.file.path);
  if (!bytes) return mistakes.Add(place, path, "'exec': " + Quote(program.file.path) + " cannot be read");
  program.file.content->Is(Hash64(*bytes));
  program.files.clear();
  for (size_t i = 1; i < program.words.size(); ++i)
    if (!program.words[i].empty() && fs::is_regular_file(fs::path(places.folder) / program.words[i], error)) program.files.push_back(program.words[i]);
  program.file.manifest.set_name("exec:" + label);
  program.file.manifest.set_version(program.version.empty() ? HashOfFiles(places, program) : program.version);
}

}  // namespace garner
