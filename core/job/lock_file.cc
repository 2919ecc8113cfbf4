#include "core/job/lock_file.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <system_error>

#include "core/job/stage_files.h"
#include "garner/build_tag.h"
#include "garner/hash.h"
#include "garner/output_file.h"
#include "garner/utf8.h"

namespace garner {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr int kFormat = 1;
constexpr uintmax_t kMaxLockBytes = 16 << 20;

// --- making ---------------------------------------------------------------------------------------------

// The one place that knows which stages a plan has, and what their roles are called.
std::vector<std::pair<std::string, const StagePlan*>> StagesOf(const JobPlan& plan) {
  std::vector<std::pair<std::string, const StagePlan*>> stages = {{"source", &plan.source}};
  for (const StagePlan& stage : plan.unpackers) stages.emplace_back("unpacker", &stage);
  for (const StagePlan& stage : plan.decoders) stages.emplace_back("decoder", &stage);
  for (const StagePlan& stage : plan.transforms) stages.emplace_back("transform", &stage);
  for (const StagePlan& stage : plan.sinks) stages.emplace_back("sink", &stage);
  return stages;
}

Status AddHash(const std::string& name, const std::string& path, FileHashes& hashes) {
  if (!IsValidUtf8(name))
    return Status(StatusKind::kUnsupported, path + ": its name is not UTF-8, which a lock cannot hold; rename it");
  const Result<std::string> bytes = ReadStageFile(path);
  if (!bytes.ok()) return bytes.status();
  hashes[name] = Sha256Hex(*bytes);
  return OkStatus();
}

Status AddPlugin(const PluginFile& plugin, Lock& lock) {
  const auto [at, added] = lock.plugins.try_emplace(plugin.manifest.name());
  if (!added) return OkStatus();
  at->second.version = plugin.manifest.version();
  const Result<std::string> sha256 = PluginSha256(plugin);
  if (!sha256.ok()) return sha256.status();
  at->second.sha256 = *sha256;
  const Result<std::vector<StageFile>> data = DataFiles(plugin);
  if (!data.ok()) return data.status();
  for (const StageFile& file : *data)
    if (Status status = AddHash(file.name, file.path, at->second.data); !status.ok()) return status;
  return OkStatus();
}

// What moves with the manifest's folder keeps its name.
std::string NameOf(const StageFile& file, const std::string& manifest_dir) {
  const fs::path given(file.name);
  if (given.is_relative()) return given.lexically_normal().string();
  const fs::path inside = given.lexically_normal().lexically_relative(fs::path(manifest_dir).lexically_normal());
  const bool below = !inside.empty() && *inside.begin() != "..";
  return below ? inside.string() : given.lexically_normal().string();
}

// --- as JSON --------------------------------------------------------------------------------------------

Json ToJson(const Lock& lock) {
  Json json = {{"format", kFormat},
               {"garner", lock.garner},
               {"stages", Json::array()},
               {"plugins", Json::object()},
               {"files", Json::object()}};
  for (const LockedStage& stage : lock.stages)
    json["stages"].push_back({{"stage", stage.label}, {"role", stage.role}, {"plugin", stage.plugin}});
  for (const auto& [name, plugin] : lock.plugins) {
    json["plugins"][name] = {{"version", plugin.version}, {"sha256", plugin.sha256}};
    if (!plugin.data.empty()) json["plugins"][name]["data"] = Json(plugin.data);
  }
  for (const auto& [name, sha256] : lock.files) json["files"][name] = sha256;
  return json;
}

Status Damaged(const std::string& what) {
  return Status(StatusKind::kInvalidInput, "is no lock that can be read: " + what + "; `garner lock` writes it anew");
}

// Takes texts and maps out of JSON; the first thing that is wrong is kept.
class JsonReader {
 public:
  const Json& Member(const Json& object, const char* key) {
    static const Json kNothing;
    if (object.is_object() && object.contains(key)) return object[key];
    Fail(fmt::format("'{}' is missing", key));
    return kNothing;
  }
  std::string Text(const Json& object, const char* key) {
    const Json& value = Member(object, key);
    if (value.is_string()) return value.get<std::string>();
    Fail(fmt::format("'{}' is no text", key));
    return {};
  }
  FileHashes Hashes(const Json& object) {
    FileHashes hashes;
    if (!object.is_object()) Fail("a map of files is none");
    for (const auto& [name, value] : object.items()) {
      if (!value.is_string()) Fail("the hash of a file is no text");
      hashes[name] = value.is_string() ? value.get<std::string>() : std::string();
    }
    return hashes;
  }
  void Fail(std::string what) {
    if (status_.ok()) status_ = Damaged(what);
  }
  const Status& status() const { return status_; }

