// Finds paragraphs that stand in a document more than once, word for word, and chooses the copy that stays. Pure; linear.
#pragma once

#include <vector>

#include "paragraphs.h"

namespace garner::deduplicator {

// For each paragraph the index of the copy that stays instead of it, or -1.
//
// Where a block of paragraphs comes again, later and with others between them, it was an excerpt of the full text: the whole
// block goes, so that headings keep their bodies and the order of reading is that of the full text. Otherwise the first copy
// stays. A short sentence counts only beside a long paragraph that is repeated in the same way. What is quoted to be answered,
// and formulas that come again here and there, are no copies. `gone` marks paragraphs that are out already.
std::vector<int> FindExactRepeats(const Paragraphs& paragraphs, const std::vector<bool>& gone);

}  // namespace garner::deduplicator
