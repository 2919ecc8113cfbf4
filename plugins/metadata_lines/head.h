// The head of a plain text document: everything above the first paragraph of the body.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "findings.h"

namespace garner::metadata_lines {

struct HeadSettings {
  size_t max_lines = 40;
  // Where the head begins: below the menus of a whole page, at its headline.
  size_t first_line = 0;
  // The document is a page with its menus: a headline needs more evidence than its place.
  bool whole_page = false;
  // The document has a chosen title already: repeated title lines leave, no other is chosen.
  std::string_view known_title;
  // HTML: the first line below the headline, where the decoder has taken the headline out; else past the end.
  size_t below_title = static_cast<size_t>(-1);
  // The document's authors by other evidence, folded: a line that is one of them is a byline.
  std::set<std::string> known_authors = {};
};

// Reads the head and returns the index of the first line that belongs to the body.
size_t FindHead(std::vector<Line>& lines, const HeadSettings& settings, const WordLists& lists, Findings* found);

// The same for a document that was HTML, where the decoder knows the title: only copies of the title, labelled bylines and dates
// close to it.
void FindHtmlHead(std::vector<Line>& lines, const HeadSettings& settings, Findings* found);

}  // namespace garner::metadata_lines
