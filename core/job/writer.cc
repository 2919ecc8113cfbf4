#include "core/job/writer.h"

#include "core/job/busy_lap.h"
#include "core/job/job_counts.h"
#include "core/job/job_log.h"

namespace garner {
namespace {

// How often the times are brought up to date while the job runs.
constexpr std::chrono::seconds kUpdateEvery{1};

void LogLoss(const Processed& done) {
  const Outcome& outcome = done.outcome;
  const bool failed = outcome.kind == Outcome::Kind::kFailed;
  std::string message = (failed ? "failed (" : "dropped (") + outcome.reason + ")";
  if (!outcome.message.empty()) message += ": " + outcome.message;
  LogEvent({failed ? LogLevel::kWarning : LogLevel::kInfo, outcome.stage, done.document->source().uri(), message});
}

}  // namespace

Status Writer::OpenSinks(const JobFolders& folders, PluginCatalog& catalog) {
  for (const StagePlan& sink : plan_.sinks) {
    Result<std::unique_ptr<StageHost>> host = StageHost::Make(sink, folders, catalog);
    if (!host.ok()) return host.status();
    sinks_.push_back(*std::move(host));
  }
  return OkStatus();
}

Status Writer::OpenDeadLetters() {
  if (options_.dead_letters.empty()) return OkStatus();
  Result<std::unique_ptr<DeadLetters>> letters = DeadLetters::Open(plan_, options_.dead_letters);
  if (!letters.ok()) return Status(letters.status().kind(), "dead letters: " + letters.status().message());
  dead_letters_ = *std::move(letters);
  return OkStatus();
}

void Writer::Write(Task& task) {
  const Status status = Guarded([&] {
    WriteOne(task);
    return OkStatus();
  });
  if (!status.ok()) stop_(kHostStage, status);
}

void Writer::WriteOne(Task& task) {
  Processed& done = task.done;
  const bool lost = done.outcome.kind != Outcome::Kind::kWritten;
  if (!lost && !Deliver(*done.document, task.lap)) return;
  if (done.outcome.kind == Outcome::Kind::kFailed && !KeepLetter(done)) return;
  CountDocument(done, plan_.source.label, report_);
  if (lost) LogLoss(done);
  AddTimes(task);
  outcomes_.emplace_back(done.document->source(), std::move(done.outcome));
  ShowProgress(task.lap);
}

// False where a sink failed: the job stops, and the document is not counted.
bool Writer::Deliver(const v1::Document& document, LapClock& lap) {
  const auto fails = [this](const std::string& stage, const Status& status) {
    if (!status.ok()) stop_(stage, status);
    return !status.ok();
  };
  if (options_.on_document) {
    if (fails("output", Guarded([&] { return options_.on_document(document); }))) return false;
    lap.Take();
  }
  for (const std::unique_ptr<StageHost>& sink : sinks_) {
    const BusyLap busy(*sink, lap);
    sink->set_document(document.source().uri());
    if (fails(sink->plan().label, Guarded([&] { return sink->As<SinkStage>().Write(document); }))) return false;
  }
  for (const std::unique_ptr<StageHost>& sink : sinks_) {
    StageCounts& counts = report_.stages[sink->plan().label];
    ++counts.in;
    ++counts.out;
  }
  return true;
}

// False where the letter could not be written: the job stops, and the document is not counted.
bool Writer::KeepLetter(const Processed& done) {
  if (dead_letters_ == nullptr) return true;
  const Status status = Guarded([&] { return dead_letters_->Keep(*done.document, done.outcome, done.payload); });
  if (!status.ok()) stop_("dead letters", status);
  return status.ok();
}

void Writer::AddTimes(const Task& task) {
  report_.stages[kDetectStage].busy += task.done.detecting;
  report_.stages[kHostStage].busy += task.done.checking;
  report_.waits.head_for_room += task.waited.head_for_room;
  report_.waits.documents_for_worker += task.waited.documents_for_worker;
  report_.waits.documents_for_writer += task.waited.documents_for_writer;
}

void Writer::ShowProgress(const LapClock& lap) {
  if (!options_.on_progress) return;
  if (update_times_ && lap.last() - updated_ >= kUpdateEvery) {
    update_times_();
    updated_ = lap.last();
  }
  options_.on_progress(report_);
}

Status Writer::FinishLetters() {
  return dead_letters_ == nullptr ? OkStatus() : Guarded([this] { return dead_letters_->Finish(); });
}

bool Writer::FinishSinks() {
  LapClock lap;
  for (const std::unique_ptr<StageHost>& sink : sinks_) {
    const BusyLap busy(*sink, lap);
    sink->set_document("");
    const Status status = Guarded([&] { return sink->As<SinkStage>().Finish(); });
    if (status.ok()) continue;
    stop_(sink->plan().label, status);
    return false;
  }
  return true;
}

}  // namespace garner
