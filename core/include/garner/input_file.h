// Reads a file whole, transport compression undone: gzip (several members too) and zstd, recognised by content, not by name.
//
//   Result<std::string> bytes = ReadInputFile(path, {.max_file_bytes = 64 << 20, .max_expanded_bytes = 256 << 20});
//
// The limit on expanded bytes is checked while inflating: a bomb costs no more than the limit. Never blocks on pipes and devices: they
// are refused. Safe from any thread. Failures name the path, the problem, and the limit where there is one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "garner/status.h"

namespace garner {

struct InputLimits {
  // Bytes of the file on disk.
  uint64_t max_file_bytes = uint64_t{64} << 20;
  // Bytes after decompression.
  uint64_t max_expanded_bytes = uint64_t{256} << 20;
};

Result<std::string> ReadInputFile(const std::string& path, const InputLimits& limits);

// The same for an open descriptor, read to its end; `name` stands in messages. May block.
Result<std::string> ReadInputDescriptor(int descriptor, const std::string& name, const InputLimits& limits);

}  // namespace garner
