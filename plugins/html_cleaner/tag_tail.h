// Finds the end of a tag whose beginning is gone, at a block's start (`/> </p>`, `" class="x">`, `alt="Harbour" width="300" />`,
// `font-weight: bold;">`, `p>`) or at its end (`late. " />`, `late. /p>`). Pure; linear.
#pragma once

#include <string_view>
#include <vector>

#include "garner/span.h"

namespace garner::html_cleaner {

// One at the start and one at the end at most.
std::vector<Span> FindTagTails(std::string_view text, size_t max_tag_bytes);

// The end of a comment or CDATA section, alone or behind the name of what it ended: `-->`, `//]]>`, `end .entry-content -->`.
bool IsCommentEnd(std::string_view text);

}  // namespace garner::html_cleaner
