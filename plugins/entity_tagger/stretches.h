// A long block in stretches that are read one after the other, so that what is held of a text does not grow with its paragraphs.
//
//   for (Span rest = block; rest.begin < rest.end;) {
//     const Span stretch = NextStretch(text, rest);
//     ...
//     rest.begin = stretch.end;
//   }
//
// A stretch ends behind a sentence, where there is none behind a word, and where there is no space either at a character. Linear,
// pure.
#pragma once

#include <cstddef>
#include <string_view>

#include "garner/span.h"

namespace garner::entity_tagger {

// Longer than any paragraph that somebody wrote; blocks up to this are never parted.
inline constexpr size_t kLongestStretch = size_t{128} << 10;

// The first stretch of `rest`, which is not empty and lies in the text at character boundaries.
Span NextStretch(std::string_view text, Span rest);

}  // namespace garner::entity_tagger
