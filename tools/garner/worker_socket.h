// Whether a hidden subcommand was started by garner itself.
#pragma once

#include <sys/stat.h>

namespace garner {

inline bool IsSocket(int descriptor) {
  struct stat about = {};
  return fstat(descriptor, &about) == 0 && S_ISSOCK(about.st_mode);
}

}  // namespace garner
