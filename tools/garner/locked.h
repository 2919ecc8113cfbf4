// --locked: a plan runs, or is found right, only with the files that its lock names.
#pragma once

#include <string>

#include "core/manifest/plan.h"
#include "tools/garner/command.h"

namespace garner {

// True where everything is as the lock beside the manifest says. Else it has said what is not, a line each.
bool IsAsLocked(const GlobalOptions& global, const JobPlan& plan);

}  // namespace garner
