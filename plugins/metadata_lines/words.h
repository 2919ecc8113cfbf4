// A line as words: the raw token, its core without punctuation at the edges, and what the word lists say about it.
//
//   const std::vector<Word> words = lists.Split("Photo: Ida Rask");   // words[0].core == "Photo", words[0].trail == ":"
//
// Views point into the text that was given, which must outlive them. Pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace garner::metadata_lines {

// Which kinds of bytes stand in a text: a bit set that costs one look into a table for each byte, and that most questions end with.
using Marks = uint16_t;
enum Mark : Marks {
  kDigitMark = 1,          // 0 to 9
  kLetterMark = 1 << 1,    // A to Z, a to z
  kEdgeMark = 1 << 2,      // punctuation of ASCII that is no part of a word's core where it stands at its edge
  kBracketMark = 1 << 3,   // ()[]
  kEmphasisMark = 1 << 4,  // *_
  kListMark = 1 << 5,      // ,;|
  kHashMark = 1 << 6,      // #
  kSlashMark = 1 << 7,     // /
  kHyphenMark = 1 << 8,    // -
  kBraceMark = 1 << 9,     // {
  kSignMark = 1 << 10,     // the first byte of U+0080 to U+00BF: copyright signs, angle quotation marks
  kWideMark = 1 << 11,     // no ASCII
  kFarWideMark = 1 << 12,  // the first byte of what may be a digit of another script: U+0640 and beyond
  kGapMark = 1 << 13,      // the first byte of what may be white space
  kOddMark = 1 << 14,      // ASCII that folding changes otherwise than by case: controls and the grave accent
};

// Small on purpose: a document has tens of thousands. Its stretches are kept as sizes, in the order in which they stand.
class Word {
 public:
  Word() = default;
  Word(std::string_view text, size_t at, size_t lead, size_t core, size_t trail, Marks kinds)
      : begin(static_cast<uint32_t>(at)),
        marks(kinds),
        data_(text.data() + at),
        lead_(static_cast<uint32_t>(lead)),
        core_(static_cast<uint32_t>(core)),
        trail_(static_cast<uint32_t>(trail)) {}

  std::string_view raw() const { return {data_, size_t{lead_} + core_ + trail_}; }  // between white space
  // Without punctuation at either end; empty for a lone dash or colon.
  std::string_view core() const { return {data_ + lead_, core_}; }
  std::string_view lead() const { return {data_, lead_}; }                    // the punctuation before the core
  std::string_view trail() const { return {data_ + lead_ + core_, trail_}; }  // the punctuation after it
  size_t end() const { return begin + raw().size(); }
  size_t core_begin() const { return size_t{begin} + lead_; }
  size_t core_end() const { return core_begin() + core_; }

  uint32_t begin = 0;  // of `raw`, in bytes from the start of the text
  // What the word lists fill in; words without a core keep these values.
  uint32_t lists = 0;    // bit set of the lists that have a phrase beginning with this word
  uint32_t alone = 0;    // bit set of the lists that have a phrase of this word alone
  uint8_t longest = 1;  // words of the longest phrase that begins so, in any list
  bool plain = false;   // folding changes nothing: no capitals
  Marks marks = 0;      // of `raw`; known from the start
  uint64_t hash = 0;    // of the core, folded

 private:
  const char* data_ = "";
  uint32_t lead_ = 0;
  uint32_t core_ = 0;
  uint32_t trail_ = 0;
};

using Words = std::span<const Word>;

// A quick look at all words of a line: what none of them has, no parser will find.
struct Glance {
  char32_t last = 0;   // LastMark of the line
  Marks marks = 0;     // of any word
  uint32_t lists = 0;  // that have a phrase beginning with some word
};
inline bool MayHoldDigit(const Glance& glance) { return (glance.marks & (kDigitMark | kFarWideMark)) != 0; }

// The words of the text, in order, behind those that are there. Returns the marks of them all.
Marks AppendWords(std::string_view text, std::vector<Word>* words);

// The word that `size` bytes at `begin` of the text are, which hold no white space; hash and lists are left to the word lists.
Word MakeWord(std::string_view text, size_t begin, size_t size);

// The bytes of the first white space character at or after `at`, and where it begins; past the end there is none.
struct Gap {
  size_t begin = 0;
  size_t size = 0;
};
Gap NextGap(std::string_view text, size_t at);

size_t CountWords(std::string_view text);

// FoldForComparison into `out`, with a short way for ASCII and Cyrillic; true where folding changed nothing.
bool Fold(std::string_view text, std::string& out);

// StartsUpper, where the text does not begin with a letter of ASCII.
bool StartsUpperBeyondAscii(std::string_view text);
// True where the first letter is a capital or of a script without case, or where the first character is a digit.
inline bool StartsUpper(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.empty() ? 0 : text.front());
  const bool letter = (first | 0x20) >= 'a' && (first | 0x20) <= 'z';
  return letter ? first <= 'Z' : StartsUpperBeyondAscii(text);
}
bool StartsLower(std::string_view text);
// All cased letters are capitals, and there are at least two.
bool IsAllUpper(std::string_view text);
bool HasDigit(std::string_view text);
bool HasLetter(std::string_view text);
// The same of a word's core, mostly without a look at it. Neither stands at the edges that the core lacks.
inline bool HasDigit(const Word& word) {
  return (word.marks & kDigitMark) != 0 || ((word.marks & kFarWideMark) != 0 && HasDigit(word.core()));
}
inline bool HasLetter(const Word& word) {
  return (word.marks & kLetterMark) != 0 || ((word.marks & kWideMark) != 0 && HasLetter(word.core()));
}

// The last character that is no closing quotation mark, bracket or white space; 0 for none.
char32_t LastMark(std::string_view text);
bool EndsSentence(std::string_view text);

// True where one of the ASCII characters stands in the text. Faster than find_first_of, which searches `marks` for every byte.
inline bool HasAnyOf(std::string_view text, std::string_view marks) {
  uint64_t low = 0;
  uint64_t high = 0;
  for (const char mark : marks) (mark < 64 ? low : high) |= uint64_t{1} << (mark & 63);
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 && ((byte < 64 ? low : high) >> (byte & 63) & 1) != 0) return true;
  }
  return false;
}

bool IsOpeningQuote(char32_t value);
bool IsClosingQuote(char32_t value);

// Without spaces and the given ASCII characters at either end.
std::string_view StripEdges(std::string_view text, std::string_view characters);

}  // namespace garner::metadata_lines
