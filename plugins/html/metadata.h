// A page's metadata: every candidate with its origin and evidence, the chosen ones marked.
#pragma once

#include <cstddef>

#include "draft_blocks.h"
#include "garner/document_builder.h"
#include "garner/stage.h"
#include "page.h"

namespace garner::html {

// Adds the candidates. Returns the index of the draft that is the chosen title, which then leaves the text; kNoDraft where none is.
size_t WriteMetadata(const Page& page, const PageText& text, size_t max_json_ld_bytes, StageContext& context, DocumentBuilder& builder);

}  // namespace garner::html
