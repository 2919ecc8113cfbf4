// Loads a plugin's library: the one place that knows Boost.DLL.
#pragma once

#include <string>

#include "garner/status.h"

namespace garner {

struct PluginDescriptor;

// Maps the library for the life of the process and finds its descriptor. Runs the library's static constructors: call only for a
// file that ReadPluginFile has accepted. A failure begins with the file's name. Safe from any thread.
Result<const PluginDescriptor*> LoadPluginLibrary(const std::string& path);

}  // namespace garner
