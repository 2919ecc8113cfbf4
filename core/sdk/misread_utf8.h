// UTF-8 that somebody read as Latin-1 and wrote as UTF-8 again: "’" has become "â" and two control characters.
//
// No text holds C1 controls, and they never enter a document: where they are the rest of such a sequence, dropping them would lose the
// character for good. So the sequences that hold one are decoded here; those of visible characters ("Ã©") may be meant, and stay for a
// transform to judge. Pure function, linear.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "garner/source_map.h"

namespace garner {

struct MisreadUtf8 {
  std::string text;             // empty where there are no such sequences
  std::vector<SourceRun> runs;  // tile the text; what was decoded is REWRITTEN
};

// `text` is valid UTF-8 and stands in the payload at `begin`.
MisreadUtf8 DecodeMisreadUtf8(std::string_view text, uint64_t begin);

}  // namespace garner
