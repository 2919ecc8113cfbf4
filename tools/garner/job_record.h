// What `garner explain` needs to know of a finished job: where its inputs are, and how containers among them were opened. Kept beside the results, in .garner/job.json of the
// output folder; no part of the results (it holds absolute paths).
#pragma once

#include <string>
#include <vector>

#include "core/manifest/plan.h"
#include "garner/v1/dead_letter.pb.h"

namespace garner {

// What the source's option `paths` names, absolute; the fixed part of a pattern. Empty where it has no such option.
std::vector<std::string> SourcePlaces(const JobPlan& plan);

// Best effort: a job whose record cannot be written has still succeeded.
void WriteJobRecord(const std::string& output_dir, const JobPlan& plan);

struct JobRecord {
  // The folders that uris of the job are relative to.
  std::vector<std::string> source_folders;
  // Its unpackers, as replay plans are made of them.
  v1::DeadLetter unpackers;
};

// Empty where there is none.
JobRecord ReadJobRecord(const std::string& output_dir);

}  // namespace garner
