#include "stretches.h"

namespace garner::entity_tagger {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
// Also the bytes of letters that are not ASCII.
bool IsSmall(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }

// Whether a sentence ends before the blank at `at`: behind a word of small letters, so that neither "Mr." nor "J." is taken for
// an end, and not before one.
bool EndsSentence(std::string_view text, size_t at) {
  if (at + 1 < text.size() && text[at + 1] >= 'a' && text[at + 1] <= 'z') return false;
  if (at > 0 && (text[at - 1] == '"' || text[at - 1] == ')')) --at;
  if (at < 4 || (text[at - 1] != '.' && text[at - 1] != '!' && text[at - 1] != '?')) return false;
  return IsSmall(text[at - 2]) && IsSmall(text[at - 3]) && IsSmall(text[at - 4]);
}

bool InsideCharacter(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

}  // namespace

Span NextStretch(std::string_view text, Span rest) {
  if (rest.end - rest.begin <= kLongestStretch) return rest;
  const size_t limit = rest.begin + kLongestStretch, least = rest.begin + kLongestStretch / 2;
  size_t word_end = 0;
  for (size_t at = limit; at > least; --at) {
    if (!IsBlank(text[at])) continue;
    if (EndsSentence(text, at)) return {rest.begin, at};
    if (word_end == 0) word_end = at;
  }
  size_t end = word_end != 0 ? word_end : limit;
  while (InsideCharacter(text[end])) --end;
  return {rest.begin, end};
}

}  // namespace garner::entity_tagger
