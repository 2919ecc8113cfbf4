// Adds documents to the counts of a job, so that the sums of its report hold.
#pragma once

#include <string>

#include "core/job/document_worker.h"
#include "core/job/run_job.h"

namespace garner {

// The counts of the sinks are the writer's: it knows which of them took the document.
void CountDocument(const Processed& done, const std::string& source_label, JobReport& report);

}  // namespace garner
