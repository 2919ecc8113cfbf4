// Finds times of day: "06:55 EDT", "5 p.m.", "noon", "Monday morning", "tonight".
//
// Values are ISO 8601 with the precision and zone that are written: T06:55-04:00, T17. Times without a clock have none. Pure.
#pragma once

#include <optional>
#include <string_view>

#include "expression.h"
#include "tokens.h"

namespace garner::entity_tagger {

std::optional<Expression> MatchTime(std::string_view text, const Tokens& tokens, size_t i);

}  // namespace garner::entity_tagger
