// A block's text with its character references decoded, and the way back to the block's own bytes.
//
//   const DecodedBlock block = DecodeReferences("Fish &amp;amp; chips", {});
//   block.text                       // "Fish & chips"
//   block.ToRaw({5, 6})              // the bytes of `&amp;amp;`
//
// Pure, linear in the text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "garner/span.h"

namespace garner::html_cleaner {

// One reference. Spaces of every kind are decoded to U+0020; soft hyphens, zero-width spaces and controls to nothing.
struct Decoding {
  Span raw;
  Span decoded;
};

struct DecodedBlock {
  std::string text;
  std::vector<Decoding> decodings;  // in order

  Span ToRaw(Span decoded) const { return {ToRaw(decoded.begin), ToRaw(decoded.end)}; }
  uint64_t ToRaw(uint64_t decoded) const;
};

struct DecodingRules {
  // Decode nothing.
  bool off = false;
  // Leave `&lt;` and `&gt;`: the text went through an HTML parser already, which makes them part of what is said.
  bool keep_angles = false;
};

DecodedBlock DecodeReferences(std::string_view raw, const DecodingRules& rules);

}  // namespace garner::html_cleaner
