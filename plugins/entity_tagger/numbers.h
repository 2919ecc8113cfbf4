// Numbers in text: digits with separators, words, and magnitudes.
//
//   std::optional<Number> n = ParseNumber(input, i);   // "1.6 million": value 1600000, end past "million"
//
// The language says what a separator means: 1.234 is more than a thousand in German, less than two in English. Pure functions,
// safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "scanner.h"

namespace garner::entity_tagger {

struct Number {
  double value = 0;
  size_t end = 0;        // one past its last token
  bool whole = true;     // written without a fraction or magnitude, in digits
  int digits = 0;        // digits of a plain whole number, 0 for others: 2022 has 4
  double magnitude = 1;  // of its last word: a million in "1.6 million"
  bool sure = true;      // false where the separator may mean either: 1,234 in Spanish
};

// The number that begins at token i: "2,500", "1.6 million", "9 000" (with no-break spaces), "five hundred", "3bn", "half a
// million".
std::optional<Number> ParseNumber(const ExpressionInput& input, size_t i);

// Plain decimal notation, no exponent, no trailing zeros: "1600000", "23.7".
std::string FormatNumber(double value);

}  // namespace garner::entity_tagger
