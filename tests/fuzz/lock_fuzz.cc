// Any bytes as a lock: refused in words, or a lock that is read back from its own text as it was.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/job/lock_file.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const garner::Result<garner::Lock> lock = garner::ParseLock(std::string(reinterpret_cast<const char*>(data), size));
  if (!lock.ok()) {
    if (lock.status().message().empty()) std::abort();
    return 0;
  }
  const garner::Result<garner::Lock> again = garner::ParseLock(garner::LockText(*lock));
  if (!again.ok() || garner::LockText(*again) != garner::LockText(*lock)) std::abort();
  if (!garner::CompareLocks(*lock, *lock).empty()) std::abort();
  return 0;
}
