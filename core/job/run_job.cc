#include "core/job/run_job.h"

#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <cassert>
#include <memory>
#include <mutex>
#include <new>
#include <thread>
#include <utility>
#include <vector>

#include "core/job/busy_lap.h"
#include "core/job/dead_letters.h"
#include "core/job/document_worker.h"
#include "core/job/hand_off.h"
#include "core/job/job_log.h"
#include "core/job/run_report.h"
#include "core/job/stage_set.h"
#include "garner/escape.h"

#ifdef GARNER_TSAN
// The engine hands its own filter objects to its threads unseen. Only races whose innermost frame makes such an object are meant:
// a race of ours inside a filter still shows.
extern "C" const char* __tsan_default_suppressions() { return "race_top:concrete_filter\nrace_top:filter_node_leaf\n"; }
extern "C" const char* __tsan_default_options() { return "history_size=7"; }  // or the frame that makes it is forgotten
#endif

namespace garner {
namespace {

// How often the times are brought up to date while the job runs.
constexpr std::chrono::seconds kUpdateEvery{1};

// What travels through the pipeline.
struct Task {
  SourceItem item;
  uint64_t bytes = 0;  // of the payload; it may be gone by the time that the document is
  Processed done;
  LapClock lap;  // from one filter to the next
  JobWaits waited;
};

// Stage sets that no worker is using. Not tied to threads: a worker takes one for one document.
class StageSetPool {
 public:
  void Add(std::unique_ptr<StageSet> set) {
    all_.push_back(std::move(set));
    free_.push_back(all_.back().get());
  }
  StageSet* Take() {
    const std::lock_guard<std::mutex> lock(mutex_);
    StageSet* set = free_.back();
    free_.pop_back();
    return set;
  }
  void Return(StageSet* set) {
    const std::lock_guard<std::mutex> lock(mutex_);
    free_.push_back(set);
  }
  const std::vector<std::unique_ptr<StageSet>>& all() const { return all_; }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<StageSet>> all_;
  std::vector<StageSet*> free_;
};

class JobRunner {
 public:
  JobRunner(const JobPlan& plan, PluginCatalog& catalog, const RunOptions& options)
      : plan_(plan), catalog_(catalog), options_(options), folders_{plan.manifest_dir, options.output_dir} {}

  JobResult Run() {
    result_.report.workers = static_cast<uint32_t>(Workers());
    if (Status status = Guarded([this] { return Open(); }); !status.ok()) return {JobEnd::kRefused, status, {}};
    const Status engine = Guarded([this] {
      RunPipeline();
      return OkStatus();
    });
    if (!engine.ok()) Stop(kHostStage, engine);
    if (result_.status.ok() && !source_status_.ok()) Stop(plan_.source.label, source_status_);
    if (result_.status.ok() && Interrupted()) {
      result_.end = JobEnd::kInterrupted;
      result_.status = Status(StatusKind::kIo, "interrupted; the output of an earlier run, if any, is as it was");
    }
    FinishLetters();
    if (result_.end == JobEnd::kFinished) Finish();
    if (result_.end == JobEnd::kFinished) Acknowledge();
    UpdateTimes();
    AddMetrics();
    assert(CheckReport(MakeRunReport(plan_, result_, {})).ok());
    return std::move(result_);
  }

 private:
  size_t Workers() const {
    const size_t cores = std::max(1U, std::thread::hardware_concurrency());
    return plan_.limits.workers > 0 ? plan_.limits.workers : cores;
  }

  Status Open() {
    Result<std::unique_ptr<StageHost>> source = StageHost::Make(plan_.source, folders_, catalog_);
    if (!source.ok()) return source.status();
    source_ = *std::move(source);
    result_.report.total = source_->As<SourceStage>().Total();
    for (size_t i = 0; i < Workers(); ++i) {
      Result<std::unique_ptr<StageSet>> set = StageSet::Open(plan_, folders_, catalog_);
      if (!set.ok()) return set.status();
      if (i == 0) LogIsolation(**set);
      pool_.Add(*std::move(set));
    }
    for (const StagePlan& sink : plan_.sinks) {
      Result<std::unique_ptr<StageHost>> host = StageHost::Make(sink, folders_, catalog_);
      if (!host.ok()) return host.status();
      sinks_.push_back(*std::move(host));
    }
    NameStages();
    return OpenDeadLetters();  // last: a job that is refused leaves no folder behind
  }

