// What the markup around a block says about it, as far as a classifier needs it.
#pragma once

#include "draft_blocks.h"
#include "garner/v1/document.pb.h"
#include "page.h"

namespace garner::html {

// Fills everything but link_bytes, which is known once the text is written. Bounded: the path keeps its innermost 256 bytes, the
// class words are at most 32 of at most 32 bytes from the block's element and its 6 nearest ancestors.
void FillEvidence(const Page& page, const Draft& draft, v1::HtmlEvidence* evidence);

}  // namespace garner::html
