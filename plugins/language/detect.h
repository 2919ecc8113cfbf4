// CLD2, asked for the language of a stretch of text.
//
//   const Detection detection = Detect("Der Hafen bleibt am Montag geschlossen, sagte der Hafenmeister.");
//   detection.code           // "de"; empty where CLD2 is not sure
//
// Pure function, safe from any thread. About 20 MB/s: callers give it samples.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "garner/span.h"

namespace garner::language {

// A stretch that CLD2 takes for one language.
struct Stretch {
  Span span;
  std::string code;  // empty: unknown
};

struct Detection {
  std::string code;                // primary subtag of BCP 47; empty where there is no reliable answer
  double share = 0;                // of the letters, 0 to 1
  std::vector<Stretch> stretches;  // in order; their edges are rough
};

// `text` is valid UTF-8 of less than 1 GiB.
Detection Detect(std::string_view text);

// True for languages that are hard to tell apart in a paragraph (Danish and Norwegian, Czech and Slovak), and for the same one.
bool AreClose(std::string_view a, std::string_view b);

}  // namespace garner::language
