#include "core/job/peak_memory.h"

#include <fstream>
#include <limits>
#include <string>

namespace garner {

std::optional<uint64_t> PeakMemoryBytes() {
  std::ifstream status("/proc/self/status");
  for (std::string key; status >> key; status.ignore(std::numeric_limits<std::streamsize>::max(), '\n')) {
    uint64_t kilobytes = 0;
    if (key == "VmHWM:" && status >> kilobytes) return kilobytes * 1024;
  }
  return std::nullopt;
}

}  // namespace garner
