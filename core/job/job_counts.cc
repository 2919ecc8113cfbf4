#include "core/job/job_counts.h"

#include "core/job/outcome_words.h"

namespace garner {
namespace {

void CountLoss(const Outcome& outcome, JobReport& report) {
  StageCounts& stage = report.stages[outcome.stage];
  const bool failed = outcome.kind == Outcome::Kind::kFailed;
  ++(failed ? report.failed : report.dropped);
  ++(failed ? stage.failed : stage.dropped);
  ++(failed ? stage.failed_by : stage.dropped_by)[outcome.reason];
  ++report.reasons[outcome.stage + ": " + outcome.reason];
}

// A child whose bytes could not be had is the failure of its parent's decoder: it counts as one that came to it.
bool IsDetected(const Processed& done) {
  if (done.restored || done.document->lineage_size() > 0 || done.outcome.stage == kDetectStage) return true;
  return done.is_child && done.outcome.stage != kHostStage;
}

}  // namespace

void CountDocument(const Processed& done, const std::string& stage, const JobPlan& plan, JobReport& report) {
  const Outcome& outcome = done.outcome;
  const bool lost = IsLost(outcome);
  bool seen = false;
  const auto meet = [&](const std::string& label) -> StageCounts& {
    StageCounts& counts = report.stages[label];
    const bool ends_here = lost && label == outcome.stage;
    seen = seen || ends_here;
    ++counts.in;
    if (!ends_here) ++counts.out;
    return counts;
  };
  ++report.read;
  if (done.is_child) {
    ++report.children;
  } else {
    report.bytes += ReadFrom(done).bytes();
    if (stage != plan.source.label) ++report.unpacked;
    meet(stage);
  }
  if (IsDetected(done)) meet(kDetectStage);
  if (done.restored) meet(done.restored->decoder);
  for (int i = done.restored ? done.restored->lineage : 0; i < done.document->lineage_size(); ++i) {
    StageCounts& counts = meet(done.document->lineage(i).stage());
    if (done.document->lineage(i).has_skipped()) ++counts.skipped;
  }
  for (const DecisionStep& step : done.decisions) {
    StageCounts& counts = meet(DecisionLabel(plan.transforms[step.transform]));
    if (step.skipped) ++counts.skipped;
  }
  if (lost && !seen) meet(outcome.stage);  // the host leaves no lineage
  if (lost) {
    CountLoss(outcome, report);
  } else {
    ++(outcome.kind == Outcome::Kind::kUnchanged ? report.unchanged : report.written);
  }
}

}  // namespace garner
