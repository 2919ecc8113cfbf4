// From decoded text to a document: the way through this plugin.
#pragma once

#include "garner/decoded_text.h"
#include "garner/stage.h"
#include "garner_plugins/html/options.pb.h"

namespace garner::html {

// `xml`: the page is application/xhtml+xml.
Status DecodePage(const DecodedText& decoded, bool xml, const HtmlOptions& options, StageContext& context, v1::Document* document);

}  // namespace garner::html
