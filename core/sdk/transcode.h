// Decodes bytes of a known charset into UTF-8 and records where every character came from.
//
//   Transcoded made = TranscodeFrom(payload, 0, "windows-1251");
//
// ASCII that stays what it is becomes VERBATIM runs; other characters become TRANSCODED runs of equal units. Every ill-formed
// sequence becomes U+FFFD in a REWRITTEN run of its own, as does every other character of a stateful charset: its bytes mean nothing
// without the escape sequence before them. Linear time. Pure functions, safe from any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "garner/source_map.h"

namespace garner {

struct Transcoded {
  std::string text;
  std::vector<SourceRun> runs;  // tile the text; offsets into the whole payload
  uint64_t beyond_ascii = 0;    // well-formed characters that are not verbatim ASCII
  uint64_t ill_formed = 0;
};

// `charset` is canonical (charset_names.h); decoding begins at payload[from].
Transcoded TranscodeFrom(std::string_view payload, size_t from, const std::string& charset);

}  // namespace garner
