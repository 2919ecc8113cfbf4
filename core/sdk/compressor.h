// Streaming compression for output files. Deterministic: no time, no name, no threads.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "garner/status.h"

namespace garner {

class Compressor {
 public:
  virtual ~Compressor() = default;
  // Appends compressed bytes to `out`, fewer or more than went in. Messages are without a path.
  virtual Status Write(std::string_view bytes, std::string& out) = 0;
  virtual Status End(std::string& out) = 0;
};

// By the name's suffix: .gz, .zst; nullptr for every other name.
std::unique_ptr<Compressor> CompressorForName(std::string_view name);

}  // namespace garner
