// Reads one tag of a page: its name, its attributes, its end.
#pragma once

#include <string_view>
#include <vector>

#include "prepared.h"

namespace garner::html {

struct ScannedTag {
  std::string_view name;
  Span source;
  bool self_closing = false;
  bool complete = false;  // false: the page ends inside the tag
};

// Reads the tag whose name begins at `name_at` (after '<' or '</'). Appends the attributes that matter to `attributes`: the first
// of each name, no more than `max_attributes` of the tag's looked at, none longer than `max_bytes`; counts the others in `ignored`.
ScannedTag ScanTag(std::string_view page, size_t tag_at, size_t name_at, size_t max_attributes, size_t max_bytes,
                   std::vector<Attribute>& attributes, uint64_t& ignored);

}  // namespace garner::html
