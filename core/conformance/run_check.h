// One check of a plugin, in a process that may die of it: what `garner check-plugin` runs. The other side is kit.h.
#pragma once

#include <optional>
#include <string>

#include "core/conformance/checks.h"

namespace garner {

// Files in a check's folder: the verdict, and what was noted last.
inline constexpr char kVerdictFile[] = "verdict";
inline constexpr char kNotedFile[] = "noted";

// Loads the plugin, runs the check and leaves the verdict in `folder`. Changes the process: environment, working directory, limits. Call
// from the main thread, before there are others; end the process by _exit.
void RunCheck(const Check& check, const KitSettings& settings, const std::string& folder);

// None where there is none: the process died before.
std::optional<Verdict> ReadVerdict(const std::string& folder);

}  // namespace garner
