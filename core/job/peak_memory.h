// How much memory this process held at most.
#pragma once

#include <cstdint>
#include <optional>

namespace garner {

// The peak of the resident set in bytes (VmHWM of /proc/self/status); absent where the system does not tell.
std::optional<uint64_t> PeakMemoryBytes();

}  // namespace garner
