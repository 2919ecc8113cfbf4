// A key of the manifest that takes true or false.
#pragma once

#include <string>

#include "core/manifest/mistakes.h"
#include "core/manifest/yaml_tree.h"

namespace garner {

// `path` names the map that the key stands in. `value` stays as it is where the entry is no such word: that mistake is told.
void ReadSwitch(const YamlNode::Entry& entry, const std::string& path, bool& value, Mistakes& mistakes);

}  // namespace garner
