// Reads one file, with transport compression undone and limits kept.
#pragma once

#include <cstdint>
#include <string>

#include "garner/status.h"

namespace garner::files {

struct ReadLimits {
  uint64_t max_file_bytes = 0;
  uint64_t max_expanded_bytes = 0;
};

struct FileContent {
  std::string bytes;
  // Bytes after the end of compressed content that are something else.
  uint64_t ignored_bytes = 0;
};

// A regular file; never waits for a pipe or device. `place` names it in messages.
Result<FileContent> ReadFile(const std::string& path, const std::string& place, bool follow_symlinks, const ReadLimits& limits);

// Whatever the descriptor gives until its end; waits for it.
Result<FileContent> ReadDescriptor(int descriptor, const std::string& place, const ReadLimits& limits);

// "a named pipe", "a socket" ... for what is neither a regular file nor a folder.
std::string DescribeFileType(unsigned mode);

}  // namespace garner::files
