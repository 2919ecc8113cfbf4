// Finds times of day: "06:55 EDT", "5 p.m.", "9 to 11 a.m.", "17h30", "в 17:30", "noon", "Monday morning", "tonight".
//
//   std::optional<Expression> time = MatchTime(input, i);
//
// Values are ISO 8601 with the precision and zone that are written: T06:55-04:00, T17, T09/T11. Times without a clock have none.
// Pure.
#pragma once

#include <optional>

#include "scanner.h"

namespace garner::entity_tagger {

std::optional<Expression> MatchTime(const ExpressionInput& input, size_t i);

}  // namespace garner::entity_tagger
