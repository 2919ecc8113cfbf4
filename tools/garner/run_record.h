// What a run leaves beside its results: report.json in the output folder, and the file of metrics where one is asked for.
//
//   Result<RunRecord> record = RunRecord::Open(plan, output_dir, metrics_file);   // refuses names that cannot be taken
//   options.on_progress = [&](const JobReport& report) { record->Update(report); };
//   record->End(RunJob(plan, catalog, options));
//
// Trouble with either file costs a line of the log, not the run: its results are whole. One thread at a time. `plan` must outlive it.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "core/job/metrics_file.h"
#include "core/job/progress.h"
#include "core/job/run_report.h"
#include "garner/output_file.h"

namespace garner {

class RunRecord {
 public:
  // Takes the name report.json, so that no sink does and no second run shares the folder; writes the first metrics. `metrics_file`:
  // empty for none.
  static Result<RunRecord> Open(const JobPlan& plan, const std::string& output_dir, const std::string& metrics_file);

  // Brings the metrics up to date, every few seconds.
  void Update(const JobReport& counts);
  // Writes both. A job that was refused leaves no report.
  void End(const JobResult& result);

 private:
  explicit RunRecord(const JobPlan& plan);
  // Where the file cannot be written, that is said once, and no more metrics are written.
  void ReplaceMetrics(const v1::RunReport& report);

  const JobPlan* plan_;
  std::chrono::system_clock::time_point started_;
  Ticker ticker_;
  std::unique_ptr<OutputFile> report_;
  std::optional<MetricsFile> metrics_;
};

}  // namespace garner
