// Finds amounts: money, percentages, quantities with a unit.
//
//   std::optional<Expression> amount = MatchAmount(input, i);
//
// Values: "USD 5000000" (ISO 4217, plain decimal), "23.7 %", "1600000 barrel/d"; a range has both ends: "EUR 5000000/6000000".
// Percentage points, basis points and thousandths are percent. A currency that several countries share under one name and that
// the text does not tell apart ("200 pesos") has none, nor has an amount without a number ("a few hundred dollars"). Pure; looks
// at a bounded number of tokens.
#pragma once

#include <optional>

#include "scanner.h"

namespace garner::entity_tagger {

std::optional<Expression> MatchAmount(const ExpressionInput& input, size_t i);

}  // namespace garner::entity_tagger
