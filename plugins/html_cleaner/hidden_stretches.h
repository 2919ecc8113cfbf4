// Reads what a `<` opens besides tags: comments, declarations, processing instructions, CDATA marks, server-side code. Pure.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "garner/span.h"

namespace garner::html_cleaner {

// Searches forward for fixed strings, each search going on where the last one for the same string ended: any number of searches
// from ascending places costs one pass over the text.
class ForwardSearch {
 public:
  explicit ForwardSearch(std::string_view text) : text_(text) {}
  // Where `needle` (lower case; letters of the text match in either case) begins at or after `from`; npos where it does not.
  size_t Find(std::string_view needle, size_t from);

 private:
  struct Found {
    std::string_view needle;
    size_t from = 0;
    size_t at = 0;
  };
  std::string_view text_;
  std::vector<Found> found_;
};

struct Hidden {
  Span span;
  // Goes on beyond the text: ends with this, in a later block.
  std::string_view terminator = {};
  std::string_view rule = "tag";
};

// The stretch that begins at text[at] == '<'; `at` ascends from call to call with one `search`.
std::optional<Hidden> ReadHidden(std::string_view text, size_t at, size_t max_tag_bytes, ForwardSearch& search);

// The content of a script or style element that opened before `from`, its closing tag included.
Hidden ReadRawContent(std::string_view text, size_t from, std::string_view element, ForwardSearch& search);

}  // namespace garner::html_cleaner
