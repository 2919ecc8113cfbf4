// Dates as publications print them -> ISO 8601 with the precision that the text has.
//
//   ParseDate("4. Mai 2018, 14:05 Uhr", lists, NumericOrder::kUnknown)->iso   // "2018-05-04T14:05:00"
//
// Month names in all languages of months.txt, numeric forms, 12 and 24 hours, zone names and offsets. The whole text must be a
// date: one unknown word and there is none. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "word_lists.h"

namespace garner::metadata_lines {

enum class NumericOrder { kUnknown, kDayFirst, kMonthFirst };

struct ParsedDate {
  // "2018-05-04T14:05:00+02:00", "2018-05-04T14:05:00", "2018-05-04" or "2018-05". Only the year where `ambiguous`.
  std::string iso;
  // Day and month cannot be told apart, or the century is not stated.
  bool ambiguous = false;
  // The zone cannot hold on that day: a summer time in winter.
  bool zone_uncertain = false;
  bool has_day = false;
};

// A quick look: false for most text that holds no date.
bool MayHoldDate(std::string_view text);
inline bool MayHoldDate(const Glance& glance) { return MayHoldDigit(glance); }
// The same for a text of any length, of which some end may be a date.
bool MayEndInDate(std::string_view text);

std::optional<ParsedDate> ParseDate(std::string_view text, const WordLists& lists, NumericOrder order);

// A date with a label ("Updated: ...") or without, and the order that the label's language suggests.
struct LabelledDate {
  ParsedDate date;
  std::string kind;  // "published", "updated" or empty
};
std::optional<LabelledDate> ParseLabelledDate(std::string_view text, const WordLists& lists, NumericOrder order);
// The same where the words of `text` are known. They may be a part of the words of a longer text.
std::optional<LabelledDate> ParseLabelledDate(std::string_view text, Words words, const WordLists& lists, NumericOrder order);

// True where the line says a day, a month and a year anywhere.
bool ContainsFullDate(std::string_view text, const WordLists& lists);

}  // namespace garner::metadata_lines
