// What a block inherits from the section it stands in: a donation appeal is several good paragraphs, a list of other articles is
// titles that nobody could know by their look. Both are known by where they begin, and they run to the end of the text.
//
//   std::vector<Judgement> judgements = ...;             // own evidence of each block
//   DrawBoundaries(facts, extent, judgements);           // adds what sections say
//
// Pure, linear.
#pragma once

#include <vector>

#include "extent.h"
#include "facts.h"

namespace garner::boilerplate_stripper {

struct Judgement {
  double evidence = 0;      // log-odds that the block is boilerplate
  Kind kind = Kind::kNone;  // what a section says it is
  bool inherited = false;   // the section tipped it
};

void DrawBoundaries(const std::vector<Facts>& facts, const Extent& extent, std::vector<Judgement>& judgements);

}  // namespace garner::boilerplate_stripper
