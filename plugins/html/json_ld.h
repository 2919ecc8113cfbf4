// Metadata candidates from a page's JSON-LD: the schema.org node that the page is about, and those around it.
//
//   const JsonLdResult read = AddJsonLdCandidates(text, prepared.json_ld, canonical_url, {}, candidates);
//
// Of several nodes the one is taken whose type is that of a page's content (an article before a product before the page itself) and
// whose address is the page's; others fill in what it does not say. Hostile input is bounded: size, nesting, number of nodes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "candidates.h"

namespace garner::html {

struct JsonLdLimits {
  size_t max_bytes = 4194304;
  size_t max_depth = 64;
  size_t max_nodes = 20000;
};

struct JsonLdResult {
  uint64_t invalid = 0;  // blocks that are no JSON
  uint64_t refused = 0;  // blocks beyond a limit
};

// `blocks` are the stretches of `text` with the bodies of the scripts.
JsonLdResult AddJsonLdCandidates(std::string_view text, const std::vector<Span>& blocks, std::string_view canonical_url, const JsonLdLimits& limits,
                                 Candidates& candidates);

}  // namespace garner::html
