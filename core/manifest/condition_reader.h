// Reads the `when:` of a transform.
#pragma once

#include <string>

#include "core/manifest/mistakes.h"
#include "core/manifest/plan.h"
#include "core/manifest/yaml_tree.h"

namespace garner {

// `path` is that of the stage.
Condition ReadCondition(const YamlNode& node, const std::string& path, Mistakes& mistakes);

}  // namespace garner
