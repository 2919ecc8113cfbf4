// Who made a picture: credit lines, and captions that end with a credit. Pure functions.
//
//   FindCredit(line, lists.Split(line), lists)->value   // "Ida Rask" for "Geese over a lake (Photo by Ida Rask)"
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "word_lists.h"

namespace garner::metadata_lines {

struct Credit {
  std::string value;
  // The whole line is the credit; otherwise a caption stands before it.
  bool whole_line = false;
  // Form alone convinces: a label, or agencies between slashes. Otherwise a caption or an image must be near.
  bool certain = false;
};

// `words` are the words of `text`, which has no white space at its ends.
std::optional<Credit> FindCredit(std::string_view text, Words words, const WordLists& lists);

// Quicker: brackets, a copyright sign, a slash or a label somewhere.
inline bool MayHoldCredit(const Glance& glance, const WordLists& lists) {
  return (glance.marks & (kBracketMark | kSignMark | kSlashMark)) != 0 || lists.credit_labels.MayStandIn(glance);
}

// A quick look that most sentences fail: brackets at the end, a copyright sign, a label in front or behind the end of a sentence.
// For text that ends a sentence. Words are looked up as needed.
bool MayHoldCredit(std::string_view text, std::span<Word> words, const WordLists& lists);

// A credit label alone ("Photo:"), its value lost.
bool IsCreditLabel(std::string_view text, Words words, const WordLists& lists);

}  // namespace garner::metadata_lines
