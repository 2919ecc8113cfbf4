#include "core/job/writer.h"

#include <algorithm>

#include "core/job/busy_lap.h"
#include "core/job/item_worker.h"
#include "core/job/job_counts.h"
#include "core/job/job_log.h"
#include "core/job/outcome_words.h"
#include "core/job/payload_name.h"
#include "core/job/run_report.h"

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

Status Writer::OpenSinks(const JobFolders& folders, PluginCatalog& catalog, const std::map<std::string, std::string>* positions) {
  for (const StagePlan& sink : plan_.sinks) {
    if (positions != nullptr && positions->count(sink.label) == 0) return Status(StatusKind::kIo, sink.label + ": the journal has no position for it");
    Result<std::unique_ptr<StageHost>> host =
        positions == nullptr ? StageHost::Make(sink, folders, catalog) : StageHost::Reopen(sink, folders, catalog, positions->at(sink.label));
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
  if (!status.ok()) {
    whole_ = false;
    stop_(kHostStage, status);
  }
}

void Writer::WriteItem(Task& task) {
  for (Processed& done : task.done) {
    // A container that came out of the source and was taken apart is no document.
    if (done.outcome.kind == Outcome::Kind::kUnpacked || WriteOne(done, task)) continue;
    whole_ = false;
    return;
  }
  if (const Status status = KeepOutcomes(task); !status.ok()) {
    whole_ = false;
    stop_("journal", status);
    return;
  }
  if (const Status status = KeepResult(task); !status.ok()) {
    whole_ = false;
    stop_("cache", status);
    return;
  }
  AddWaits(task.waited);
  AddTallies(task.source_tallies);
  ++items_;
  if (!task.unpacked.inside) {
    ++report_.items;
    if (task.unpacked.stage != plan_.source.label) ++report_.containers;
  }
  uncommitted_bytes_ += task.bytes;
  if (CommitIsDue(task.lap) && !Commit(JobPhase::kRunning)) return;
  ShowProgress(task.lap);
}

// False where the job stops; the document is not counted then.
bool Writer::WriteOne(Processed& done, Task& task) {
  if (const Status status = decider_.Decide(done, task.lap, task.records); !status.ok()) {
    stop_(kHostStage, status);
    return false;
  }
  const bool lost = IsLost(done.outcome);
  if (!lost && !Deliver(*done.document, task.lap)) return false;
  if (done.outcome.kind == Outcome::Kind::kFailed && !KeepLetter(done)) return false;
  CountDocument(done, task.unpacked.stage, plan_, report_);
  if (lost) LogLoss(done);
  AddTimes(done);
  AddTallies(done.tallies);
  return true;
}

Status Writer::KeepOutcomes(const Task& task) {
  if (journal_ == nullptr) {
    if (keeps_outcomes_) KeepInMemory(task);
    return OkStatus();
  }
  for (size_t part = 0; part < task.done.size(); ++part) {
    const Processed& done = task.done[part];
    if (Status status = journal_->Add(task.number, static_cast<uint32_t>(part), ReadFrom(done), done.outcome, task.unpacked.inside); !status.ok()) return status;
  }
  for (const StageRecord& record : task.records)
    if (Status status = journal_->AddRecord(record.stage, record.record); !status.ok()) return status;
  return OkStatus();
}

// What was inside a container comes before it, and may be its failure.
void Writer::KeepInMemory(const Task& task) {
  Outcome outcome = OutcomeOfItem(task.done);
  const v1::PayloadInfo& read = ReadFrom(task.done.front());
  if (task.unpacked.inside) {
    if (failure_inside_ || outcome.kind != Outcome::Kind::kFailed) return;
    failure_inside_ = FailureInside(read, outcome);
    return;
  }
  if (failure_inside_ && outcome.kind != Outcome::Kind::kFailed) outcome = *failure_inside_;
  failure_inside_.reset();
  outcomes_.emplace_back(read, std::move(outcome));
}

Status Writer::KeepResult(const Task& task) {
  return cache_ == nullptr || task.cache_key.empty() ? OkStatus() : cache_->Use(task.cache_key, task.packed);
}

void Writer::AddTallies(const std::vector<StageTally>& tallies) {
  for (const StageTally& said : tallies) {
    StageCounts& counts = report_.stages[said.stage];
    counts.warnings += said.warnings;
    for (const auto& [metric, by] : said.metrics) counts.metrics[metric] += by;
  }
}

// --- commits ------------------------------------------------------------------------------------------------------------------

bool Writer::CommitIsDue(const LapClock& lap) const {
  if (journal_ == nullptr) return false;
  const CommitPolicy& policy = options_.commit;
  return items_ - committed_ >= policy.items || uncommitted_bytes_ >= policy.payload_bytes || lap.last() - committed_at_ >= policy.time;
}

bool Writer::Resumable() const {
  return journal_ != nullptr && std::all_of(sinks_.begin(), sinks_.end(), [](const std::unique_ptr<StageHost>& sink) { return sink->As<SinkStage>().Resumable(); });
}

Result<std::map<std::string, std::string>> Writer::CommitSinks() {
  std::map<std::string, std::string> positions;
  LapClock lap;
  for (const std::unique_ptr<StageHost>& sink : sinks_) {
    const BusyLap busy(*sink, lap);
    sink->set_document("");
    std::string position;
    const Status status = Guarded([&] {
      Result<std::string> committed = sink->As<SinkStage>().Commit();
      if (committed.ok()) position = *std::move(committed);
      return committed.status();
    });
    if (!status.ok()) return Status(status.kind(), sink->plan().label + ": " + status.message());
    positions.emplace(sink->plan().label, std::move(position));
  }
  return positions;
}

bool Writer::Commit(JobPhase phase) {
  const Status status = Guarded([&] {
    // A letter is not written again once its document is committed.
    if (letters_kept_)
      if (Status kept = dead_letters_->Finish(); !kept.ok()) return Status(kept.kind(), "dead letters: " + kept.message());
    letters_kept_ = false;
    if (cache_ != nullptr)
      if (Status kept = cache_->Commit(); !kept.ok()) return Status(kept.kind(), "cache: " + kept.message());
    if (journal_ == nullptr) return OkStatus();
    Checkpoint checkpoint;
    checkpoint.phase = phase;
    checkpoint.items = items_;
    if (Resumable()) {
      Result<std::map<std::string, std::string>> positions = CommitSinks();
      if (!positions.ok()) return positions.status();
      checkpoint.positions = *std::move(positions);
    }
    if (update_times_) update_times_();
    checkpoint.counts = MakeRunReport(plan_, report_, {});
    if (Status committed = journal_->Commit(checkpoint); !committed.ok()) return Status(committed.kind(), "journal: " + committed.message());
    committed_ = items_;
    uncommitted_bytes_ = 0;
    committed_at_ = LapClock::Clock::now();
    return OkStatus();
  });
  if (!status.ok()) {
    whole_ = false;
    stop_("", status);
  }
  return status.ok();
}

// --- delivery -----------------------------------------------------------------------------------------------------------------

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
    std::vector<StageTally> tallies;
    sink->TakeTally(tallies);
    AddTallies(tallies);
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
  letters_kept_ = true;
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
