// Takes one payload through detection, its decoder and the transforms.
#pragma once

#include "core/job/stage_set.h"
#include "garner/stage.h"
#include "garner/v1/document.pb.h"

namespace garner {

struct Processed {
  v1::Document document;  // with `source` and `id` whatever the outcome
  Outcome outcome;        // kWritten: ready for the sinks
};

// Never throws: whatever goes wrong is the document's outcome. One thread per StageSet.
Processed ProcessPayload(SourceItem item, const StageSet& stages, const std::string& source_label);

}  // namespace garner
