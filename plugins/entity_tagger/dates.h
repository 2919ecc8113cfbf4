// Finds dates: absolute, partial, relative, ranges and durations.
//
//   std::optional<Expression> date = MatchDate({text, tokens, true}, i);   // "January 4, 2022": value 2022-01-04
//
// Values are ISO 8601 with the precision that is written: 2022, 2022-01, 2022-01-04, --01-10 (no year), 2010/2012 (a range), P30Y
// (a duration); decades, centuries, seasons and quarters in the notation of ISO 8601-2: 199X, 18XX, 2021-22, 2021-33. Relative
// dates have none. English; absolute dates also in German, French, Spanish and Russian. Pure; looks at a bounded number of
// tokens.
#pragma once

#include <optional>
#include <string_view>

#include "expression.h"
#include "tokens.h"

namespace garner::entity_tagger {

struct DateInput {
  std::string_view text;
  const Tokens& tokens;
  // 1/6/2022 is 6 January.
  bool month_first = true;
};

std::optional<Expression> MatchDate(const DateInput& input, size_t i);

// The text of a relative or partial date as its canonical name: lower case but for names of months and weekdays, one space
// between words.
std::string CanonicalDateText(std::string_view text, const Tokens& tokens, size_t begin, size_t end);

}  // namespace garner::entity_tagger
