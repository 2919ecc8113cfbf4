// Finds dates: absolute, partial, relative, ranges and durations.
//
//   std::optional<Expression> date = MatchDate(input, i);   // "January 4, 2022": value 2022-01-04
//
// Values are ISO 8601 with the precision that is written: 2022, 2022-01, 2022-01-04, --01-10 (no year), 2010/2012 (a range), P30Y
// (a duration); decades, centuries, seasons, quarters and halves in the notation of ISO 8601-2: 199X, 18XX, 2021-22, 2021-33,
// 2020-40. Relative dates have one where the day of writing is known (reference_date.h). Pure; looks at a bounded number of
// tokens.
#pragma once

#include <optional>
#include <string>

#include "scanner.h"

namespace garner::entity_tagger {

// In English text, and in all other (dates_abroad.h).
std::optional<Expression> MatchDate(const ExpressionInput& input, size_t i);

// The text of a relative or partial date as its canonical name: lower case but for names of months and weekdays (and German
// nouns), one space between words.
std::string CanonicalDateText(const ExpressionInput& input, size_t begin, size_t end);

}  // namespace garner::entity_tagger
