// The gate that a catalog asks before it loads a library for the first time (PluginCatalog::set_gate): libraries of other folders than the
// program's own must have been tried, now or in an earlier run. docs/decisions/0012.
#pragma once

#include <functional>
#include <string>

#include "core/isolation/probe.h"
#include "core/isolation/probe_memory.h"

namespace garner {

// `trusted`: the folder whose libraries came with the program. Safe to call from several threads.
std::function<Status(const PluginFile&)> MakeProbeGate(std::string trusted, ProbeMemory memory, ProbeSettings settings = {});

}  // namespace garner
