// What a manifest says under `plugin_dirs`: more folders to look for plugins in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/manifest/environment.h"
#include "core/manifest/mistakes.h"
#include "core/manifest/yaml_tree.h"

namespace garner {

struct PluginDir {
  std::string path;  // as it is written
  Place place;
};

// What is no folder's name is a mistake, and left out.
std::vector<PluginDir> ReadPluginDirs(const YamlNode& root, Mistakes& mistakes);

// The same with absolute paths, and folders that do not exist as mistakes. `folder` is where relative ones start.
std::vector<std::string> CheckPluginDirs(const std::vector<PluginDir>& dirs, const std::string& folder, Mistakes& mistakes);

// The folders that a manifest names, absolute, before anything else of it is read: the plugins that the rest is checked against may stand
// there. Mistakes are told by BuildPlan, when all of it is read.
std::vector<std::string> PluginDirsOf(std::string_view yaml, const std::string& path, const Environment& environment);

}  // namespace garner
