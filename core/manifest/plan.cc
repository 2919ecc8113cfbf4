#include "core/manifest/plan.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "core/manifest/plan_builder.h"
#include "core/manifest/plugin_dirs.h"
#include "core/manifest/yaml_reader.h"

namespace garner {
namespace {

PlanResult Unreadable(const std::string& path, const std::string& why) {
  PlanResult result;
  result.mistakes.push_back({path, 0, 0, "", why});
  return result;
}

Result<std::string> ReadManifestFile(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return Status(StatusKind::kConfig, "a folder; a manifest, a YAML file, is wanted");
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) return Status(StatusKind::kConfig, std::string("cannot be read: ") + std::strerror(errno));
  // One byte more than the limit is enough to see that it is passed.
  std::string yaml(kMaxYamlBytes + 1, '\0');
  file.read(yaml.data(), static_cast<std::streamsize>(yaml.size()));
  if (file.bad()) return Status(StatusKind::kConfig, std::string("cannot be read: ") + std::strerror(errno));
  yaml.resize(static_cast<size_t>(file.gcount()));
  return yaml;
}

}  // namespace

std::vector<std::string> PluginSearch::Folders(const std::vector<std::string>& between) const {
  std::vector<std::string> folders = first;
  folders.insert(folders.end(), between.begin(), between.end());
  folders.insert(folders.end(), last.begin(), last.end());
  return folders;
}

LoadedJob LoadJob(const std::string& path, const PluginSearch& search, const Overrides& overrides) {
  const Result<std::string> yaml = ReadManifestFile(path);
  LoadedJob job;
  const std::vector<std::string> named = yaml.ok() ? PluginDirsOf(*yaml, path, ProcessEnvironment()) : std::vector<std::string>();
  job.catalog = std::make_unique<PluginCatalog>(search.Folders(named));
  job.planned = yaml.ok() ? ParsePlan(*yaml, path, *job.catalog, overrides) : Unreadable(path, yaml.status().message());
  return job;
}

Result<std::vector<std::string>> ManifestPluginDirs(const std::string& path) {
  const Result<std::string> yaml = ReadManifestFile(path);
  if (!yaml.ok()) return yaml.status();
  return PluginDirsOf(*yaml, path, ProcessEnvironment());
}

PlanResult LoadPlan(const std::string& path, const PluginCatalog& catalog, const Overrides& overrides) {
  const Result<std::string> yaml = ReadManifestFile(path);
  return yaml.ok() ? ParsePlan(*yaml, path, catalog, overrides) : Unreadable(path, yaml.status().message());
}

PlanResult ParsePlan(std::string_view yaml, const std::string& path, const PluginCatalog& catalog, const Overrides& overrides) {
  const PluginLookup plugins{catalog.plugins(), catalog.refused(), catalog.folders()};
  return BuildPlan(yaml, path, plugins, ProcessEnvironment(), overrides);
}

}  // namespace garner
