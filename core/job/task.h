// What travels through the pipeline: one item of the source or of a container in it, and what became of it.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "core/job/decider.h"
#include "core/job/document_worker.h"
#include "core/job/lap_clock.h"
#include "core/job/run_job.h"
#include "core/job/unpacking.h"

namespace garner {

struct Task {
  // Or a word about a container; see unpacking.h.
  Unpacked unpacked;
  uint64_t number = 0;  // in the order of the source and its containers
  uint64_t bytes = 0;   // of the payload and those inside it; they may be gone by the time that the documents are
  std::vector<StageTally> source_tallies;  // with those of unpackers
  // Where results are kept: what names this one, and its bytes where it is new. Empty: it is not kept.
  std::string cache_key;
  std::string packed;
  std::vector<Processed> done;  // the item's own document, then those of the payloads inside it, depth first
  std::vector<StageRecord> records;  // what the deciding stages remember of these documents, in order; filled in by the writer
  LapClock lap;  // from one filter to the next
  JobWaits waited;
};

}  // namespace garner