 private:
  Status status_;
};

LockedPlugin PluginOf(const Json& json, JsonReader& read) {
  LockedPlugin plugin;
  plugin.version = read.Text(json, "version");
  plugin.sha256 = read.Text(json, "sha256");
  if (json.is_object() && json.contains("data")) plugin.data = read.Hashes(json["data"]);
  return plugin;
}

std::vector<LockedStage> StagesIn(const Json& list, JsonReader& read) {
  std::vector<LockedStage> stages;
  std::set<std::string> labels;
  if (!list.is_array()) read.Fail("'stages' is no list");
  for (const Json& stage : list) {
    stages.push_back({read.Text(stage, "stage"), read.Text(stage, "role"), read.Text(stage, "plugin")});
    if (!labels.insert(stages.back().label).second) read.Fail(fmt::format("two stages are called '{}'", stages.back().label));
  }
  return stages;
}

// --- comparing ------------------------------------------------------------------------------------------

// For people: enough of a hash to see that two differ. Whole where it is no hash.
std::string Short(const std::string& sha256) { return sha256.size() == 64 ? sha256.substr(0, 16) : sha256; }

class Comparison {
 public:
  std::vector<std::string> Run(const Lock& wanted, const Lock& found) {
    if (wanted.garner != found.garner) Differs("garner", wanted.garner, found.garner, "use that version");
    CompareStages(wanted.stages, found.stages);
    for (const auto& [name, plugin] : wanted.plugins)
      if (const auto other = found.plugins.find(name); other != found.plugins.end()) ComparePlugins(name, plugin, other->second);
    CompareFiles("the file ", wanted.files, found.files);
    return std::move(differences_);
  }

 private:
  void Differs(const std::string& what, const std::string& wanted, const std::string& found, const std::string& remedy) {
    differences_.push_back(fmt::format("{}: {} is locked, found {}; {}", what, wanted, found, remedy));
  }
  void Add(std::string words) { differences_.push_back(std::move(words)); }

  static std::string Words(const LockedStage& stage) { return fmt::format("the {} {}", stage.role, stage.label); }

  using StagesByLabel = std::map<std::string, const LockedStage*>;
  static StagesByLabel ByLabel(const std::vector<LockedStage>& stages) {
    StagesByLabel by_label;
    for (const LockedStage& stage : stages) by_label.emplace(stage.label, &stage);
    return by_label;
  }
  static const LockedStage* Find(const std::string& label, const StagesByLabel& stages) {
    const auto at = stages.find(label);
    return at == stages.end() ? nullptr : at->second;
  }

  void CompareStages(const std::vector<LockedStage>& wanted, const std::vector<LockedStage>& found) {
    const StagesByLabel locked = ByLabel(wanted);
    const StagesByLabel present = ByLabel(found);
    for (const LockedStage& stage : wanted) {
      const LockedStage* now = Find(stage.label, present);
      if (now == nullptr) {
        Add(fmt::format("{}: the plugin {} is locked, found none; put the stage or its plugin back", Words(stage), stage.plugin));
      } else if (now->plugin != stage.plugin || now->role != stage.role) {
        Differs("the stage " + stage.label, fmt::format("the {} {}", stage.role, stage.plugin),
                fmt::format("the {} {}", now->role, now->plugin), "put the manifest back");
      }
    }
    for (const LockedStage& stage : found)
      if (Find(stage.label, locked) == nullptr)
        Add(fmt::format("{}: none is locked, found the plugin {}; take the stage or its plugin away", Words(stage),
                        stage.plugin));
  }

