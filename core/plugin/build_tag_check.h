// Compares a plugin's build tag with the host's (garner/build_tag.h) and says the first difference in words.
#pragma once

#include <string_view>

#include "garner/status.h"

namespace garner {

// OkStatus where both agree in every key. A difference is the end of a sentence whose subject is the plugin's file:
// "built for SDK 0.9, this is 0.1: rebuild it". Pure function.
Status CompareBuildTags(std::string_view plugin, std::string_view host);

}  // namespace garner
