#include "core/job/metrics_text.h"

#include <fmt/format.h>
#include <google/protobuf/util/time_util.h>

#include <cmath>
#include <utility>
#include <vector>

namespace garner {
namespace {

using Labels = std::vector<std::pair<std::string_view, std::string>>;

std::string Number(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  return fmt::format("{}", value);
}

// One file: families one after the other, each with its help and type before its samples.
class Exposition {
 public:
  explicit Exposition(const std::string& manifest) : manifest_(manifest) {}

  void Family(std::string_view name, std::string_view type, std::string_view help) {
    name_ = name;
    text_ += fmt::format("# HELP garner_{} {}\n# TYPE garner_{} {}\n", name, help, name, type);
  }
  void Sample(const Labels& labels, double value) { Add(labels, Number(value)); }
  // Whole, however large.
  void Sample(const Labels& labels, uint64_t value) { Add(labels, std::to_string(value)); }

  std::string Take() { return std::move(text_); }

 private:
  void Add(const Labels& labels, const std::string& value) {
    text_ += fmt::format("garner_{}{{manifest=\"{}\"", name_, EscapeLabelValue(manifest_));
    for (const auto& [label, text] : labels) text_ += fmt::format(",{}=\"{}\"", label, EscapeLabelValue(text));
    text_ += "} " + value + "\n";
  }

  const std::string& manifest_;
  std::string_view name_;
  std::string text_;
};

std::string LowerCase(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

double Seconds(const google::protobuf::Timestamp& time) {
  return static_cast<double>(google::protobuf::util::TimeUtil::TimestampToMilliseconds(time)) / 1000;
}

void AddRun(const v1::RunReport& report, Exposition& out) {
  out.Family("run_info", "gauge", "What runs or ran; always 1.");
  out.Sample({{"version", report.garner_version()}, {"plan_hash", report.plan_hash()}}, uint64_t{1});
  out.Family("run_state", "gauge", "1 for the state that the run is in, 0 for the others.");
  for (int state = v1::RunReport::RUNNING; state <= v1::RunReport::End_MAX; ++state)
    out.Sample({{"state", LowerCase(v1::RunReport::End_Name(static_cast<v1::RunReport::End>(state)))}}, uint64_t{report.end() == state});
  out.Family("run_start_time_seconds", "gauge", "When the run began, in seconds since 1970.");
  out.Sample({}, Seconds(report.started()));
  if (report.has_ended()) {
    out.Family("run_end_time_seconds", "gauge", "When the run ended, in seconds since 1970.");
    out.Sample({}, Seconds(report.ended()));
  }
  out.Family("workers", "gauge", "Documents worked on at the same time.");
  out.Sample({}, uint64_t{report.workers()});
  if (report.has_peak_memory_bytes()) {
    out.Family("peak_memory_bytes", "gauge", "The most memory that the process held at once.");
    out.Sample({}, report.peak_memory_bytes());
  }
}

void AddDocuments(const v1::RunReport& report, Exposition& out) {
  const v1::DocumentCounts& documents = report.documents();
  out.Family("documents_total", "counter", "Documents by outcome.");
  out.Sample({{"outcome", "written"}}, documents.written());
  out.Sample({{"outcome", "unchanged"}}, documents.unchanged());
  out.Sample({{"outcome", "dropped"}}, documents.dropped());
  out.Sample({{"outcome", "failed"}}, documents.failed());
  out.Family("child_documents_total", "counter", "Documents whose payloads stood inside others.");
  out.Sample({}, documents.children());
  out.Family("unpacked_documents_total", "counter", "Documents that came out of containers.");
  out.Sample({}, documents.unpacked());
  out.Family("payload_bytes_total", "counter", "Bytes of the payloads that the source gave.");
  out.Sample({}, report.payload_bytes());
}

void AddStages(const v1::RunReport& report, Exposition& out) {
  out.Family("stage_documents_total", "counter", "Documents that came to a stage, went on from it, ended in it, or passed it untouched.");
  for (const v1::StageReport& stage : report.stages()) {
    const std::pair<const char*, uint64_t> flows[] = {
        {"in", stage.in()}, {"out", stage.out()}, {"dropped", stage.dropped()}, {"failed", stage.failed()}, {"skipped", stage.skipped()}};
    for (const auto& [flow, documents] : flows) out.Sample({{"stage", stage.stage()}, {"flow", flow}}, documents);
  }
  out.Family("lost_documents_total", "counter", "Dropped and failed documents by stage and reason.");
  for (const v1::StageReport& stage : report.stages())
    for (const v1::Reason& reason : stage.reasons())
      out.Sample({{"stage", stage.stage()}, {"outcome", LowerCase(v1::Reason::Outcome_Name(reason.outcome()))}, {"reason", reason.reason()}}, reason.documents());
  out.Family("stage_warnings_total", "counter", "Warnings of a stage.");
  for (const v1::StageReport& stage : report.stages()) out.Sample({{"stage", stage.stage()}}, stage.warnings());
  out.Family("stage_busy_seconds_total", "counter", "Time spent in a stage, summed over the workers.");
  for (const v1::StageReport& stage : report.stages()) out.Sample({{"stage", stage.stage()}}, stage.busy_seconds());
  // A plugin may count down: no counter.
  out.Family("stage_metric", "gauge", "What a stage counted itself; once the run has ended.");
  for (const v1::StageReport& stage : report.stages())
    for (const v1::Metric& metric : stage.metrics()) out.Sample({{"stage", stage.stage()}, {"metric", metric.name()}}, metric.value());
}

void AddWaits(const v1::Waits& waits, Exposition& out) {
  out.Family("wait_seconds_total", "counter", "Time that no stage worked in; the waits of documents are summed over them.");
  out.Sample({{"wait", "head_for_room"}}, waits.head_for_room());
  out.Sample({{"wait", "head_for_input"}}, waits.head_for_input());
  out.Sample({{"wait", "documents_for_worker"}}, waits.documents_for_worker());
  out.Sample({{"wait", "documents_for_writer"}}, waits.documents_for_writer());
}

}  // namespace

std::string EscapeLabelValue(std::string_view value) {
  std::string escaped;
  for (const char c : value) {
    if (c == '\n') {
      escaped += "\\n";
      continue;
    }
    if (c == '\\' || c == '"') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string MetricsText(const v1::RunReport& report) {
  Exposition out(report.manifest());
  AddRun(report, out);
  AddDocuments(report, out);
  AddStages(report, out);
  AddWaits(report.waits(), out);
  return out.Take();
}

}  // namespace garner
