// What a manifest says about isolation: `isolation`, `default_isolation`, `sandbox`.
#pragma once

#include <string>
#include <vector>

#include "core/isolation/limits.h"
#include "core/manifest/mistakes.h"
#include "core/manifest/yaml_tree.h"

namespace garner {

// Of a stage, or the job's default. `otherwise` where the value is no such word: that mistake is told.
bool ReadIsolation(const YamlNode::Entry& entry, const std::string& path, bool otherwise, Mistakes& mistakes);

// A key of the manifest that is for isolated stages only.
struct IsolationKey {
  std::string name;
  std::string path;  // of the map that it stands in
  Place place;
};

// Notes each of the keys where nothing is isolated: a deadline that holds for nobody must not look like one.
void NoteUselessKeys(const std::vector<IsolationKey>& keys, Mistakes& notes);

SandboxRules ReadSandbox(const YamlNode& node, Mistakes& mistakes);

}  // namespace garner
