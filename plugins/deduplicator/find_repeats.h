// Finds paragraphs of a document that repeat an earlier one.
#pragma once

#include <cstdint>
#include <vector>

#include "garner/v1/document.pb.h"

namespace garner::deduplicator {

struct Repeat {
  int block = 0;  // the copy that goes
  int of = 0;     // the one that stays
};

// Blocks of at least `min_words` words whose folded text equals that of an earlier block.
std::vector<Repeat> FindRepeats(const v1::Document& document, uint32_t min_words);

}  // namespace garner::deduplicator
