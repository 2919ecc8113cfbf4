// Adds documents to the counts of a job, so that the sums of its report hold.
#pragma once

#include <string>

#include "core/job/document_worker.h"
#include "core/job/run_job.h"

namespace garner {

// `stage`: what gave the item that the document belongs to, the source or an unpacker. The counts of the sinks are the writer's: it knows
// which of them took the document.
void CountDocument(const Processed& done, const std::string& stage, const JobPlan& plan, JobReport& report);

}  // namespace garner
