// Where a report was filed: a city alone on a line, or "BERLIN (Agency) - " before the first sentence. Pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "word_lists.h"

namespace garner::metadata_lines {

struct Dateline {
  std::string place;
  // Bytes of the text that the dateline takes, the dash and space after it included.
  size_t size = 0;
  // The day between the place and the dash, where it says day, month and year: that of publication.
  std::string_view day = {};
};

// A line that is one known place, perhaps with its country, a dash or a colon behind.
std::optional<Dateline> ParsePlaceLine(std::string_view text, Words words, const WordLists& lists);

// The dateline at the beginning of a paragraph. Needs two signs: a place in capitals or from the list, and an agency in brackets
// or capitals before a dash.
std::optional<Dateline> ParseInlineDateline(std::string_view text, const WordLists& lists);

}  // namespace garner::metadata_lines
