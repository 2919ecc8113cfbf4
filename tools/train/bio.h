// Token files of named-entity corpora as texts with marked names.
//
//   for (const MarkedText& text : ReadBio("corpus.bio", Writing::kAsItIs)) ...
//
// One `token<TAB>tag` a line, an empty line between sentences. A text has so many sentences as a short article, each a block of
// its own; tokens are put together as people write them. Names of other types than PER, ORG and LOC are none. Stops the program
// where a file cannot be read.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "garner/span.h"

namespace garner::entity_tagger {

inline constexpr size_t kSentencesOfText = 20;

struct MarkedName {
  size_t begin = 0;  // bytes
  size_t end = 0;
  size_t type = 0;  // as in tag_sequence.h
};

struct MarkedText {
  std::string text;
  std::vector<Span> blocks;
  std::vector<std::vector<MarkedName>> names;  // by block
};

// Headlines and chats are written in capitals of their own.
enum class Writing { kAsItIs, kCapitals, kLowerCase, kTitleCase };

std::vector<MarkedText> ReadBio(const std::string& path, Writing writing);

}  // namespace garner::entity_tagger
