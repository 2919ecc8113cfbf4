// A line as words: the raw token, its core without punctuation at the edges, and the core folded for comparison.
//
//   const std::vector<Word> words = SplitWords("Photo: Ida Rask");   // words[0].folded == "photo", words[0].trail == ":"
//
// Views point into the text that was given, which must outlive them. Pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace garner::metadata_lines {

struct Word {
  size_t begin = 0;         // of `raw`, in bytes from the start of the text
  std::string_view raw;     // between white space
  std::string_view core;    // without punctuation at either end; empty for a lone dash or colon
  std::string_view lead;    // the punctuation before the core
  std::string_view trail;   // the punctuation after it
  std::string folded;       // the core, folded
  size_t end() const { return begin + raw.size(); }
  size_t core_begin() const { return begin + lead.size(); }
  size_t core_end() const { return begin + lead.size() + core.size(); }
};

std::vector<Word> SplitWords(std::string_view text);

// FoldForComparison, with a short way for ASCII and Cyrillic.
std::string Fold(std::string_view text);

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
