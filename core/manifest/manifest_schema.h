// The JSON Schema (draft 2020-12) of a whole manifest with the plugins at hand, for completion in editors. What it cannot express stands in
// docs/plugins.md.
#pragma once

#include <string>
#include <vector>

#include "core/plugin/plugin_file.h"

namespace garner {

// As JSON text that ends in a line break; the same for the same plugins. Runs none of their code. Pure function.
std::string ManifestSchema(const std::vector<const PluginFile*>& plugins);

}  // namespace garner
