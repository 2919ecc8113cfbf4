// A document as Markdown: CommonMark, with tables as GitHub has them.
//
//   const Markdown rendered = RenderMarkdown(document, false);
//   rendered.text.substr(rendered.Begin(entity.begin()), ...)      // the entity, with the backslashes that it needs
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "garner/v1/document.pb.h"

namespace garner {

struct Markdown {
  // Bytes of the document's text that stand in the Markdown as they are. In order of both.
  struct Stretch {
    uint64_t text = 0;
    uint64_t markdown = 0;
    uint64_t size = 0;
  };

  std::string text;
  std::vector<Stretch> stretches;

  // Where a stretch of the document's text begins and ends here. O(log stretches).
  uint64_t Begin(uint64_t place) const;
  uint64_t End(uint64_t place) const;
};

// Headings as #, list items as -, quotes as >, code fenced, rows of as many cells each as a table whose first row is its head; everything else a
// paragraph whose characters mean themselves. Annotations of the set "links" become [words](address), the first of those that overlap; none in code, none across
// blocks, lines or cells. With `title` the title stands first as a heading of level 1. Ends in a line break unless empty. Pure function,
// O(text).
Markdown RenderMarkdown(const v1::Document& document, bool title);

// Its text alone.
std::string ToMarkdown(const v1::Document& document, bool title);

// `text` with a backslash before every character that CommonMark would take for markup.
std::string EscapeMarkdown(std::string_view text);

}  // namespace garner
