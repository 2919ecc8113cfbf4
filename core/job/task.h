// What travels through the pipeline: one item of the source, and what became of it.
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "core/job/decider.h"
#include "core/job/document_worker.h"
#include "core/job/lap_clock.h"
#include "core/job/run_job.h"

namespace garner {

struct Task {
  SourceItem item;
  uint64_t number = 0;  // of the item, in the source's order
  uint64_t bytes = 0;   // of the payload and those inside it; they may be gone by the time that the documents are
  std::vector<StageTally> source_tallies;
  std::vector<Processed> done;  // the item's own document, then those of the payloads inside it, depth first
  std::vector<StageRecord> records;  // what the deciding stages remember of these documents, in order; filled in by the writer
  LapClock lap;  // from one filter to the next
  JobWaits waited;
};

}  // namespace garner
