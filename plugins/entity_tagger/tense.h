// Whether the sentence around a day of the week tells of what was or of what will be.
//
//   TenseAround(input, i)   // of "Monday" in "The court ruled on Monday that ...": kPast
//
// The verb nearest before the day counts, else the nearest behind it, in the same sentence and not far away. Where the form says
// neither ("is to meet", "may meet", "was scheduled for") the tense is unknown. Pure.
#pragma once

#include "scanner.h"

namespace garner::entity_tagger {

enum class Tense { kUnknown, kPast, kFuture };

Tense TenseAround(const ExpressionInput& input, size_t i);

}  // namespace garner::entity_tagger