  Status OpenDeadLetters() {
    if (options_.dead_letters.empty()) return OkStatus();
    Result<std::unique_ptr<DeadLetters>> letters = DeadLetters::Open(plan_, options_.dead_letters);
    if (!letters.ok()) return Status(letters.status().kind(), "dead letters: " + letters.status().message());
    dead_letters_ = *std::move(letters);
    return OkStatus();
  }

  // So that a stage that nothing reaches is in the report too.
  void NameStages() {
    std::map<std::string, StageCounts>& stages = result_.report.stages;
    for (const std::string& label : {std::string(kDetectStage), std::string(kHostStage), plan_.source.label}) stages[label];
    for (const std::vector<StagePlan>* plans : {&plan_.decoders, &plan_.transforms, &plan_.sinks})
      for (const StagePlan& stage : *plans) stages[stage.label];
  }

  static void LogIsolation(const StageSet& set) {
    if (set.worker() == nullptr) return;
    LogLine(set.worker()->sandbox_is_whole() ? LogLevel::kInfo : LogLevel::kWarning, EscapeForTerminal(set.worker()->DescribeSandbox()));
  }

  // In rounds: a round ends where enough bytes are in flight, and the next one begins when all of them are written. Waiting in
  // the head instead could wait for ever: the thread that waits may be the one that the engine would give the work to.
  void RunPipeline() {
    head_lap_.Take();
    const tbb::global_control parallelism(tbb::global_control::max_allowed_parallelism, Workers());
    tbb::task_arena arena(
        static_cast<int>(Workers()));  // the engine's own has a place for each core, however many workers are asked for
    const size_t in_flight = std::max<size_t>(1, plan_.limits.documents);
    while (!ended_) {
      arena.execute([&] {
        tbb::parallel_pipeline(
            in_flight, tbb::make_filter<void, Task*>(tbb::filter_mode::serial_in_order,
                                                     [this](tbb::flow_control& flow) { return Read(flow); }) &
                           tbb::make_filter<Task*, Task*>(tbb::filter_mode::parallel, [this](Task* task) { return Work(task); }) &
                           tbb::make_filter<Task*, void>(tbb::filter_mode::serial_in_order, [this](Task* task) { Write(task); }));
      });
      HandOffAcquire(&source_);
      HandOffAcquire(&result_);
    }
  }

  bool Interrupted() const { return options_.stop != nullptr && options_.stop->load(); }

  // --- the three filters: no exception leaves them --------------------------------------------------------------------------

  Task* Read(tbb::flow_control& flow) {
    HandOffAcquire(&source_);
    head_waited_ += head_lap_.Take();
    std::unique_ptr<Task> task;
    const Status status = Guarded([&] { return Next(task); });
    if (!status.ok()) {
      source_status_ = status;
      ended_ = true;
    }
    source_->AddBusy(head_lap_.Take());
    if (task != nullptr) {
      task->lap = head_lap_;
      task->waited.head_for_room = std::exchange(head_waited_, std::chrono::nanoseconds(0));
    }
    HandOffRelease(&source_);
    if (task == nullptr) {
      flow.stop();
      return nullptr;
    }
    HandOffRelease(task.get());
    return task.release();
  }

  // Leaves `task` empty where the input or the round ends.
  Status Next(std::unique_ptr<Task>& task) {
    if (stopped_.load() || Interrupted()) {
      ended_ = true;
      return OkStatus();
    }
    if (const uint64_t bytes = bytes_in_flight_.load(); bytes > 0 && bytes >= options_.max_bytes_in_flight) return OkStatus();
    auto taken = std::make_unique<Task>();
    const Result<bool> more = source_->As<SourceStage>().Next(taken->item);
    if (!more.ok()) return more.status();
    ended_ = !*more;
    if (ended_) return OkStatus();
    taken->bytes = taken->item.payload.bytes.size();
    bytes_in_flight_ += taken->bytes;
    task = std::move(taken);
    return OkStatus();
  }

