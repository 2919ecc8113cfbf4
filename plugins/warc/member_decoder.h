// Compressed files of records are rows of members, each compressed by itself: gzip members, Zstandard frames.
//
//   std::unique_ptr<MemberDecoder> decoder = MakeMemberDecoder(first_bytes);   // null: not compressed
//
// One thread.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "decompressor.h"
#include "garner/status.h"
#include "raw_input.h"

namespace garner::warc {

class MemberDecoder : public Decompressor {
 public:
  // What stands before the first member: padding, and what decoding rests on (a dictionary).
  virtual Status Prepare(RawInput& input) {
    (void)input;
    return OkStatus();
  }
  // How much input it wants at once, where that is there: a damaged member then gives the same bytes however its own come.
  virtual size_t wanted() const = 0;
  // How much input shows what a member begins with.
  virtual size_t wanted_for_beginning() const = 0;
  // Whether a member may begin with these bytes. Eight are enough; fewer at the end.
  virtual bool MayBegin(std::string_view input) const = 0;
  // The first byte that every member begins with.
  virtual char first_byte() const = 0;
  // How many bytes of padding, or of frames that hold no content, stand at the beginning of `input`.
  virtual size_t Padding(std::string_view input) const = 0;
  // "gzip member", "Zstandard frame".
  virtual const char* noun() const = 0;
};

std::unique_ptr<MemberDecoder> MakeGzipDecoder();
std::unique_ptr<MemberDecoder> MakeZstdDecoder();

// By the first four bytes.
std::unique_ptr<MemberDecoder> MakeMemberDecoder(std::string_view first_bytes);

}  // namespace garner::warc
