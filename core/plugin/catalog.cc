#include "core/plugin/catalog.h"

#include <algorithm>
#include <exception>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

#include "core/plugin/load_library.h"
#include "garner/plugin.h"

namespace garner {
namespace {

namespace fs = std::filesystem;

Status Refuse(std::string words) { return Status(StatusKind::kConfig, std::move(words)); }

std::string FileName(const PluginFile& file) { return fs::path(file.path).filename().string(); }

// The *.so of a folder, sorted by name. A folder that does not exist has none.
std::vector<fs::path> Libraries(const fs::path& folder, std::error_code& error) {
  std::vector<fs::path> found;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
    if (entry->path().extension() == ".so") found.push_back(entry->path());
  if (error == std::errc::no_such_file_or_directory) error.clear();
  std::sort(found.begin(), found.end());
  return found;
}

std::string Join(const std::vector<std::string>& words) {
  std::string joined;
  for (const std::string& word : words) joined += (joined.empty() ? "" : ", ") + word;
  return joined;
}

Result<std::unique_ptr<Stage>> MakeStage(const PluginDescriptor& descriptor, const std::string& file_name) {
  try {
    std::unique_ptr<Stage> stage(descriptor.make());
    if (stage == nullptr) return Refuse(file_name + ": made no stage");
    return stage;
  } catch (const std::exception& error) {
    return Refuse(file_name + ": the stage's constructor failed: " + error.what());
  } catch (...) {
    return Refuse(file_name + ": the stage's constructor failed with an exception of unknown type");
  }
}

}  // namespace

PluginCatalog::PluginCatalog(const std::vector<std::string>& folders) {
  std::set<fs::path> seen;
  for (const std::string& folder : folders) {
    if (folder.empty()) continue;  // an empty path would mean the current directory
    folders_.push_back(folder);
    std::error_code error;
    if (const fs::path canonical = fs::canonical(folder, error); !error && !seen.insert(canonical).second) continue;
    error.clear();
    const std::vector<fs::path> libraries = Libraries(folder, error);
    if (error) refused_.push_back({folder, folder + ": the plugin folder cannot be read: " + error.message()});
    for (const fs::path& path : libraries) Add(path.string());
  }
}

void PluginCatalog::Add(const std::string& path) {
  const std::string name = fs::path(path).stem().string();
  if (const PluginFile* earlier = Find(name); earlier != nullptr) return shadowed_.push_back({path, earlier->path});
  if (const Refused* earlier = FindRefused(name); earlier != nullptr) return shadowed_.push_back({path, earlier->path});
  Result<PluginFile> file = ReadPluginFile(path);
  if (file.ok()) {
    files_.emplace(name, *std::move(file));
  } else {
    refused_.push_back({path, file.status().message()});
  }
}

const PluginFile* PluginCatalog::Find(std::string_view name) const {
  const auto at = files_.find(name);
  return at == files_.end() ? nullptr : &at->second;
}

const PluginCatalog::Refused* PluginCatalog::FindRefused(std::string_view name) const {
  const auto found = std::find_if(refused_.begin(), refused_.end(), [&](const Refused& refused) {
    const fs::path path(refused.path);
    return path.extension() == ".so" && path.stem() == name;
  });
  return found == refused_.end() ? nullptr : &*found;
}

std::vector<const PluginFile*> PluginCatalog::plugins() const {
  std::vector<const PluginFile*> all;
  for (const auto& [name, file] : files_) all.push_back(&file);
  return all;
}

Result<std::unique_ptr<Stage>> PluginCatalog::Make(std::string_view name) {
  const PluginFile* file = Find(name);
  if (file == nullptr) {
    if (const Refused* refused = FindRefused(name); refused != nullptr) return Refuse(refused->reason);
    return Refuse("no plugin '" + std::string(name) + "' in " + (folders_.empty() ? "an empty list of folders" : Join(folders_)));
  }
  const Result<const PluginDescriptor*> descriptor = Load(*file);
  if (!descriptor.ok()) return descriptor.status();
  return MakeStage(**descriptor, FileName(*file));
}

Result<const PluginDescriptor*> PluginCatalog::Load(const PluginFile& file) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (const auto at = loaded_.find(file.manifest.name()); at != loaded_.end()) return at->second;
  if (Status status = AskGate(file); !status.ok()) return status;
  // A rebuild may have replaced the file since it was examined; what has not been examined is not run.
  if (Status status = CheckUnchanged(file); !status.ok()) return status;
  const Result<const PluginDescriptor*> descriptor = LoadPluginLibrary(file.path);
  if (!descriptor.ok()) return descriptor;
  if ((*descriptor)->kind != file.manifest.kind())
    return Refuse(FileName(file) + ": its manifest says " + v1::PluginManifest::Kind_Name(file.manifest.kind()) + ", its code is a " +
                  v1::PluginManifest::Kind_Name((*descriptor)->kind));
  if ((*descriptor)->decides != file.manifest.decides())
    return Refuse(FileName(file) + ": its manifest says 'decides: " + (file.manifest.decides() ? "true" : "false") + "', its code does " +
                  ((*descriptor)->decides ? "decide" : "not"));
  loaded_.emplace(file.manifest.name(), *descriptor);
  return *descriptor;
}

Status PluginCatalog::Admit(std::string_view name) {
  const PluginFile* file = Find(name);
  const std::lock_guard<std::mutex> lock(mutex_);
  return file == nullptr ? OkStatus() : AskGate(*file);
}

Status PluginCatalog::AskGate(const PluginFile& file) {
  if (gate_ == nullptr || admitted_.count(file.manifest.name()) > 0) return OkStatus();
  if (Status status = gate_(file); !status.ok()) return status;
  admitted_.insert(file.manifest.name());
  return OkStatus();
}

std::string BundledPluginFolder() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (error) return {};
  return (program.parent_path().parent_path() / "lib" / "garner" / "plugins").string();
}

}  // namespace garner
