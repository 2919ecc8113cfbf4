// A document as CommonMark.
#pragma once

#include <string>
#include <string_view>

#include "garner/v1/document.pb.h"

namespace garner {

// Headings as #, list items as -, quotes as >, code fenced; everything else a paragraph whose characters mean themselves. With
// `title` the title stands first as a heading of level 1. Ends in a line break unless empty. Pure function, O(text).
std::string ToMarkdown(const v1::Document& document, bool title);

// `text` with a backslash before every character that CommonMark would take for markup.
std::string EscapeMarkdown(std::string_view text);

}  // namespace garner
