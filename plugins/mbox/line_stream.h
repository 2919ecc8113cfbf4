// Reads a stream line by line.
//
//   LineStream lines(stream);
//   Line line;
//   while (*lines.Next(line)) Use(line.bytes);
//
// A line longer than kMaxLineBytes comes in several pieces, of which only the first `begins`. One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "garner/byte_stream.h"
#include "garner/status.h"

namespace garner::mbox {

inline constexpr size_t kMaxLineBytes = size_t{1} << 16;

struct Line {
  // With its line end. Good until the next call.
  std::string_view bytes;
  // Where it stands in the stream.
  uint64_t place = 0;
  bool begins = true;
};

class LineStream {
 public:
  // The stream must outlive it.
  explicit LineStream(ByteStream& stream);

  // False at the end. Fails where the stream does.
  Result<bool> Next(Line& line);

 private:
  // How many of the unread bytes are a line, or a piece of one.
  Result<size_t> Measure();
  Result<bool> Fill();

  ByteStream& stream_;
  std::unique_ptr<char[]> buffer_;
  size_t begin_ = 0;  // of what was not given
  size_t end_ = 0;
  uint64_t place_ = 0;
  bool begins_ = true;
  bool ended_ = false;
};

}  // namespace garner::mbox
