// Finds paragraphs that break off with an ellipsis where another one goes on, word for word: teasers that a page cut by length.
// Pure; linear.
#pragma once

#include <vector>

#include "paragraphs.h"

namespace garner::deduplicator {

struct TruncatedCopy {
  int block = 0;
  int of = 0;  // what it is the beginning of; a teaser may reach into the paragraphs below that one
};

// In order of place.
std::vector<TruncatedCopy> FindTruncatedCopies(const Paragraphs& paragraphs, const std::vector<bool>& gone);

}  // namespace garner::deduplicator
