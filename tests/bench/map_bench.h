// What the clean text of a folder of pages is made of, and whether each claim of the source maps is true.
#pragma once

#include <cstddef>
#include <string>

namespace garner::bench {

// Prints a table, the outcomes of the pages, and hashes of all texts and documents, so that two builds can be compared. The exit status: 1
// where a claim is not true or a page has another flaw.
int MapPages(const std::string& folder, size_t every);

}  // namespace garner::bench
