// Finds paragraphs that are the short form of a fuller one, or of two neighbours together. Pure; near-linear: candidates come
// from word pairs that few paragraphs share, and each paragraph is compared with a fixed number of them.
#pragma once

#include <vector>

#include "paragraphs.h"

namespace garner::deduplicator {

struct Contained {
  int block = 0;  // the short form, which goes
  int in = 0;     // the fuller one, which stays
  double containment = 0;
};

// `gone` marks paragraphs that are out already. Paragraphs with numbers or names that the fuller one lacks, or with a sentence of
// their own, are no short forms.
std::vector<Contained> FindContainedRepeats(const Paragraphs& paragraphs, const std::vector<bool>& gone, double min_containment);

}  // namespace garner::deduplicator
