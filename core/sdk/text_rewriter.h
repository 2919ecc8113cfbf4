// Writes what an EditPlan says: the new text with its source map, blocks and annotations, and the removals and changes that account for
// the difference. Part of ApplyEdits; cannot fail.
#pragma once

#include <string_view>

#include "core/sdk/edit_plan.h"
#include "garner/v1/document.pb.h"
#include "garner/v1/edits.pb.h"

namespace garner {

// `plan` was made for these edits and this document. `stage` stands in every removal and change.
void RewriteText(const EditPlan& plan, const v1::Edits& edits, std::string_view stage, v1::Document* document);

}  // namespace garner
