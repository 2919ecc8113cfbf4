// Where an output file stood when it was committed: what OutputFile::Commit returns and OutputFile::Reopen takes.
//
//   std::string position = *EncodePosition({Compression::kZstd, bytes, hash, blocks, unfinished_frame});
//   Result<OutputPosition> read = DecodePosition(position);
//
// Positions come back from a file, perhaps one that is damaged or of another version: decoding believes nothing. Fails with
// kInvalidInput, without a path. Pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/sdk/compressor.h"
#include "garner/status.h"

namespace garner {

struct OutputPosition {
  Compression compression = Compression::kNone;
  // Of the file: everything written, or all whole frames.
  uint64_t bytes = 0;
  // ChainedHash of these bytes, as Value and as blocks.
  uint64_t hash = 0;
  uint64_t blocks = 0;
  // What was written since the last whole frame; fewer than FrameBytes. Always empty in a file that is not compressed.
  std::string unfinished;
};

// Fails where the memory for it is missing. The unfinished frame is compressed, quickly rather than well.
Result<std::string> EncodePosition(const OutputPosition& position);
Result<OutputPosition> DecodePosition(std::string_view encoded);

}  // namespace garner
