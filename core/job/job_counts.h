// Adds documents to the counts of a job, so that the sums of its report hold.
#pragma once

#include "core/job/document_worker.h"
#include "core/job/run_job.h"

namespace garner {

// The counts of the sinks are the writer's: it knows which of them took the document.
void CountDocument(const Processed& done, const JobPlan& plan, JobReport& report);

}  // namespace garner
