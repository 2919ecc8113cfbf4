// The report of a run, as proto/garner/v1/report.proto describes it, and the check that its counts add up.
//
//   v1::RunReport report = MakeRunReport(plan, result, {.started = started, .ended = now});
//   AddPluginHashes(plan, report);
//   WriteTo("report.json", ReportToJson(report));
//
// Pure apart from AddPluginHashes, which reads files.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "core/job/run_job.h"
#include "garner/v1/report.pb.h"

namespace garner {

struct RunSpan {
  std::chrono::system_clock::time_point started;
  // Absent while the job runs: the report says so, whatever `result.end` is.
  std::optional<std::chrono::system_clock::time_point> ended;
};

// Without peak memory and the hashes of plugins.
v1::RunReport MakeRunReport(const JobPlan& plan, const JobReport& counts, const RunSpan& span);
// Of a job that has ended.
v1::RunReport MakeRunReport(const JobPlan& plan, const JobResult& result, const RunSpan& span);

// The counts of a report, to go on with: documents, stages, reasons. Without waits.
JobReport CountsOfReport(const v1::RunReport& report);

// Reads the file of every plugin of the plan. One that has changed since it was examined gets no hash.
void AddPluginHashes(const JobPlan& plan, v1::RunReport& report);

// OK where every sum holds: documents by outcome, each stage's flow, the way from stage to stage, reasons. Else says the first that does
// not. A report that was read from outside may hold anything.
Status CheckReport(const v1::RunReport& report);

// Several lines, ending in a line break. Counts of 64 bits stand in quotes, as Protobuf's JSON has them.
std::string ReportToJson(const v1::RunReport& report);

}  // namespace garner
