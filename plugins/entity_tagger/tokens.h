// Words, numbers and punctuation of a stretch of text, with what the rules ask of each.
//
//   Tokens tokens;
//   Tokenize(text, {block.begin(), block.end()}, tokens);
//
// A possessive ending ('s, or the apostrophe after s) is a token of its own, so that it stays outside a name. Hyphens stay inside
// a word (Jean-Luc) and part a number from what follows (30-year); dashes and doubled hyphens always part. A full stop belongs to
// initials and to known abbreviations (J., U.S., Mr.), else it is punctuation. Offsets are bytes of the text. Time is linear.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "garner/span.h"

namespace garner::entity_tagger {

struct Token {
  enum Type : uint8_t { kWord, kNumber, kPossessive, kPunctuation };
  uint64_t begin = 0;
  uint64_t end = 0;
  uint64_t hash = 0;   // of the folded form
  uint32_t kinds = 0;  // what the lists say of the word alone (lists.h)
  Type type = kPunctuation;
  bool capital = false;   // begins with an upper-case letter
  bool all_caps = false;  // two letters or more, none of them lower case
  bool initial = false;   // one capital and a full stop
  bool full_stop = false;  // a word that ends with one of its own: an initial, an abbreviation
  bool caseless = false;  // of a script without capitals
  bool space_before = false;
  bool sentence_start = false;  // its capital says nothing: first word of a sentence or a quotation
  bool glued = false;           // stands after an apostrophe or slash without a space
  char mark = 0;                // kPunctuation: the character where it is ASCII, '"' for any quotation mark, '-' for any dash
};

using Tokens = std::vector<Token>;

// Replaces `tokens`. `span` lies in the text at character boundaries.
void Tokenize(std::string_view text, Span span, Tokens& tokens);

inline std::string_view View(std::string_view text, const Token& token) {
  return text.substr(token.begin, token.end - token.begin);
}

}  // namespace garner::entity_tagger
