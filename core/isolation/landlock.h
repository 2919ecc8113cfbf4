// Landlock: the kernel's own fence around files, TCP and signals. What it offers differs by kernel, so it is asked.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/isolation/limits.h"

namespace garner {

// Restricts the calling thread and what it starts, without a way back; PR_SET_NO_NEW_PRIVS must be set. The version of Landlock that did
// it; none where the rules allow everything that it could forbid, or where the kernel has none (then `missing` says so).
std::optional<uint32_t> RestrictWithLandlock(const SandboxRules& rules, std::vector<std::string>& missing);

// For a program that has yet to start: where files are not allowed it may read and execute them, but not write, make or remove any.
// /dev/null and its like stay writable. The rest as above.
std::optional<uint32_t> RestrictProgramWithLandlock(const SandboxRules& rules, std::vector<std::string>& missing);

}  // namespace garner
