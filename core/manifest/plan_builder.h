// ParsePlan without a catalog: everything it depends on is an argument.
#pragma once

#include <string>
#include <string_view>

#include "core/manifest/environment.h"
#include "core/manifest/plan.h"
#include "core/manifest/plugin_lookup.h"

namespace garner {

// The plan points into `plugins`.
PlanResult BuildPlan(std::string_view yaml, const std::string& path, const PluginLookup& plugins, const Environment& environment,
                     const Overrides& overrides);

}  // namespace garner
