// UTF-8 that was read in another charset: "donâ€™t", "cafÃ©", "РїСЂРёРІРµС‚", also twice over.
//
//   if (MayBeMojibake(before, value)) repairs = FindMojibake(text);
//
// A run of such characters is repaired where all of it decodes, and where nobody would write the characters themselves: strong runs on
// their own, weak ones ("Ã»" may end a word in capitals) beside strong ones. A document that speaks of character sets keeps everything.
// Pure functions, linear in the text, safe from any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "garner/span.h"

namespace garner::text_normalizer {

// What a stretch should have been. An empty text: nothing (a byte order mark, the rest of a no-break space).
struct Repair {
  Span span;
  std::string text;
};

// The cheap look at two neighbours: false for nearly all of sound text.
bool MayBeMojibake(char32_t before, char32_t value);

// In order, apart.
std::vector<Repair> FindMojibake(std::string_view text);

}  // namespace garner::text_normalizer