  Task* Work(Task* task) {
    HandOffAcquire(task);
    task->waited.documents_for_worker = task->lap.Take();
    StageSet* stages = pool_.Take();
    // Isolated: a plugin that uses the engine itself must not take up another document while it holds this set.
    tbb::this_task_arena::isolate([&] { task->done = ProcessPayload(std::move(task->item), *stages, plan_.source.label); });
    task->item = SourceItem();
    pool_.Return(stages);
    task->lap.Take();
    HandOffRelease(task);
    return task;
  }

  void Write(Task* raw) {
    HandOffAcquire(raw);
    HandOffAcquire(&result_);
    std::unique_ptr<Task> task(raw);
    task->waited.documents_for_writer = task->lap.Take();
    if (!stopped_.load()) {
      const Status status = Guarded([&] {
        WriteOne(*task);
        return OkStatus();
      });
      if (!status.ok()) Stop(kHostStage, status);
    }
    const uint64_t bytes = task->bytes;
    task.reset();
    bytes_in_flight_ -= bytes;
    HandOffRelease(&result_);
  }

  void WriteOne(Task& task) {
    Processed& done = task.done;
    if (done.outcome.kind == Outcome::Kind::kWritten && !Deliver(*done.document, task.lap)) return;
    if (done.outcome.kind == Outcome::Kind::kFailed && !KeepLetter(done)) return;
    Account(done);
    AddTimes(task);
    outcomes_.emplace_back(done.document->source(), std::move(done.outcome));
    if (!options_.on_progress) return;
    if (task.lap.last() - updated_ >= kUpdateEvery) {
      UpdateTimes();
      updated_ = task.lap.last();
    }
    options_.on_progress(result_.report);
  }

  // False where a sink failed: the job stops, and the document is not counted.
  bool Deliver(const v1::Document& document, LapClock& lap) {
    if (options_.on_document) {
      const Status status = Guarded([&] { return options_.on_document(document); });
      if (!status.ok()) return Stop("output", status);
      lap.Take();
    }
    for (const std::unique_ptr<StageHost>& sink : sinks_) {
      const BusyLap busy(*sink, lap);
      sink->set_document(document.source().uri());
      const Status status = Guarded([&] { return sink->As<SinkStage>().Write(document); });
      if (!status.ok()) return Stop(sink->plan().label, status);
    }
    for (const std::unique_ptr<StageHost>& sink : sinks_) {
      StageCounts& counts = result_.report.stages[sink->plan().label];
      ++counts.in;
      ++counts.out;
    }
    return true;
  }

  // False where the letter could not be written: the job stops, and the document is not counted.
  bool KeepLetter(const Processed& done) {
    if (dead_letters_ == nullptr) return true;
    const Status status = Guarded([&] { return dead_letters_->Keep(*done.document, done.outcome, done.payload); });
    return status.ok() || Stop("dead letters", status);
  }

  bool Stop(const std::string& stage, const Status& status) {
    result_.end = JobEnd::kStopped;
    result_.status = Status(status.kind(), stage + ": " + status.message());
    stopped_.store(true);
    return false;
  }

  // --- accounting -----------------------------------------------------------------------------------------------------------

  void Account(const Processed& done) {
    JobReport& report = result_.report;
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
    meet(plan_.source.label);
    if (done.document->lineage_size() > 0 || outcome.stage == kDetectStage) meet(kDetectStage);
    for (const v1::Lineage& lineage : done.document->lineage()) {
      StageCounts& counts = meet(lineage.stage());
      if (lineage.has_skipped()) ++counts.skipped;
    }
    if (lost && !seen) meet(outcome.stage);  // the host leaves no lineage
    if (lost) {
      AccountLoss(done);
    } else {
      ++report.written;
    }
  }

  void AccountLoss(const Processed& done) {
    JobReport& report = result_.report;
    const Outcome& outcome = done.outcome;
    StageCounts& stage = report.stages[outcome.stage];
    const bool failed = outcome.kind == Outcome::Kind::kFailed;
    ++(failed ? report.failed : report.dropped);
    ++(failed ? stage.failed : stage.dropped);
    ++(failed ? stage.failed_by : stage.dropped_by)[outcome.reason];
    ++report.reasons[outcome.stage + ": " + outcome.reason];
    std::string message = (failed ? "failed (" : "dropped (") + outcome.reason + ")";
    if (!outcome.message.empty()) message += ": " + outcome.message;
    LogEvent({failed ? LogLevel::kWarning : LogLevel::kInfo, outcome.stage, done.document->source().uri(), message});
  }

