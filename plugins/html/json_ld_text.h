// The text of what a page is about, from its JSON-LD, for pages that do not show it: those that a script fills in later.
#pragma once

#include "draft_blocks.h"
#include "garner/document_builder.h"
#include "garner/status.h"
#include "garner_plugins/html/options.pb.h"
#include "json_ld.h"
#include "page.h"

namespace garner::html {

// Writes the texts as blocks, traced to the script that holds them, if they are longer than all the text that the page shows. A text with
// tags in it is read as HTML; in one without, each line is a paragraph. The element of the blocks is a `script` whose class words are
// the text's property ("articlebody"). Fails as ParsePage does.
Status WriteJsonLdTexts(const Page& page, const PageText& shown, const JsonLdResult& read, const HtmlOptions& options, DocumentBuilder& builder,
                        v1::Document* document);

}  // namespace garner::html
