// A plugin's options as JSON Schema. Internal to garner_manifest.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "core/plugin/plugin_file.h"

namespace garner {

using SchemaJson = nlohmann::ordered_json;

// The schemas that all others refer to.
inline constexpr char kVariableRef[] = "#/$defs/variable";
inline constexpr char kTextRef[] = "#/$defs/text";

SchemaJson Ref(const std::string& target);
// One of these schemas, or a text with a variable in it, of which nobody can know what it will be.
SchemaJson OrVariable(SchemaJson schema);
// One of the words as it is written here.
SchemaJson WordsSchema(const std::vector<std::string>& words);
SchemaJson SwitchSchema();

// Adds the schema of the plugin's options to `defs` and returns the name that it has there; of messages inside options too. A
// description that cannot be read gives a schema that takes any map.
std::string AddOptionsSchema(const PluginFile& plugin, SchemaJson& defs);

// Whether a stage of this plugin can do without options.
bool NeedsOptions(const PluginFile& plugin);

}  // namespace garner
