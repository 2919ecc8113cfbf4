#include "core/job/job_counts.h"

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

}  // namespace

void CountDocument(const Processed& done, const std::string& source_label, JobReport& report) {
  const Outcome& outcome = done.outcome;
  const bool lost = outcome.kind != Outcome::Kind::kWritten;
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
  report.bytes += done.document->source().bytes();
  meet(source_label);
  if (done.document->lineage_size() > 0 || outcome.stage == kDetectStage) meet(kDetectStage);
  for (const v1::Lineage& lineage : done.document->lineage()) {
    StageCounts& counts = meet(lineage.stage());
    if (lineage.has_skipped()) ++counts.skipped;
  }
  if (lost && !seen) meet(outcome.stage);  // the host leaves no lineage
  if (lost) {
    CountLoss(outcome, report);
  } else {
    ++report.written;
  }
}

}  // namespace garner
