// Finds the blocks of a document that say again what another one says.
//
//   for (const Repeat& repeat : FindRepeats(document, {.min_words = 8}))
//     ...   // block `repeat.block` goes, `repeat.of` stays
//
// Pure; near-linear in the document. Safe from any thread.
#pragma once

#include <cstdint>
#include <vector>

#include "garner/v1/document.pb.h"

namespace garner::deduplicator {

struct Repeat {
  enum class Rule { kExact, kContained, kTruncated, kRun, kWidget, kMetadata };

  int block = 0;  // the copy that goes
  int of = 0;     // the one that stays; of a widget or a copy of metadata none does
  Rule rule = Rule::kExact;
  double similarity = 1;  // share of its word pairs that stand there
};

struct RepeatRules {
  uint32_t min_words = 8;
  double min_containment = 0.7;
};

// In order of place.
std::vector<Repeat> FindRepeats(const v1::Document& document, const RepeatRules& rules);

}  // namespace garner::deduplicator
