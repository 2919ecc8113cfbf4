// Keyword lists on a line of their own. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "word_lists.h"

namespace garner::metadata_lines {

struct Tags {
  std::vector<std::string> values;
  // Stated by a label or by hash signs; otherwise the form alone says so.
  bool labelled = false;
};

// "Tags: bread, rye", "#bread #rye", or four and more short items between commas, semicolons or bars.
std::optional<Tags> ParseTags(std::string_view text, Words words, const WordLists& lists);

// A quick look that most lines fail: hash signs, the marks of a list, or a label in front.
inline bool MayHoldTags(const Glance& glance, const WordLists& lists) {
  return (glance.marks & (kHashMark | kListMark)) != 0 || lists.tag_labels.MayStandIn(glance);
}

// The items of a line whose label stands on the line before.
std::optional<Tags> ParseTagItems(std::string_view text, const WordLists& lists, size_t min_items);

bool IsTagLabel(Words words, const WordLists& lists);

}  // namespace garner::metadata_lines
