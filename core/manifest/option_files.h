// The files that a stage's options name: those marked with the rule `file`. Of a program those that its command names.
#pragma once

#include <string>
#include <vector>

#include "core/manifest/plan.h"

namespace garner {

// In the order of the options; as given, relative to the manifest's folder. Empty where the options cannot be read.
std::vector<std::string> OptionFiles(const StagePlan& stage);

}  // namespace garner