  void ComparePlugins(const std::string& name, const LockedPlugin& wanted, const LockedPlugin& found) {
    if (wanted.version != found.version) {
      Differs("the plugin " + name, "version " + wanted.version, "version " + found.version, "install that version");
    } else if (wanted.sha256 != found.sha256) {
      Differs("the plugin " + name, "SHA-256 " + Short(wanted.sha256), Short(found.sha256),
              "install that build of " + wanted.version);
    }
    CompareFiles(fmt::format("the plugin {}'s file ", name), wanted.data, found.data);
  }

  void CompareFiles(const std::string& what, const FileHashes& wanted, const FileHashes& found) {
    for (const auto& [name, sha256] : wanted) {
      const auto now = found.find(name);
      if (now == found.end()) {
        Add(fmt::format("{}{}: SHA-256 {} is locked, found none; put it back", what, name, Short(sha256)));
      } else if (now->second != sha256) {
        Differs(what + name, "SHA-256 " + Short(sha256), Short(now->second), "put that one back");
      }
    }
    for (const auto& [name, sha256] : found)
      if (wanted.find(name) == wanted.end())
        Add(fmt::format("{}{}: none is locked, found SHA-256 {}; take it away", what, name, Short(sha256)));
  }

  std::vector<std::string> differences_;
};

Status Named(const std::string& path, const Status& status) { return Status(status.kind(), path + ": " + status.message()); }

}  // namespace

Result<Lock> MakeLock(const JobPlan& plan) {
  Lock lock;
  lock.garner = GARNER_SDK_VERSION;
  for (const auto& [role, stage] : StagesOf(plan)) {
    lock.stages.push_back({stage->label, role, stage->plugin->manifest.name()});
    if (Status status = AddPlugin(*stage->plugin, lock); !status.ok()) return status;
    for (const StageFile& file : NamedFiles(*stage, plan.manifest_dir))
      if (Status status = AddHash(NameOf(file, plan.manifest_dir), file.path, lock.files); !status.ok()) return status;
  }
  return lock;
}

std::string LockPath(const std::string& manifest_path) { return manifest_path + ".lock"; }

std::string LockText(const Lock& lock) { return ToJson(lock).dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

Result<Lock> ParseLock(const std::string& text) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) return Damaged("it is no JSON object");
  JsonReader read;
  const Json& format = read.Member(json, "format");
  if (format.is_number_integer() && format > kFormat)
    return Status(StatusKind::kUnsupported,
                  fmt::format("has format {}, written by a later garner; this one reads {}", format.get<int64_t>(), kFormat));
  if (!format.is_number_integer() || format != kFormat) return Damaged("'format' is not 1");
  Lock lock;
  lock.garner = read.Text(json, "garner");
  lock.stages = StagesIn(read.Member(json, "stages"), read);
  if (const Json& plugins = read.Member(json, "plugins"); plugins.is_object()) {
    for (const auto& [name, plugin] : plugins.items()) lock.plugins[name] = PluginOf(plugin, read);
  } else {
    read.Fail("'plugins' is no map");
  }
  lock.files = read.Hashes(read.Member(json, "files"));
  if (!read.status().ok()) return read.status();
  return lock;
}

Status WriteLock(const Lock& lock, const std::string& path) {
  const fs::path absolute = fs::absolute(path);
  Result<std::unique_ptr<OutputFile>> file = OutputFile::Create(absolute.parent_path().string(), absolute.filename().string());
  if (!file.ok()) return file.status();
  Status status = (*file)->Write(LockText(lock));
  return status.ok() ? (*file)->Finish() : status;
}

Result<Lock> ReadLock(const std::string& path) {
  std::error_code error;
  if (!fs::exists(path, error)) return Status(StatusKind::kNotFound, path + ": is not there; `garner lock` writes it");
  if (fs::is_regular_file(path, error) && fs::file_size(path, error) > kMaxLockBytes)
    return Status(StatusKind::kLimit, fmt::format("{}: has more than {} bytes, the limit", path, kMaxLockBytes));
  const Result<std::string> text = ReadStageFile(path);
  if (!text.ok()) return text.status();
  const Result<Lock> lock = ParseLock(*text);
  return lock.ok() ? lock : Named(path, lock.status());
}

std::vector<std::string> CompareLocks(const Lock& wanted, const Lock& found) { return Comparison().Run(wanted, found); }

}  // namespace garner
