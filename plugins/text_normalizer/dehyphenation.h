// Words that a line end divided, and that were joined with a space: "exam- ple".
//
//   const WordSet words(document.text());
//   FindDividedWords(block, words);      // the spans of "- " inside
//
// Only where the whole word stands elsewhere in the document: "pre- and post-war" keeps its hyphen. Linear. Pure functions.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "garner/span.h"

namespace garner::text_normalizer {

class WordSet {
 public:
  explicit WordSet(std::string_view text);
  // Case counts only in the first letter.
  bool Contains(std::string_view word) const;

 private:
  std::unordered_set<uint64_t> hashes_;
};

std::vector<Span> FindDividedWords(std::string_view block, const WordSet& words);

}  // namespace garner::text_normalizer
