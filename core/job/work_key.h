// Names the work of a job: the same key over the same payload gives the same document, byte for byte.
//
// In it: garner's own code, and of every stage its label, plugin file, options, condition, and the content of its data files and of the
// files that its options name. Of a program its command, the file of the program, and the files that the command names; not what those
// load in their turn. Not in it: comments and paths of the manifest, workers, limits, isolation. The libraries of the system
// are not looked at: after an upgrade of, say, libxml2, start over with --fresh.
#pragma once

#include <string>

#include "core/manifest/plan.h"

namespace garner {

struct WorkKeys {
  // Decoders and transforms: what a document is made of.
  std::string documents;
  // With source and sinks: what the job's output is made of.
  std::string job;
};

// Reads the files that the stages rest on. Fails with kUnreadable where one cannot be read.
Result<WorkKeys> MakeWorkKeys(const JobPlan& plan);

}  // namespace garner
