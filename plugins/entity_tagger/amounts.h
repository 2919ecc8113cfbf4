// Finds amounts: money, percentages, quantities with a unit.
//
// Values: "USD 5000000" (ISO 4217, plain decimal), "23.7 %", "1600000 barrel"; a range has both ends: "EUR 5000000/6000000".
// A currency that several countries share under one name and that the text does not tell apart ("200 pesos") has none. Pure.
#pragma once

#include <optional>
#include <string_view>

#include "expression.h"
#include "tokens.h"

namespace garner::entity_tagger {

std::optional<Expression> MatchAmount(std::string_view text, const Tokens& tokens, size_t i);

}  // namespace garner::entity_tagger
