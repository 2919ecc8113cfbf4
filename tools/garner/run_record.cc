#include "tools/garner/run_record.h"

#include <utility>

#include "core/job/job_log.h"
#include "core/job/metrics_text.h"
#include "core/job/peak_memory.h"

namespace garner {
namespace {

constexpr char kReportName[] = "report.json";
constexpr std::chrono::seconds kMetricsEvery{5};

void AddPeakMemory(v1::RunReport& report) {
  if (const std::optional<uint64_t> peak = PeakMemoryBytes()) report.set_peak_memory_bytes(*peak);
}

Status WriteReport(OutputFile& file, const v1::RunReport& report) {
  Status status = file.Write(ReportToJson(report));
  return status.ok() ? file.Finish() : status;
}

}  // namespace

RunRecord::RunRecord(const JobPlan& plan)
    : plan_(&plan), started_(std::chrono::system_clock::now()), ticker_({kMetricsEvery, kMetricsEvery}, std::chrono::steady_clock::now()) {}

Result<RunRecord> RunRecord::Open(const JobPlan& plan, const std::string& output_dir, const std::string& metrics_file) {
  RunRecord record(plan);
  Result<std::unique_ptr<OutputFile>> report = OutputFile::Create(output_dir, kReportName);
  if (!report.ok()) return report.status();
  record.report_ = *std::move(report);
  if (metrics_file.empty()) return record;
  Result<MetricsFile> metrics = MetricsFile::Open(metrics_file);
  if (!metrics.ok()) return metrics.status();
  record.metrics_ = *std::move(metrics);
  const v1::RunReport first = MakeRunReport(plan, JobReport(), {.started = record.started_, .ended = {}});
  if (Status status = record.metrics_->Replace(MetricsText(first)); !status.ok()) return status;
  return record;
}

void RunRecord::Update(const JobReport& counts) {
  if (!metrics_ || !ticker_.Due(std::chrono::steady_clock::now())) return;
  v1::RunReport report = MakeRunReport(*plan_, counts, {.started = started_, .ended = {}});
  AddPeakMemory(report);
  ReplaceMetrics(report);
}

void RunRecord::End(const JobResult& result) {
  v1::RunReport report = MakeRunReport(*plan_, result, {.started = started_, .ended = std::chrono::system_clock::now()});
  AddPeakMemory(report);
  if (const Status sums = CheckReport(report); !sums.ok()) LogLine(LogLevel::kError, sums.message());
  if (result.end != JobEnd::kRefused) {
    AddPluginHashes(*plan_, report);
    if (const Status status = WriteReport(*report_, report); !status.ok()) LogLine(LogLevel::kError, "the run's report: " + status.message());
  }
  report_.reset();
  ReplaceMetrics(report);
}

void RunRecord::ReplaceMetrics(const v1::RunReport& report) {
  if (!metrics_) return;
  const Status status = metrics_->Replace(MetricsText(report));
  if (status.ok()) return;
  LogLine(LogLevel::kError, status.message());
  metrics_.reset();
}

}  // namespace garner
