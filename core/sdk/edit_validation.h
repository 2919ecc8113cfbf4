// Checks proposed edits against the document that they were made for. Part of ApplyEdits; apart for its own tests.
#pragma once

#include "garner/status.h"
#include "garner/v1/document.pb.h"
#include "garner/v1/edits.pb.h"

namespace garner {

// OkStatus, or kInvalidEdits with the first edit that is wrong, what is wrong, and what would be valid.
Status ValidateEdits(const v1::Edits& edits, const v1::Document& document);

}  // namespace garner
