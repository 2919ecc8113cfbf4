// Finds what is left of a page's scripts, style sheets and structured data whose tags are gone: runs of blocks, and stretches
// that are glued to a sentence. A document about programming has none: there code is shown on purpose.
//
//   for (const Span& span : FindPageCode(document)) ...   // bytes of document.text(), in order, never overlapping
//
// Pure; linear in the document.
#pragma once

#include <vector>

#include "garner/span.h"
#include "garner/v1/document.pb.h"

namespace garner::html_cleaner {

std::vector<Span> FindPageCode(const v1::Document& document);

}  // namespace garner::html_cleaner
