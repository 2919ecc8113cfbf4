// What a heading says as a title.
#pragma once

#include <cstddef>
#include <string>

#include "draft_blocks.h"
#include "page.h"

namespace garner::html {

// The text of a heading's draft with the white space of its source, without what sites put into headings beside the title: a date, a label ("Solved"),
// a button, words for screen readers only, the mark that links to it. Where that is all, with it. No longer than `max_bytes` and its last piece.
std::string HeadingText(const Page& page, const PageText& text, const Draft& heading, size_t max_bytes);

}  // namespace garner::html
