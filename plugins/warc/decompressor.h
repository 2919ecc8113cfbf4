// Undoes a compression piece by piece.
//
//   decompressor->Begin();
//   Decompressor::Step step = decompressor->Decode(input, out, room);   // again, with what is left of the input, until step.ended
//
// One thread.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

namespace garner::warc {

class Decompressor {
 public:
  virtual ~Decompressor() = default;

  struct Step {
    size_t taken = 0;  // of the input
    size_t made = 0;   // into the output
    bool ended = false;
    // Not null: it is damaged, in words that say how. A constant.
    const char* damage = nullptr;
  };

  // Compressed data begin with the next byte of input.
  virtual void Begin() = 0;
  // Goes on with them. Where it takes and makes nothing it needs more input.
  virtual Step Decode(std::string_view input, char* out, size_t room) = 0;
};

// RFC 1950 and RFC 1951; both are what servers call "deflate".
std::unique_ptr<Decompressor> MakeZlibDecompressor();
std::unique_ptr<Decompressor> MakeDeflateDecompressor();
std::unique_ptr<Decompressor> MakeBrotliDecompressor();

}  // namespace garner::warc
