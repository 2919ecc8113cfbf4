#include "core/manifest/plan.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "core/manifest/plan_builder.h"
#include "core/manifest/yaml_reader.h"

namespace garner {
namespace {

PlanResult Unreadable(const std::string& path, const std::string& why) {
  PlanResult result;
  result.mistakes.push_back({path, 0, 0, "", why});
  return result;
}

}  // namespace

PlanResult LoadPlan(const std::string& path, const PluginCatalog& catalog, const Overrides& overrides) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return Unreadable(path, "a folder; a manifest, a YAML file, is wanted");
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) return Unreadable(path, std::string("cannot be read: ") + std::strerror(errno));
  // One byte more than the limit is enough to see that it is passed.
  std::string yaml(kMaxYamlBytes + 1, '\0');
  file.read(yaml.data(), static_cast<std::streamsize>(yaml.size()));
  if (file.bad()) return Unreadable(path, std::string("cannot be read: ") + std::strerror(errno));
  yaml.resize(static_cast<size_t>(file.gcount()));
  return ParsePlan(yaml, path, catalog, overrides);
}

PlanResult ParsePlan(std::string_view yaml, const std::string& path, const PluginCatalog& catalog, const Overrides& overrides) {
  const PluginLookup plugins{catalog.plugins(), catalog.refused(), catalog.folders()};
  return BuildPlan(yaml, path, plugins, ProcessEnvironment(), overrides);
}

}  // namespace garner
