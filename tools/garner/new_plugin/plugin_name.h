// What a new plugin may be called. The name becomes a file, a folder, a CMake target, a namespace and a word in manifests.
#pragma once

#include <string>
#include <string_view>

#include "garner/status.h"

namespace garner {

// OK, or why not and what is accepted: "'Foo-Bar' is no name of a plugin; ...: foo_bar, for instance".
Status CheckNewPluginName(std::string_view name);

// "ShoutCounter" for "shout_counter".
std::string ClassName(std::string_view plugin_name);

}  // namespace garner
