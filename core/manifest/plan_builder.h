// ParsePlan without a catalog: everything it depends on is an argument.
#pragma once

#include <string>
#include <string_view>

#include "core/manifest/environment.h"
#include "core/manifest/manifest_reader.h"
#include "core/manifest/mistakes.h"
#include "core/manifest/plan.h"
#include "core/manifest/plugin_lookup.h"

namespace garner {

// The plan points into `plugins`.
PlanResult BuildPlan(std::string_view yaml, const std::string& path, const PluginLookup& plugins, const Environment& environment,
                     const Overrides& overrides);

// The stages of `spec` with their options read and checked, for a job at `path`. What is wrong goes to `mistakes`. A spec without source
// or sinks gives a plan without them.
JobPlan PlanJob(const ManifestSpec& spec, const std::string& path, Mistakes& mistakes);

}  // namespace garner
