// Paragraphs about the article itself: where it appeared first, whose views it holds. Pure functions.
//
//   ParseNote(line, lists.Split(line), lists)   // "This essay first appeared in Lock & Weir.": kSyndication, "Lock & Weir"
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "word_lists.h"

namespace garner::metadata_lines {

struct Note {
  enum class Kind { kSyndication, kDisclaimer, kEditor };
  Kind kind = Kind::kSyndication;
  // The outlet that it names; empty where it names none.
  std::string outlet;
};

// The note that the whole paragraph is, if it is one. A sentence about some other text ("The guide was originally published in
// 1968") is none: a note begins with the article itself, or with the words of publishing, or stands in brackets.
// `words` are those of `text`.
std::optional<Note> ParseNote(std::string_view text, Words words, const WordLists& lists);

// Quicker: brackets, emphasis, an opening or views.
inline bool MayHoldNote(std::string_view text, Words words, const Glance& glance, const WordLists& lists) {
  if (lists.note_views.MayStandIn(glance) || (!words.empty() && lists.notes.BeginsWith(words.front()))) return true;
  return (glance.marks & (kBracketMark | kEmphasisMark)) != 0 && HasAnyOf(text.substr(0, 4), "[(*_ ");
}

// A quick look that most paragraphs fail. The first word has been looked up; others are looked up as needed.
bool MayBeNote(std::string_view text, std::span<Word> words, const WordLists& lists);

}  // namespace garner::metadata_lines
