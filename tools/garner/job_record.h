// What `garner explain` needs to know of a finished job: where its inputs are. Kept beside the results, in .garner/job.json of the
// output folder; no part of the results (it holds absolute paths).
#pragma once

#include <string>
#include <vector>

#include "core/manifest/plan.h"

namespace garner {

// What the source's option `paths` names, absolute; the fixed part of a pattern. Empty where it has no such option.
std::vector<std::string> SourcePlaces(const JobPlan& plan);

// Best effort: a job whose record cannot be written has still succeeded.
void WriteJobRecord(const std::string& output_dir, const JobPlan& plan);

// The folders that uris of the job are relative to; empty where there is no record.
std::vector<std::string> ReadSourceFolders(const std::string& output_dir);

}  // namespace garner