  void AddTimes(const Task& task) {
    JobReport& report = result_.report;
    report.stages[kDetectStage].busy += task.done.detecting;
    report.stages[kHostStage].busy += task.done.checking;
    report.waits.head_for_room += task.waited.head_for_room;
    report.waits.documents_for_worker += task.waited.documents_for_worker;
    report.waits.documents_for_writer += task.waited.documents_for_writer;
  }

  // Before the results get their names, and of a job that ended early too: its letters stay.
  void FinishLetters() {
    if (dead_letters_ == nullptr) return;
    const Status status = Guarded([this] { return dead_letters_->Finish(); });
    if (!status.ok() && result_.end == JobEnd::kFinished) Stop("dead letters", status);
  }

  void Finish() {
    LapClock lap;
    for (const std::unique_ptr<StageHost>& sink : sinks_) {
      const BusyLap busy(*sink, lap);
      sink->set_document("");
      const Status status = Guarded([&] { return sink->As<SinkStage>().Finish(); });
      if (!status.ok()) {
        Stop(sink->plan().label, status);
        return;
      }
    }
  }

  // Now that the outcomes are durable. They are kept until here because sinks publish at the end only: an item must not be
  // acknowledged for a result that an interruption takes back.
  void Acknowledge() {
    const Status status = Guarded([this] {
      for (const auto& [info, outcome] : outcomes_) source_->As<SourceStage>().Acknowledge(info, outcome);
      return OkStatus();
    });
    if (!status.ok()) Stop(plan_.source.label, Status(status.kind(), "acknowledging: " + status.message()));
  }

  template <typename Visit>
  void ForEachHost(const Visit& visit) {
    const auto counted = [&](const StageHost& host) { visit(host, result_.report.stages[host.plan().label]); };
    for (const std::unique_ptr<StageSet>& set : pool_.all()) {
      for (const auto& host : set->decoders()) counted(*host);
      for (const auto& host : set->transforms()) counted(*host);
    }
    for (const auto& sink : sinks_) counted(*sink);
    counted(*source_);
  }

  // Sums over the workers, afresh.
  void UpdateTimes() {
    ForEachHost([](const StageHost&, StageCounts& counts) {
      counts.warnings = 0;
      counts.busy = std::chrono::nanoseconds(0);
    });
    ForEachHost([](const StageHost& host, StageCounts& counts) {
      counts.warnings += host.warnings();
      counts.busy += host.busy();
    });
  }

  // Only when no worker is at work.
  void AddMetrics() {
    ForEachHost([](const StageHost& host, StageCounts& counts) {
      for (const auto& [name, value] : host.metrics()) counts.metrics[name] += value;
    });
  }

  const JobPlan& plan_;
  PluginCatalog& catalog_;
  const RunOptions& options_;
  const JobFolders folders_;
  // The head's.
  std::unique_ptr<StageHost> source_;
  Status source_status_;
  bool ended_ = false;
  LapClock head_lap_;
  std::chrono::nanoseconds head_waited_{0};  // since the last task
  // The workers'.
  StageSetPool pool_;
  // The last filter's.
  std::vector<std::unique_ptr<StageHost>> sinks_;
  std::unique_ptr<DeadLetters> dead_letters_;
  JobResult result_;
  LapClock::Clock::time_point updated_;  // the times in result_
  std::vector<std::pair<v1::PayloadInfo, Outcome>> outcomes_;
  // Between them.
  std::atomic<bool> stopped_{false};
  std::atomic<uint64_t> bytes_in_flight_{0};
};

// Waits for the engine's threads to end: what libraries keep for each thread (libxml2 does) is given back before the job returns.
class EngineThreads {
 public:
  EngineThreads() = default;
  ~EngineThreads() { tbb::finalize(handle_, std::nothrow); }
  EngineThreads(const EngineThreads&) = delete;
  EngineThreads& operator=(const EngineThreads&) = delete;

 private:
  tbb::task_scheduler_handle handle_{tbb::attach{}};
};

}  // namespace

JobResult RunJob(const JobPlan& plan, PluginCatalog& catalog, const RunOptions& options) {
  const EngineThreads threads;
  return JobRunner(plan, catalog, options).Run();
}

}  // namespace garner
