// Undoes gzip and Zstandard compression piece by piece, never holding more than a limit.
//
//   std::unique_ptr<Inflater> inflater = MakeInflater(first_bytes, max_bytes);   // null: not compressed
//   Status status = inflater->Feed(piece, bytes);   // for each piece of the file
//   status = inflater->Finish();                    // at its end
//
// Several gzip members or Zstandard frames in a row are one content. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "garner/status.h"

namespace garner {

class Inflater {
 public:
  virtual ~Inflater() = default;

  // Appends what `input` expands to. A failed status is final: kLimit or kInvalidInput.
  virtual Status Feed(std::string_view input, std::string& out) = 0;
  // Fails where the content is cut off.
  virtual Status Finish() = 0;
  // Bytes after the end of the compressed content that are something else, and were ignored.
  uint64_t ignored_bytes() const { return ignored_bytes_; }

 protected:
  uint64_t ignored_bytes_ = 0;
};

// By the magic bytes at the beginning (four are enough). Messages begin with the problem; the caller names the place.
std::unique_ptr<Inflater> MakeInflater(std::string_view first_bytes, uint64_t max_bytes);

}  // namespace garner
