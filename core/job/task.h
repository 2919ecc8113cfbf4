// What travels through the pipeline: one item of the source, and what became of it.
#pragma once

#include <chrono>
#include <cstdint>

#include "core/job/document_worker.h"
#include "core/job/lap_clock.h"
#include "core/job/run_job.h"

namespace garner {

struct Task {
  SourceItem item;
  uint64_t bytes = 0;  // of the payload; it may be gone by the time that the document is
  Processed done;
  LapClock lap;  // from one filter to the next
  JobWaits waited;
};

}  // namespace garner
