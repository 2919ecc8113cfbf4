// The metadata between two lines of "---" (YAML) or "+++" (TOML) that many Markdown files begin with.
//
//   FrontMatter matter = ReadFrontMatter(text, 65536);
//   matter.end          // where the Markdown begins; 0 where there is none
//
// Reads keys at the left edge with a value, a list or a block of text each, which is what front matter is in practice; what is nested deeper
// is passed over, but for the names in a list of authors. Linear time. Pure function, safe from any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "garner/span.h"

namespace garner::markdown {

struct FrontMatterField {
  std::string key;  // as the record has it: "title", "tags" ...
  std::string value;
  Span evidence;  // of the text
};

struct FrontMatter {
  uint64_t end = 0;
  std::vector<FrontMatterField> fields;
};

// One that is longer than `max_bytes`, or holds no key at all, is none.
FrontMatter ReadFrontMatter(std::string_view text, uint64_t max_bytes);

}  // namespace garner::markdown
