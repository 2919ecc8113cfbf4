// A page's metadata: every candidate with its origin and evidence, the chosen ones marked.
#pragma once

#include <cstddef>

#include "draft_blocks.h"
#include "garner/document_builder.h"
#include "garner/stage.h"
#include "json_ld.h"
#include "page.h"

namespace garner::html {

struct PageMetadata {
  size_t title_draft = 0;  // the draft that is the chosen title, which then leaves the text; kNoDraft where none is
  JsonLdResult json_ld;
};

// Adds the candidates.
PageMetadata WriteMetadata(const Page& page, const PageText& text, size_t max_json_ld_bytes, StageContext& context, DocumentBuilder& builder);

}  // namespace garner::html
