// Checks what a decoder made before anything else sees it: a decoder is a plugin, and plugins are not trusted to keep the rules.
#pragma once

#include "garner/status.h"
#include "garner/v1/document.pb.h"

namespace garner {

// OkStatus, or kInternal with what is wrong: text not valid UTF-8 or with controls, blocks that do not tile the text, a source map
// that does not cover it or that points outside the payload, removals outside the payload.
Status CheckDocument(const v1::Document& document, uint64_t payload_bytes);

}  // namespace garner
