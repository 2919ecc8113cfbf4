#include "core/job/run_report.h"

#include <fmt/format.h>
#include <google/protobuf/util/json_util.h>

#include <map>
#include <vector>

#include "core/job/document_worker.h"
#include "core/job/plan_hash.h"
#include "core/plugin/plugin_file.h"
#include "garner/build_tag.h"
#include "garner/escape.h"

namespace garner {
namespace {

using v1::StageReport;

double Seconds(std::chrono::nanoseconds time) { return std::chrono::duration<double>(time).count(); }

void SetTime(std::chrono::system_clock::time_point time, google::protobuf::Timestamp& to) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  // Milliseconds: more would only look exact.
  const auto rest = std::chrono::duration_cast<std::chrono::milliseconds>(time - seconds);
  to.set_seconds(seconds.time_since_epoch().count());
  to.set_nanos(static_cast<int32_t>(std::chrono::nanoseconds(rest).count()));
}

// --- what ran ---------------------------------------------------------------------------------------------------------------

// In the order in which documents meet them.
std::vector<std::pair<StageReport::Role, const StagePlan*>> StagesOf(const JobPlan& plan) {
  std::vector<std::pair<StageReport::Role, const StagePlan*>> stages = {{StageReport::SOURCE, &plan.source}};
  for (const StagePlan& stage : plan.unpackers) stages.emplace_back(StageReport::UNPACKER, &stage);
  stages.emplace_back(StageReport::DETECTION, nullptr);
  for (const StagePlan& stage : plan.decoders) stages.emplace_back(StageReport::DECODER, &stage);
  for (const StagePlan& stage : plan.transforms) stages.emplace_back(StageReport::TRANSFORM, &stage);
  for (const StagePlan& stage : plan.transforms)
    if (Decides(stage)) stages.emplace_back(StageReport::DECISION, &stage);
  stages.emplace_back(StageReport::HOST, nullptr);
  for (const StagePlan& stage : plan.sinks) stages.emplace_back(StageReport::SINK, &stage);
  return stages;
}

std::map<std::string, const PluginFile*> PluginsOf(const JobPlan& plan) {
  std::map<std::string, const PluginFile*> plugins;
  for (const auto& [role, stage] : StagesOf(plan))
    if (stage != nullptr) plugins.emplace(stage->plugin->manifest.name(), stage->plugin);
  return plugins;
}

// --- what became of it ------------------------------------------------------------------------------------------------------

v1::RunReport::End EndOf(JobEnd end) {
  switch (end) {
    case JobEnd::kFinished: return v1::RunReport::FINISHED;
    case JobEnd::kRefused: return v1::RunReport::REFUSED;
    case JobEnd::kStopped: return v1::RunReport::STOPPED;
    case JobEnd::kInterrupted: return v1::RunReport::INTERRUPTED;
  }
  return v1::RunReport::END_UNSPECIFIED;
}

void AddReasons(const std::map<std::string, uint64_t>& reasons, v1::Reason::Outcome outcome, StageReport& stage) {
  for (const auto& [reason, documents] : reasons) {
    v1::Reason* added = stage.add_reasons();
    added->set_outcome(outcome);
    added->set_reason(EscapeForTerminal(reason));  // whatever bytes a plugin takes for a word
    added->set_documents(documents);
  }
}

void FillIn(const StageCounts& counts, StageReport& stage) {
  stage.set_in(counts.in);
  stage.set_out(counts.out);
  stage.set_dropped(counts.dropped);
  stage.set_failed(counts.failed);
  stage.set_skipped(counts.skipped);
  stage.set_warnings(counts.warnings);
  stage.set_busy_seconds(Seconds(counts.busy));
  AddReasons(counts.dropped_by, v1::Reason::DROPPED, stage);
  AddReasons(counts.failed_by, v1::Reason::FAILED, stage);
  for (const auto& [name, value] : counts.metrics) {
    v1::Metric* metric = stage.add_metrics();
    metric->set_name(EscapeForTerminal(name));
    metric->set_value(value);
  }
}

// The opposite of FillIn.
void ReadBack(const StageReport& stage, JobReport& report) {
  StageCounts& counts = report.stages[stage.stage()];
  counts.in = stage.in();
  counts.out = stage.out();
  counts.dropped = stage.dropped();
  counts.failed = stage.failed();
  counts.skipped = stage.skipped();
  counts.warnings = stage.warnings();
  counts.busy = std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::duration<double>(stage.busy_seconds()));
  for (const v1::Reason& reason : stage.reasons()) {
    const bool dropped = reason.outcome() == v1::Reason::DROPPED;
    (dropped ? counts.dropped_by : counts.failed_by)[reason.reason()] += reason.documents();
    report.reasons[stage.stage() + ": " + reason.reason()] += reason.documents();
  }
  for (const v1::Metric& metric : stage.metrics()) counts.metrics[metric.name()] += metric.value();
}

