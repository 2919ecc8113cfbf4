// The manifest as it is written: which stages in which order, every key known, every plugin found. Options are still YAML.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/manifest/isolation_reader.h"
#include "core/manifest/mistakes.h"
#include "core/manifest/plan.h"
#include "core/manifest/plugin_dirs.h"
#include "core/manifest/plugin_lookup.h"
#include "core/manifest/yaml_tree.h"

namespace garner {

struct StageSpec {
  std::string role;  // "source", "transforms[1]"; "decoders" or "unpackers" for a stage that the manifest does not mention
  Place place;
  std::string label;
  bool sound_label = true;  // false: a mistake about it is told
  bool mentioned = true;    // in the manifest
  // nullptr where the plugin is unknown or of the wrong kind: that mistake is told, and the options cannot be checked.
  const PluginFile* plugin = nullptr;
  std::shared_ptr<StageProgram> program;  // in the place of a plugin; owns what `plugin` points to
  Place program_place;                    // of its command
  const YamlNode* options = nullptr;  // nullptr: none given
  std::optional<Condition> when;
  bool isolated = false;

  // "transforms[1] deduplicator"
  std::string Path() const { return label.empty() ? role : role + " " + label; }
};

struct ManifestSpec {
  std::string name;
  std::vector<PluginDir> plugin_dirs;
  std::optional<StageSpec> source;
  std::vector<StageSpec> unpackers;  // all of the catalog, in order of name
  std::vector<StageSpec> decoders;   // likewise, after programs of the manifest in its order
  std::vector<StageSpec> transforms;
  std::vector<StageSpec> sinks;
  Limits limits;
  std::string dead_letters;  // empty: none are kept
  bool cache = false;
  SandboxRules sandbox;
  std::vector<IsolationKey> isolation_keys;
  // Folders to look for programs in, as in PATH. Not from the manifest.
  std::string program_path;

  // Every stage, in the order in which documents meet them.
  std::vector<StageSpec*> stages();
};

// Whether a stage may be called so: labels stand in --set STAGE.OPTION=VALUE, in reports, in logs and in documents.
bool IsLabel(std::string_view text);

ManifestSpec ReadManifest(const YamlNode& root, const PluginLookup& plugins, Mistakes& mistakes);

}  // namespace garner
