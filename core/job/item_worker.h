// Takes one item of the source through the pipeline: its own payload, and the payloads that decoders find inside it.
#pragma once

#include <string>
#include <vector>

#include "core/job/document_worker.h"
#include "core/manifest/plan.h"

namespace garner {

// The item's own document, then those of its children, depth first, whatever became of their parents. What is beyond a limit is a
// failed document of the stage "host". Never throws. One thread per StageSet.
std::vector<Processed> ProcessItem(SourceItem item, const StageSet& stages, const std::string& source_label,
                                   const NestedLimits& limits);

// Payload bytes of all but the first.
uint64_t ChildBytes(const std::vector<Processed>& documents);

// What the source hears of an item: the outcome of its own document, unless another one failed. A queue must not forget it then.
Outcome OutcomeOfItem(const std::vector<Processed>& documents);

}  // namespace garner
