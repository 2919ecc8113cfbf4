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

// Small on purpose: a document has tens of thousands. Its stretches are kept as sizes, in the order in which they stand.
class Word {
 public:
  Word() = default;
  Word(std::string_view text, size_t at, size_t lead, size_t core, size_t trail)
      : begin(static_cast<uint32_t>(at)),
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
  uint16_t longest = 1;  // words of the longest phrase that begins so, in any list
  bool plain = false;    // folding changes nothing: no capitals
  uint64_t hash = 0;     // of the core, folded

 private:
  const char* data_ = "";
  uint32_t lead_ = 0;
  uint32_t core_ = 0;
  uint32_t trail_ = 0;
};

using Words = std::span<const Word>;

// The words of the text, in order, behind those that are there.
void AppendWords(std::string_view text, std::vector<Word>* words);

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

// Of a word's folded core: not for output, as it depends on the byte order of the machine.
uint64_t HashFolded(std::string_view folded);

// True where the first letter is a capital or of a script without case, or where the first character is a digit.
bool StartsUpper(std::string_view text);
bool StartsLower(std::string_view text);
// All cased letters are capitals, and there are at least two.
bool IsAllUpper(std::string_view text);
bool HasDigit(std::string_view text);
bool HasLetter(std::string_view text);

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
