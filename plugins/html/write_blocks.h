// Writes drafted blocks into the document.
#pragma once

#include <cstddef>
#include <limits>

#include "draft_blocks.h"
#include "garner/document_builder.h"
#include "page.h"
#include "page_links.h"

namespace garner::html {

inline constexpr size_t kNoDraft = std::numeric_limits<size_t>::max();

// Writes all drafts but the one that is the page's title, which is removed with the rule "title". What the page hides and what the
// pre-pass cut out are removals too. `document`: the builder's. `links`: null where links are not asked for.
void WriteBlocks(const Page& page, const PageText& text, size_t title_draft, DocumentBuilder& builder, v1::Document* document, PageLinks* links);

// The stretch of the page from the first to the last text of a draft.
Span DraftSource(const PageText& text, const Draft& draft);

}  // namespace garner::html