StageCounts CountsOf(const JobReport& counts, const std::string& label) {
  const auto found = counts.stages.find(label);
  return found == counts.stages.end() ? StageCounts() : found->second;
}

std::string LabelOf(StageReport::Role role, const StagePlan* planned) {
  if (role == StageReport::DETECTION) return kDetectStage;
  if (role == StageReport::HOST) return kHostStage;
  return role == StageReport::DECISION ? DecisionLabel(*planned) : planned->label;
}

void AddStages(const JobPlan& plan, const JobReport& counts, v1::RunReport& report) {
  for (const auto& [role, planned] : StagesOf(plan)) {
    StageReport* stage = report.add_stages();
    stage->set_stage(LabelOf(role, planned));
    stage->set_role(role);
    if (planned != nullptr) stage->set_plugin(planned->plugin->manifest.name());
    FillIn(CountsOf(counts, stage->stage()), *stage);
  }
}

void AddWaits(const JobPlan& plan, const JobReport& counts, v1::Waits& waits) {
  waits.set_head_for_room(Seconds(counts.waits.head_for_room));
  waits.set_head_for_input(Seconds(CountsOf(counts, plan.source.label).busy));
  waits.set_documents_for_worker(Seconds(counts.waits.documents_for_worker));
  waits.set_documents_for_writer(Seconds(counts.waits.documents_for_writer));
}

// --- the sums ---------------------------------------------------------------------------------------------------------------

// Collects the first sum that does not hold.
class Sums {
 public:
  void Expect(bool holds, const std::string& stage, const std::string& sum) {
    if (holds || !status_.ok()) return;
    status_ = Status(StatusKind::kInternal, "the report does not add up: " + (stage.empty() ? "" : EscapeForTerminal(stage, 100) + ": ") + sum);
  }
  // For sums of numbers.
  void Equal(uint64_t left, uint64_t right, const std::string& stage, std::string_view sum) {
    Expect(left == right, stage, fmt::format("{} ({} and {})", sum, left, right));
  }
  Status Take() const { return status_; }

 private:
  Status status_;
};

void CheckReasons(const StageReport& stage, Sums& sums) {
  uint64_t dropped = 0;
  uint64_t failed = 0;
  for (const v1::Reason& reason : stage.reasons()) (reason.outcome() == v1::Reason::DROPPED ? dropped : failed) += reason.documents();
  sums.Equal(stage.dropped(), dropped, stage.stage(), "dropped = the sum of its reasons");
  sums.Equal(stage.failed(), failed, stage.stage(), "failed = the sum of its reasons");
}

void CheckStage(const StageReport& stage, Sums& sums) {
  sums.Equal(stage.in(), stage.out() + stage.dropped() + stage.failed(), stage.stage(), "in = out + dropped + failed");
  sums.Expect(stage.skipped() <= stage.out(), stage.stage(), "skipped <= out");
  CheckReasons(stage, sums);
}

// What several decoders take in and give out is one step of the way, and so is what the source and the unpackers give.
struct Step {
  std::string name;
  uint64_t in = 0;
  uint64_t out = 0;
};

std::string StepName(const StageReport& stage) {
  switch (stage.role()) {
    case StageReport::SOURCE: case StageReport::UNPACKER: return "source and unpackers";
    case StageReport::DECODER: return "decoders";
    default: return stage.stage();
  }
}

std::vector<Step> StepsOf(const v1::RunReport& report) {
  std::vector<Step> steps;
  for (const StageReport& stage : report.stages()) {
    if (stage.role() == StageReport::HOST || stage.role() == StageReport::SINK) continue;
    const std::string name = StepName(stage);
    if (steps.empty() || steps.back().name != name) steps.push_back({name});
    steps.back().in += stage.in();
    steps.back().out += stage.out();
  }
  return steps;
}

// Between two steps documents get lost to the host only.
void CheckWay(const v1::RunReport& report, uint64_t lost_to_host, Sums& sums) {
  uint64_t before = report.documents().read() - report.documents().children();
  uint64_t lost = 0;
  for (const Step& step : StepsOf(report)) {
    if (step.name == kDetectStage) before += report.documents().children();
    sums.Expect(step.in <= before, step.name, fmt::format("no more comes in than the stage before it gave out ({} and {})", step.in, before));
    lost += before - step.in;
    before = step.out;
  }
  const uint64_t written = report.documents().written() + report.documents().unchanged();
  sums.Expect(written <= before, "", fmt::format("no more is written than the last stage gave out ({} and {})", written, before));
  sums.Equal(lost + before - written, lost_to_host, kHostStage, "in = the documents that went into no stage and are not written");
}

}  // namespace

