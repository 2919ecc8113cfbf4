// Finds the blocks of a plain text.
//
//   LayOut(text, {}, [&](const TextBlock& block) { ... });
//
// Blocks come in the order of the text. Time is linear; memory is that of the longest stretch without a blank line. Pure function,
// safe from any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "garner/span.h"

namespace garner::text {

struct TextBlock {
  // The lines' text with the line breaks between them, without white space at the edges.
  Span span;
  // Line breaks inside that are to vanish without a space: between characters of scripts without spaces, after hyphens.
  std::vector<Span> seams;
  bool list_item = false;
  uint32_t level = 0;  // of a list item
  bool tight = false;  // a single line break stands before it
};

struct LayoutOptions {
  bool join_wrapped_lines = true;
};

void LayOut(std::string_view text, const LayoutOptions& options, const std::function<void(const TextBlock&)>& take);

}  // namespace garner::text
