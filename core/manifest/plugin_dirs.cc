#include "core/manifest/plugin_dirs.h"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>

#include "core/manifest/apply_overrides.h"
#include "core/manifest/quote.h"
#include "core/manifest/yaml_reader.h"

namespace garner {
namespace {

namespace fs = std::filesystem;

constexpr char kKey[] = "plugin_dirs";

std::string Absolute(const PluginDir& dir, const std::string& folder) {
  return AbsolutePath((fs::path(folder) / dir.path).string());
}

}  // namespace

std::vector<PluginDir> ReadPluginDirs(const YamlNode& root, Mistakes& mistakes) {
  std::vector<PluginDir> dirs;
  const YamlNode::Entry* entry = root.Find(kKey);
  if (entry == nullptr || entry->value->broken) return dirs;
  const YamlNode& list = *entry->value;
  if (list.kind != YamlNode::Kind::kList) {
    const std::string hint = list.kind == YamlNode::Kind::kScalar ? "; begin each folder with '- '" : "";
    mistakes.Add(list.place, kKey, "a list of folders is wanted, found " + Describe(list) + hint);
    return dirs;
  }
  for (size_t i = 0; i < list.items.size(); ++i) {
    const YamlNode& item = *list.items[i];
    if (item.broken) continue;
    if (item.kind == YamlNode::Kind::kScalar && !item.text.empty()) {
      dirs.push_back({item.text, item.place});
    } else {
      mistakes.Add(item.place, fmt::format("{}[{}]", kKey, i), "the name of a folder is wanted, found " + Describe(item));
    }
  }
  return dirs;
}

std::vector<std::string> CheckPluginDirs(const std::vector<PluginDir>& dirs, const std::string& folder, Mistakes& mistakes) {
  std::vector<std::string> paths;
  for (const PluginDir& dir : dirs) {
    paths.push_back(Absolute(dir, folder));
    std::error_code error;
    const fs::file_status status = fs::status(paths.back(), error);
    const bool relative = fs::path(dir.path).is_relative();
    if (!fs::exists(status)) {
      mistakes.Add(dir.place, kKey,
                   "there is no folder " + Quote(dir.path) + (relative ? "; relative ones start at the manifest's folder" : ""));
    } else if (!fs::is_directory(status)) {
      mistakes.Add(dir.place, kKey, Quote(dir.path) + " is no folder; a folder with plugins is wanted");
    }
  }
  return paths;
}

std::vector<std::string> PluginDirsOf(std::string_view yaml, const std::string& path, const Environment& environment) {
  const Overrides none;
  Mistakes untold(path, none);
  YamlArena arena;
  const YamlNode* root = ReadYaml(yaml, {}, environment, arena, untold);
  std::vector<std::string> dirs;
  if (root == nullptr) return dirs;
  const std::string folder = fs::path(AbsolutePath(path)).parent_path().string();
  for (const PluginDir& dir : ReadPluginDirs(*root, untold)) dirs.push_back(Absolute(dir, folder));
  return dirs;
}

}  // namespace garner
