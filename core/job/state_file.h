// Files that a job keeps of itself in its output folder: .garner/NAME.sqlite.
#pragma once

#include <cstdint>
#include <string>

#include "core/job/sqlite.h"

namespace garner {

struct StateLayout {
  const char* name;    // of the file, without its ending
  int64_t version;     // not 0; raised when a table changes
  const char* tables;  // CREATE TABLE ...
};

// Opens the file, or makes it and the folder. A file of another layout is as good as none, and so is any file where `fresh` is said: the job
// starts over. One that cannot be read is refused.
Result<Database> OpenStateFile(const std::string& output_dir, const StateLayout& layout, bool fresh);

}  // namespace garner
