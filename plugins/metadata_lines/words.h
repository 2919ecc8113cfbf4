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

struct Word {
  size_t begin = 0;        // of `raw`, in bytes from the start of the text
  std::string_view raw;    // between white space
  std::string_view core;   // without punctuation at either end; empty for a lone dash or colon
  std::string_view lead;   // the punctuation before the core
  std::string_view trail;  // the punctuation after it
  // What the word lists fill in; words without a core keep these values.
  uint64_t hash = 0;   // of the core, folded
  uint32_t lists = 0;  // bit set of the lists that have a phrase beginning with this word
  bool plain = false;  // folding changes nothing: no capitals
  size_t end() const { return begin + raw.size(); }
  size_t core_begin() const { return begin + lead.size(); }
  size_t core_end() const { return begin + lead.size() + core.size(); }
};

using Words = std::span<const Word>;

// The words of the text, in order, behind those that are there.
void AppendWords(std::string_view text, std::vector<Word>* words);

// The word that `raw`, a stretch without white space at `begin` of its text, is; hash and lists are left to the word lists.
Word MakeWord(std::string_view raw, size_t begin);

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

bool IsOpeningQuote(char32_t value);
bool IsClosingQuote(char32_t value);

// Without spaces and the given ASCII characters at either end.
std::string_view StripEdges(std::string_view text, std::string_view characters);

}  // namespace garner::metadata_lines
