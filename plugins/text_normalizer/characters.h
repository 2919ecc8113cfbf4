// What normalisation has to know of each code point, looked up in one step.
//
//   const CharacterTable table(folds);
//   if (table.ClassOf(value) == CharacterClass::kPlain) continue;   // nearly always
//
// Immutable after construction (some milliseconds), so it may be shared between threads.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace garner::text_normalizer {

enum class CharacterClass : uint8_t {
  kPlain = 0,
  kSpace,        // white space other than U+0020
  kIdeographicSpace,
  kInvisible,    // never of use: word joiner, byte order mark, deprecated format characters
  kSoftHyphen,
  kZeroWidthSpace,
  kJoiner,       // U+200C, U+200D
  kBidi,
  kControl,
  kComposes,     // may not be in composed form, or joins what stands before it
  kTail,         // may be the second character of UTF-8 that was read in another charset
  kLoneLead,     // U+00C2: all that is left of a no-break space that was misread
  kReplacement,  // U+FFFD
  kQuote,        // only where they are folded
  kDash,
};

struct Folds {
  bool quotes = false;
  bool dashes = false;
};

class CharacterTable {
 public:
  explicit CharacterTable(Folds folds);

  CharacterClass ClassOf(char32_t value) const { return value < 0x10000 ? classes_[value] : ClassOfSupplementary(value); }

 private:
  static CharacterClass ClassOfSupplementary(char32_t value);

  std::vector<CharacterClass> classes_;
};

// ' for single quotation marks, " for double ones, - for dashes; empty for anything else.
std::string_view Folded(char32_t value);

// True where a zero-width joiner or non-joiner beside the character changes how it looks: Arabic, Indic and other such scripts, emoji.
bool NeedsJoiners(char32_t value);

// Scripts without spaces that mark words with U+200B: Thai, Lao, Khmer, Burmese, Tibetan.
bool NeedsZeroWidthSpace(char32_t value);

// Han, kana, Hangul, and their punctuation.
bool IsEastAsian(char32_t value);

// Letters that are written from right to left.
bool IsRightToLeft(char32_t value);

}  // namespace garner::text_normalizer
