// Reads input whole, transport compression undone: gzip (several members too) and Zstandard, recognised by content, not by name.
//
//   Result<InputContent> content = ReadInputFile(path, {.place = "in/a.txt.gz"});
//
// The limits are checked while reading and inflating: a bomb costs no more than its limit. Never blocks on pipes and devices: they are
// refused. Safe from any thread. Failures begin with `place`, then the problem, then the limit's name where there is one.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "garner/byte_stream.h"
#include "garner/status.h"

namespace garner {

struct InputOptions {
  // What messages call it; empty: the path.
  std::string place;
  bool follow_symlinks = true;
  // Bytes of a file that is not compressed.
  uint64_t max_file_bytes = uint64_t{64} << 20;
  // Bytes after decompression.
  uint64_t max_expanded_bytes = uint64_t{256} << 20;
  // What messages call these limits: constants.
  const char* file_limit_name = "max_file_bytes";
  const char* expanded_limit_name = "max_expanded_bytes";
};

struct InputContent {
  std::string bytes;
  // Bytes after the end of compressed content that are something else, and were left out.
  uint64_t ignored_bytes = 0;
};

// A regular file.
Result<InputContent> ReadInputFile(const std::string& path, const InputOptions& options);

// Whatever the descriptor gives until its end; waits for it. `options.place` names it.
Result<InputContent> ReadInputDescriptor(int descriptor, const InputOptions& options);

// The same for a stream.
Result<InputContent> ReadInputStream(ByteStream& stream, const InputOptions& options);

// A regular file as a stream, as it stands: compression is not undone. Fails as ReadInputFile does; `options` gives place and links.
Result<std::unique_ptr<ByteStream>> OpenInputFile(const std::string& path, const InputOptions& options);

// A descriptor as a stream; it stays the caller's, and open as long as the stream.
std::unique_ptr<ByteStream> StreamOfDescriptor(int descriptor, const std::string& place);

// What went wrong with a file, in the same words on every machine: "no such file or folder".
std::string DescribeFileError(int error);

// "a named pipe", "a socket" ... for what is neither a regular file nor a folder, by its st_mode.
std::string DescribeFileType(unsigned mode);

}  // namespace garner
