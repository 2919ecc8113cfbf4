// Applies what a stage proposed. The only code that changes a document's text: it keeps the text, the blocks, the source map, the
// annotations and the removals true to each other.
//
//   Status status = ApplyEdits(edits.proto(), "boilerplate_stripper", &document);
//
// All or nothing: invalid edits (kInvalidEdits, naming the edit and what would be valid) leave the document as it was. Pure
// function of its arguments; one thread per document.
//
// What it does beyond the letter of the edits:
// - Erasures that overlap merge; the highest score (else the earliest) gives the reason.
// - White space that an erasure leaves doubled, or at a block's edge, goes with it (not in CODE blocks).
// - A block without text goes, and the empty line after it with it; both count to the erasure's reason.
// - An annotation that any change touches goes; the others move with their text.
// - What the payload says of a rewritten stretch stays covered as long as any of its text is left.
#pragma once

#include <string_view>

#include "garner/status.h"
#include "garner/v1/document.pb.h"
#include "garner/v1/edits.pb.h"

namespace garner {

Status ApplyEdits(const v1::Edits& edits, std::string_view stage, v1::Document* document);

}  // namespace garner
