// Where the sentences of a block begin and end, in tokens.
//
//   for (const TokenRange& sentence : SentencesOf(tokens)) ...
//
// A full stop that belongs to an abbreviation or initial is part of its word (tokens.h) and ends nothing, unless a word follows that goes on with no
// name; nor does one between a word such as "No." and its number. The tokens know their kinds (LookUpKinds). Ranges follow each
// other without gaps and are at most kLongestSentence tokens long, so that what works on one sentence stays small. Linear, pure.
#pragma once

#include <cstddef>
#include <vector>

#include "tokens.h"

namespace garner::entity_tagger {

inline constexpr size_t kLongestSentence = 256;

struct TokenRange {
  size_t begin = 0;
  size_t end = 0;
};

std::vector<TokenRange> SentencesOf(const Tokens& tokens);

}  // namespace garner::entity_tagger
