#include "core/job/writer.h"

#include "core/job/busy_lap.h"
#include "core/job/item_worker.h"
#include "core/job/job_counts.h"
#include "core/job/job_log.h"
#include "core/job/payload_name.h"

namespace garner {
namespace {

// How often the times are brought up to date while the job runs.
constexpr std::chrono::seconds kUpdateEvery{1};

void LogLoss(const Processed& done) {
  const Outcome& outcome = done.outcome;
  const bool failed = outcome.kind == Outcome::Kind::kFailed;
  std::string message = (failed ? "failed (" : "dropped (") + outcome.reason + ")";
  if (!outcome.message.empty()) message += ": " + outcome.message;
  LogEvent({failed ? LogLevel::kWarning : LogLevel::kInfo, outcome.stage, PayloadName(done.document->source()), message});
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
    WriteItem(task);
    return OkStatus();
  });
  if (!status.ok()) stop_(kHostStage, status);
}

void Writer::WriteItem(Task& task) {
  for (Processed& done : task.done)
    if (!WriteOne(done, task)) return;
  AddWaits(task.waited);
  outcomes_.emplace_back(task.done.front().document->source(), OutcomeOfItem(task.done));
  ShowProgress(task.lap);
}

// False where the job stops; the document is not counted then.
bool Writer::WriteOne(Processed& done, Task& task) {
  if (const Status status = decider_.Decide(done, task.lap, task.records); !status.ok()) {
    stop_(kHostStage, status);
    return false;
  }
  const bool lost = done.outcome.kind != Outcome::Kind::kWritten;
  if (!lost && !Deliver(*done.document, task.lap)) return false;
  if (done.outcome.kind == Outcome::Kind::kFailed && !KeepLetter(done)) return false;
  CountDocument(done, plan_, report_);
  if (lost) LogLoss(done);
  AddTimes(done);
  return true;
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
  const std::string name = PayloadName(document.source());
  for (const std::unique_ptr<StageHost>& sink : sinks_) {
    const BusyLap busy(*sink, lap);
    sink->set_document(name);
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

void Writer::AddTimes(const Processed& done) {
  report_.stages[kDetectStage].busy += done.detecting;
  report_.stages[kHostStage].busy += done.checking;
}

void Writer::AddWaits(const JobWaits& waited) {
  report_.waits.head_for_room += waited.head_for_room;
  report_.waits.documents_for_worker += waited.documents_for_worker;
  report_.waits.documents_for_writer += waited.documents_for_writer;
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
