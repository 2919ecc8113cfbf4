// Keeps the documents of a job that failed: their payloads, why they failed, and the plan that they failed in.
//
//   Result<std::unique_ptr<DeadLetters>> letters = DeadLetters::Open(plan, "out/failed");
//   Status status = (*letters)->Keep(*document, outcome, payload);      // any number of times
//   status = (*letters)->Finish();
//
// `plan` must outlive it. One thread.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>

#include "core/job/letter_folder.h"
#include "core/manifest/plan.h"
#include "garner/stage.h"

namespace garner {

// A payload on its way to a letter.
struct LetterPayload {
  std::string bytes;
  bool read = true;  // false: the source could not read it, `bytes` is none
};

class DeadLetters {
 public:
  // Makes the folder; fails with kIo where it cannot be written to.
  static Result<std::unique_ptr<DeadLetters>> Open(const JobPlan& plan, const std::string& folder);

  // One letter for one failed document. kIo where it cannot be written.
  Status Keep(const v1::Document& document, const Outcome& outcome, const LetterPayload& payload);

  // Once, when the last letter has been written: waits for the disk.
  Status Finish() const { return kept_.empty() ? OkStatus() : folder_.Sync(); }

 private:
  DeadLetters(const JobPlan& plan, LetterFolder folder) : plan_(plan), folder_(std::move(folder)) {}

  const JobPlan& plan_;
  LetterFolder folder_;
  // Made for the first letter: it reads every plugin's file, which a job without failures need not wait for.
  std::optional<v1::RecordedPlan> recorded_;
  std::set<std::string> kept_;  // ids, to tell where one letter takes another's place
};

// The plan without its secrets. Fails where a stage's options cannot be read.
Result<v1::RecordedPlan> RecordPlan(const JobPlan& plan);

}  // namespace garner
