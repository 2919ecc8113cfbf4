// Undoes gzip and Zstandard compression piece by piece, never holding more than a limit.
//
//   std::unique_ptr<Inflater> inflater = MakeInflater(first_bytes, {max_bytes});   // null: not compressed
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

struct InflateLimit {
  // Of what is made of one content.
  uint64_t max_bytes = 0;
  // What messages call it: a constant.
  const char* name = "max_expanded_bytes";
};

class Inflater {
 public:
  virtual ~Inflater() = default;

  // Appends what `input` expands to, until `out` is as large as the limit. A failed status is final: kLimit or kInvalidInput.
  virtual Status Feed(std::string_view input, std::string& out) = 0;
  // Fails where the content is cut off.
  virtual Status Finish() = 0;
  // Another limit from here on: whoever takes what was made out of the way counts for himself.
  void set_max_bytes(uint64_t max_bytes) { limit_.max_bytes = max_bytes; }
  // Bytes after the end of the compressed content that are something else, and were ignored.
  uint64_t ignored_bytes() const { return ignored_bytes_; }

 protected:
  explicit Inflater(const InflateLimit& limit) : limit_(limit) {}

  InflateLimit limit_;
  uint64_t ignored_bytes_ = 0;
};

// "gzip" or "zstd", by the magic bytes at the beginning (four are enough); empty for what is not compressed.
std::string_view CompressionOf(std::string_view first_bytes);

// By the same. Messages begin with the problem; the caller names the place.
std::unique_ptr<Inflater> MakeInflater(std::string_view first_bytes, const InflateLimit& limit);

}  // namespace garner
