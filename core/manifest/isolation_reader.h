// What a manifest says about isolation: `isolation`, `default_isolation`, `sandbox`.
#pragma once

#include <string>

#include "core/isolation/limits.h"
#include "core/manifest/mistakes.h"
#include "core/manifest/yaml_tree.h"

namespace garner {

// Of a stage, or the job's default. `otherwise` where the value is no such word: that mistake is told.
bool ReadIsolation(const YamlNode::Entry& entry, const std::string& path, bool otherwise, Mistakes& mistakes);

SandboxRules ReadSandbox(const YamlNode& node, Mistakes& mistakes);

}  // namespace garner
