// Lines that say who wrote: bylines with a label, names alone, affiliations. Pure functions.
//
//   ParseByline(line, lists.Split(line), lists, order)->authors   // "By Helen Marsh and Paul Reed | May 21, 2019" -> two names,
//   and the date
//
// `words` are those of `text`, or its last ones.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dates.h"
#include "word_lists.h"

namespace garner::metadata_lines {

struct Byline {
  std::vector<std::string> authors;
  std::vector<std::string> affiliations;
  std::optional<LabelledDate> date;
  // Some name has fewer than two words.
  bool short_name = false;
  // A name beside a place or a paper, without a label: only position can tell it from a headline.
  bool loose = false;
};

// A label ("By", "Von", "Автор:") and what follows it: names, then perhaps an affiliation or a date.
std::optional<Byline> ParseByline(std::string_view text, Words words, const WordLists& lists, NumericOrder order);

// "Helen Marsh | May 21, 2019", "Paul Reed, Professor of Law": names without a label beside a date or an affiliation. "Paul Reed,
// Leeds" and "Paul Reed | The Lamp" are loose.
std::optional<Byline> ParseUnlabelledByline(std::string_view text, Words words, const WordLists& lists, NumericOrder order);

// "12.03.2021 | Von Katrin Ohlsen | 5 Min.": dates, bylines, known names and reading times between bars, dots or dashes, a name
// or two dates among them. `more` is the second date, where there are two; there may be no authors.
std::optional<Byline> ParseParts(std::string_view text, Words words, const WordLists& lists, NumericOrder order,
                                 std::optional<LabelledDate>* more);

// A byline label alone, its value lost.
bool IsBylineLabel(Words words, const WordLists& lists);

// Names, and the words of the first of them.
struct Names {
  std::vector<std::string> names;
  Words first;
};
// The names that the line consists of: two to four capitalised words each. Empty where it is anything else.
Names ParseNames(std::string_view text, Words words, const WordLists& lists);
// True where the name begins with a known first name or a title, or ends as surnames do.
bool IsKnownName(Words name, const WordLists& lists);
bool IsKnownName(std::string_view name, const WordLists& lists);

// "PhD, Reader in Botany, University of Graz": begins with a degree or role, or holds an institution word. Not a sentence.
inline bool MayBeAffiliation(const Glance& glance, const WordLists& lists) {
  return lists.roles.MayStandIn(glance) || lists.institutions.MayStandIn(glance);
}
bool IsAffiliation(std::string_view text, Words words, const WordLists& lists);

}  // namespace garner::metadata_lines