v1::RunReport MakeRunReport(const JobPlan& plan, const JobReport& counts, const RunSpan& span) {
  v1::RunReport report;
  report.set_manifest(plan.name);
  report.set_plan_hash(PlanHash(plan));
  report.set_garner_version(GARNER_SDK_VERSION);
  for (const auto& [name, file] : PluginsOf(plan)) {
    v1::PluginFileReport* plugin = report.add_plugins();
    plugin->set_name(name);
    plugin->set_version(file->manifest.version());
  }
  SetTime(span.started, *report.mutable_started());
  if (span.ended) SetTime(*span.ended, *report.mutable_ended());
  report.set_end(v1::RunReport::RUNNING);
  report.mutable_documents()->set_read(counts.read);
  report.mutable_documents()->set_written(counts.written);
  report.mutable_documents()->set_unchanged(counts.unchanged);
  report.mutable_documents()->set_dropped(counts.dropped);
  report.mutable_documents()->set_failed(counts.failed);
  report.mutable_documents()->set_children(counts.children);
  report.mutable_documents()->set_unpacked(counts.unpacked);
  report.mutable_documents()->set_items(counts.items);
  report.mutable_documents()->set_containers(counts.containers);
  report.set_payload_bytes(counts.bytes);
  AddStages(plan, counts, report);
  AddWaits(plan, counts, *report.mutable_waits());
  report.set_workers(counts.workers);
  report.set_resumed(counts.resumed);
  return report;
}

v1::RunReport MakeRunReport(const JobPlan& plan, const JobResult& result, const RunSpan& span) {
  v1::RunReport report = MakeRunReport(plan, result.report, span);
  report.set_end(EndOf(result.end));
  if (!result.status.ok()) report.set_message(EscapeForTerminal(result.status.message()));
  return report;
}

JobReport CountsOfReport(const v1::RunReport& report) {
  JobReport counts;
  counts.read = report.documents().read();
  counts.written = report.documents().written();
  counts.unchanged = report.documents().unchanged();
  counts.dropped = report.documents().dropped();
  counts.failed = report.documents().failed();
  counts.children = report.documents().children();
  counts.unpacked = report.documents().unpacked();
  counts.items = report.documents().items();
  counts.containers = report.documents().containers();
  counts.bytes = report.payload_bytes();
  for (const StageReport& stage : report.stages()) ReadBack(stage, counts);
  return counts;
}

void AddPluginHashes(const JobPlan& plan, v1::RunReport& report) {
  const std::map<std::string, const PluginFile*> plugins = PluginsOf(plan);
  for (v1::PluginFileReport& plugin : *report.mutable_plugins()) {
    const auto found = plugins.find(plugin.name());
    if (found == plugins.end()) continue;
    if (const Result<std::string> hash = PluginSha256(*found->second); hash.ok()) plugin.set_sha256(*hash);
  }
}

Status CheckReport(const v1::RunReport& report) {
  const v1::DocumentCounts& documents = report.documents();
  Sums sums;
  const uint64_t to_sinks = documents.written() + documents.unchanged();
  sums.Equal(documents.read(), to_sinks + documents.dropped() + documents.failed(), "", "read = written + unchanged + dropped + failed");
  uint64_t dropped = 0;
  uint64_t failed = 0;
  uint64_t lost_to_host = 0;
  uint64_t from_source = 0;
  uint64_t from_unpackers = 0;
  for (const StageReport& stage : report.stages()) {
    CheckStage(stage, sums);
    if (stage.role() == StageReport::SOURCE) from_source += stage.in();
    if (stage.role() == StageReport::UNPACKER) from_unpackers += stage.in();
    dropped += stage.dropped();
    failed += stage.failed();
    if (stage.role() == StageReport::HOST) lost_to_host += stage.in();
    if (stage.role() == StageReport::SINK) sums.Equal(stage.in(), to_sinks, stage.stage(), "in = written + unchanged");
  }
  sums.Expect(documents.children() <= documents.read(), "", "children <= read");
  sums.Equal(documents.unpacked(), from_unpackers, "", "unpacked = what unpackers gave");
  // Of a job that stopped the last item may have come through in part.
  const uint64_t in_part = report.end() == v1::RunReport::STOPPED ? 1 : 0;
  const uint64_t items = from_source + documents.containers();
  sums.Expect(documents.items() <= items && items <= documents.items() + in_part, "",
              fmt::format("items = what the source gave to stages + containers ({} and {})", documents.items(), items));
  sums.Equal(documents.dropped(), dropped, "", "dropped = the sum over the stages");
  sums.Equal(documents.failed(), failed, "", "failed = the sum over the stages");
  CheckWay(report, lost_to_host, sums);
  return sums.Take();
}

std::string ReportToJson(const v1::RunReport& report) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  options.preserve_proto_field_names = true;
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(report, &json, options);
  return status.ok() ? json : "{}\n";
}

}  // namespace garner
