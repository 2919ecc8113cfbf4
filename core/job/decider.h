// The second halves of the transforms that compare documents (garner::DecidingStage), one instance of each for the job.
//
//   Decider decider(plan);
//   Status status = decider.Open(folders, catalog);
//   status = decider.Remember(record);                    // of an interrupted job: each record that it kept, in order
//   status = decider.Decide(done, lap, records);          // every document, in input order
//
// What a stage remembers is the sum of its records: whoever keeps them with the documents can make the same memory again. One
// thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/job/document_worker.h"
#include "core/job/lap_clock.h"
#include "core/job/stage_host.h"
#include "core/manifest/plan.h"

namespace garner {

// What a stage remembers of one document.
struct StageRecord {
  std::string stage;  // the label in the plan
  std::string record;
};

class Decider {
 public:
  // `plan` must outlive it.
  explicit Decider(const JobPlan& plan) : plan_(plan) {}

  Status Open(const JobFolders& folders, PluginCatalog& catalog);

  // Takes a document that is ready past the second halves: its outcome may become another one. What they remember of it goes to
  // `records`. A document that was lost before is left alone. Not ok: a stage could not remember, so the job cannot go on; the
  // message names it.
  Status Decide(Processed& done, LapClock& lap, std::vector<StageRecord>& records);

  // Into the memory of its stage. Fails where there is no such stage, too.
  Status Remember(const StageRecord& record);

  struct Second {
    size_t transform;
    std::string label;  // "LABEL.decide"
    std::unique_ptr<StageHost> host;
  };
  const std::vector<Second>& stages() const { return stages_; }

 private:
  Outcome DecideOne(const Second& stage, const StageNote& note, Processed& done, std::string& record) const;

  const JobPlan& plan_;
  std::vector<Second> stages_;
};

}  // namespace garner
