// Finds the end of a tag whose beginning is gone: `/> </p>`, `" class="x">`, `alt="Harbour" width="300" />` at a block's start.
// Pure; linear.
#pragma once

#include <optional>
#include <string_view>

#include "garner/span.h"

namespace garner::html_cleaner {

std::optional<Span> FindTagTail(std::string_view text, size_t max_tag_bytes);

}  // namespace garner::html_cleaner
