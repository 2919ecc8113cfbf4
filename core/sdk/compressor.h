// Compression of output files, by frames: a compressed file is a series of Zstandard frames or gzip members, each of which holds a fixed
// number of the written bytes (the last one what is left). Where a frame ends depends on the written bytes alone, so a file
// can be cut back to the beginning of a frame and written on, and nobody sees it afterwards (docs/decisions/0008).
//
//   const Compression compression = CompressionForName("a.jsonl.zst");
//   std::string out;
//   Status status = AppendFrame(compression, bytes, out);    // at most FrameBytes(compression) of them
//
// Pure functions: the same bytes give the same frame, without time or name, whatever was compressed before. Messages are without a path.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "garner/status.h"

namespace garner {

// The numbers stand in positions (output_position.h).
enum class Compression : uint8_t { kNone = 0, kGzip = 1, kZstd = 2 };

// Bytes in a frame before compression. Larger ones compress better and make positions larger. Records of news articles: a Zstandard
// file grows by 0.4 % against a single frame, a gzip file by 0.2 % (its window is but 32 KiB).
inline constexpr size_t kZstdFrameBytes = size_t{4} * 1024 * 1024;
inline constexpr size_t kGzipFrameBytes = size_t{1} * 1024 * 1024;

// By the name's suffix: .gz, .zst; kNone for every other name.
Compression CompressionForName(std::string_view name);

// For kGzip and kZstd.
size_t FrameBytes(Compression compression);
Status AppendFrame(Compression compression, std::string_view bytes, std::string& out);

// A whole content: all its frames, one at least. Plain bytes are appended as they are.
Status AppendFrames(Compression compression, std::string_view bytes, std::string& out);

}  // namespace garner
