// Options of a program, which nothing describes: any map, handed over as a JSON object.
#pragma once

#include <string>

#include "core/manifest/mistakes.h"
#include "core/manifest/yaml_tree.h"
#include "garner/status.h"

namespace garner {

// `node` is a map, or nullptr for none. A plain value that JSON would take for a number, true or false is one; nothing at all is null; every other
// value, and all that stands in quotes, is a text. Keys in order of their bytes: the same options are the same text. `path` names the stage in mistakes.
std::string OptionsAsJson(const YamlNode* node, const std::string& path, Mistakes& mistakes);

// The other way, for options that a record holds: a map whose texts are marked as quoted. nullptr for an empty object; fails where the text is no object.
Result<const YamlNode*> OptionsOfJson(const std::string& json, YamlArena& arena);

}  // namespace garner
