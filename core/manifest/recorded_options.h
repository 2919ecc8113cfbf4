// Resolved options on their way into a record of a job and back, in the JSON mapping of Protobuf.
//
//   Result<RecordedOptions> recorded = RecordOptions(*stage.plugin, stage.options);
//   Result<const YamlNode*> node = OptionsFromJson(*plugin, recorded->json, arena);   // as if they stood in a manifest
//
// Pure functions. Failures are kConfig, in words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/manifest/yaml_tree.h"
#include "core/plugin/plugin_file.h"
#include "garner/status.h"

namespace garner {

struct RecordedOptions {
  // An object with the options that are set; defaults are not filled in. "{}" for a plugin without options.
  std::string json;
  // Secret options that were set: "token", "logins[1].password". They are not in `json`.
  std::vector<std::string> left_out;
};

// `options` is a serialised options message of the plugin.
Result<RecordedOptions> RecordOptions(const PluginFile& plugin, std::string_view options);

// A map of options as a manifest would have it; no rule is checked yet. Fails where the plugin has no such option, or a value is
// of another type.
Result<const YamlNode*> OptionsFromJson(const PluginFile& plugin, const std::string& json, YamlArena& arena);

}  // namespace garner
