// Character references: "&amp;", "&#252;", "&#xFC;".
#pragma once

#include <string>
#include <string_view>

namespace garner::markdown {

// What a whole reference stands for, UTF-8; empty where it is none. Names are those of HTML 4. Pure function.
std::string ResolveEntity(std::string_view reference);

}  // namespace garner::markdown
