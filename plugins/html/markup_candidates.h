// Metadata candidates from a page's markup: meta and link elements, the title element, headings, time elements, microdata.
#pragma once

#include "candidates.h"
#include "draft_blocks.h"
#include "page.h"

namespace garner::html {

void AddMarkupCandidates(const Page& page, const PageText& text, Candidates& candidates);

// The text of a draft with the white space of its source, no piece more than `max_bytes` need.
std::string DraftText(const Page& page, const PageText& text, const Draft& draft, size_t max_bytes);

}  // namespace garner::html
