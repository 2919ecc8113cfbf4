// Takes one item of the source through the pipeline: its own payload, and the payloads that decoders find inside it.
#pragma once

#include <string>
#include <vector>

#include "core/job/document_worker.h"
#include "core/job/unpacking.h"
#include "core/manifest/plan.h"

namespace garner {

// The item's own document, then those of its children, depth first, whatever became of their parents. A child that is a container is opened,
// and has no document of its own, unless it failed or held nothing. Uses up `unpacked.item`. What is beyond a limit is a failed document of the stage "host". Never
// throws. One thread per StageSet.
std::vector<Processed> ProcessItem(Unpacked& unpacked, const StageSet& stages, const NestedLimits& limits);

// Payload bytes of all but the first.
uint64_t ChildBytes(const std::vector<Processed>& documents);

// A failure of something inside an item, as the item's own.
Outcome FailureInside(const v1::PayloadInfo& inside, Outcome failure);

// What the source hears of an item: the outcome of its own document, unless another one failed. A queue must not forget it then.
Outcome OutcomeOfItem(const std::vector<Processed>& documents);

}  // namespace garner
