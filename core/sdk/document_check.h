// Checks what a decoder made before anything else sees it: a decoder is a plugin, and plugins are not trusted to keep the rules.
// Pure functions, safe from any thread.
#pragma once

#include <cstdint>

#include "garner/status.h"
#include "garner/v1/document.pb.h"

namespace garner {

// What Protobuf can write and read as one message.
constexpr uint64_t kMaxDocumentBytes = (uint64_t{1} << 31) - 1;

// OkStatus, or kInternal with what is wrong: text not valid UTF-8 or with controls, blocks that do not tile the text, a source map
// that does not cover it, contradicts itself or points outside the payload, removals out of order or outside the payload, metadata that is
// no text, annotations outside the text, and what is not a decoder's to make (changes, lineage).
Status CheckDocument(const v1::Document& document, uint64_t payload_bytes);

// The same for a document that was finished before, and comes back from a file; its map points into the payload that it was made of then.
Status CheckFinishedDocument(const v1::Document& document);

// OkStatus, or kLimit for a document that is larger than `max_bytes` as a message.
Status CheckDocumentSize(const v1::Document& document, uint64_t max_bytes);

}  // namespace garner
