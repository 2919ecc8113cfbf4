// Says what the bytes were that did not become text.
#pragma once

#include <string_view>
#include <vector>

#include "garner/span.h"
#include "garner/v1/document.pb.h"

namespace garner::email {

// The gap rule that the builder is finished with.
inline constexpr std::string_view kUnnamed = "unnamed";

struct Region {
  Span source;
  // A constant; null for text: white space, or what its encoding is made of.
  const char* rule = nullptr;
};

// Names the removals that nobody claimed by the regions they lie in, cut at their edges. Regions are in order and apart; between them it is
// "mime". Linear time.
void NameRemovals(std::string_view payload, const std::vector<Region>& regions, v1::Document* document);

}  // namespace garner::email
