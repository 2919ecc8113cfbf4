// Dates of German, French, Spanish and Russian text; of text in any other language those in digits, and those with a year whose
// month one of these languages (or English) names.
//
//   std::optional<Expression> date = MatchDateAbroad(input, i);   // "im vergangenen Jahr": from "vergangenen"
//
// Articles and prepositions stay outside, but for those that make the time: "vor drei Tagen", "hace tres días". Pure.
#pragma once

#include <optional>

#include "scanner.h"

namespace garner::entity_tagger {

std::optional<Expression> MatchDateAbroad(const ExpressionInput& input, size_t i);

}  // namespace garner::entity_tagger
