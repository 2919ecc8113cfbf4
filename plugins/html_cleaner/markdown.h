// Finds Markdown that nobody rendered: links and images, definitions of links, strong emphasis, and marks that hang on a
// paragraph's edge because the bracket or underscore at the other end is gone. Pure; linear.
//
//   FindMarkdown("See [the report](https://a.example/r.pdf).", false)   // `[` and `](https://a.example/r.pdf)`
#pragma once

#include <string_view>
#include <vector>

#include "find_residue.h"

namespace garner::html_cleaner {

// In order of place. `has_definitions`: the document holds lines such as `[1]: https://a.example`, so `[the report][1]` is a
// link.
std::vector<Finding> FindMarkdown(std::string_view text, bool has_definitions);

// `[1]: https://a.example/report "Report"` and nothing else.
bool IsLinkDefinition(std::string_view text);

}  // namespace garner::html_cleaner
