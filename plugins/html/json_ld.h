// Metadata candidates from a page's JSON-LD, and the texts that it holds: of the schema.org node that the page is about, and of those
// around it.
//
//   const JsonLdResult read = AddJsonLdCandidates(text, prepared.json_ld, canonical_url, {}, candidates);
//
// Of several nodes the one is taken whose type is that of a page's content (an article before a product before the page itself) and
// whose address is the page's; others fill in what it does not say. Hostile input is bounded: size, nesting, number of nodes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "candidates.h"

namespace garner::html {

struct JsonLdLimits {
  size_t max_bytes = 4194304;
  size_t max_depth = 64;
  size_t max_nodes = 20000;
};

// A text that the node holds about itself: an article's body, a product's description, an answer.
struct JsonLdText {
  std::string property;  // "articleBody", as schema.org has it
  std::string value;     // as the JSON states it: plain text, or HTML
};

struct JsonLdResult {
  uint64_t invalid = 0;  // blocks that are no JSON
  uint64_t refused = 0;  // blocks beyond a limit
  // Of the node that the page is about, in reading order, and the body of the script that they stand in.
  std::vector<JsonLdText> texts;
  Span texts_block;
};

// `blocks` are the stretches of `text` with the bodies of the scripts.
JsonLdResult AddJsonLdCandidates(std::string_view text, const std::vector<Span>& blocks, std::string_view canonical_url, const JsonLdLimits& limits,
                                 Candidates& candidates);

}  // namespace garner::html
