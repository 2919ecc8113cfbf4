#include "core/job/run_job.h"

#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <cassert>
#include <memory>
#include <new>
#include <thread>
#include <utility>
#include <vector>

#include "core/job/hand_off.h"
#include "core/job/head.h"
#include "core/job/item_worker.h"
#include "core/job/job_log.h"
#include "core/job/journal.h"
#include "core/job/kept_item.h"
#include "core/job/result_cache.h"
#include "core/job/run_report.h"
#include "core/job/stage_set_pool.h"
#include "core/job/work_key.h"
#include "core/job/writer.h"
#include "garner/escape.h"

#ifdef GARNER_TSAN
// The engine hands its own filter objects to its threads unseen. Only races whose innermost frame makes such an object are meant:
// a race of ours inside a filter still shows.
extern "C" const char* __tsan_default_suppressions() { return "race_top:concrete_filter\nrace_top:filter_node_leaf\n"; }
extern "C" const char* __tsan_default_options() { return "history_size=7"; }  // or the frame that makes it is forgotten
#endif

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
// The leak checker guesses where libraries that were loaded late keep what belongs to a thread, and sometimes guesses a place that is none.
extern "C" const char* __asan_default_options() { return "intercept_tls_get_addr=0"; }
#endif
#endif

namespace garner {
namespace {

class JobRunner {
 public:
  JobRunner(const JobPlan& plan, PluginCatalog& catalog, const RunOptions& options)
      : plan_(plan),
        catalog_(catalog),
        options_(options),
        folders_{plan.manifest_dir, options.output_dir},
        head_(plan, options, stopped_),
        writer_(plan, options, result_.report, [this](const std::string& stage, const Status& status) { Stop(stage, status); }) {
    writer_.set_update_times([this] { UpdateTimes(); });
  }

  JobResult Run() {
    if (Status status = Guarded([this] { return Open(); }); !status.ok()) {
      if (head_.Interrupted()) return {JobEnd::kInterrupted, status, std::move(result_.report)};
      return {JobEnd::kRefused, status, {}};
    }
    if (phase_ == JobPhase::kRunning) Work();
    if (result_.end == JobEnd::kFinished) {
      Complete();
    } else if (writer_.whole()) {
      writer_.Commit(JobPhase::kRunning);
    }
    if (!result_.status.ok()) result_.status = Status(result_.status.kind(), result_.status.message() + WhatIsSafe());
    UpdateTimes();
    AddLastTallies();
    assert(CheckReport(MakeRunReport(plan_, result_, {})).ok());
    return std::move(result_);
  }

 private:
  size_t Workers() const {
    const size_t cores = std::max(1U, std::thread::hardware_concurrency());
    return plan_.limits.workers > 0 ? plan_.limits.workers : cores;
  }

  // --- the beginning --------------------------------------------------------------------------------------------------------

  Status Open() {
    if (Status status = OpenSource(); !status.ok()) return status;
    for (size_t i = 0; i < Workers(); ++i) {
      Result<std::unique_ptr<StageSet>> set = StageSet::Open(plan_, folders_, catalog_);
      if (!set.ok()) return set.status();
      if (i == 0) LogIsolation(**set);
      pool_.Add(*std::move(set));
    }
    if (Status status = writer_.OpenDecisions(folders_, catalog_); !status.ok()) return status;
    if (Status status = OpenState(); !status.ok()) return status;
    if (options_.journal || head_.source().As<SourceStage>().acknowledges()) writer_.set_outcomes(journal_.get());
    result_.report.workers = static_cast<uint32_t>(Workers());
    result_.report.total = head_.source().As<SourceStage>().Total();
    NameStages();
    TakeTally(opening_tallies_);
    return writer_.OpenDeadLetters();  // last: a job that is refused leaves no folder behind
  }

  Status OpenSource() {
    Result<std::unique_ptr<StageHost>> source = StageHost::Make(plan_.source, folders_, catalog_);
    if (!source.ok()) return source.status();
    auto unpackers = std::make_unique<Unpackers>(plan_, folders_, catalog_);
    if (Status status = unpackers->OpenAll(); !status.ok()) return status;
    head_.SetSource(*std::move(source), std::move(unpackers));
    return OkStatus();
  }

  // Journal, cache and sinks.
  Status OpenState() {
    if (!options_.journal && !plan_.cache) return writer_.OpenSinks(folders_, catalog_, nullptr);
    const Result<WorkKeys> keys = MakeWorkKeys(plan_);
    if (!keys.ok()) return keys.status();
    if (plan_.cache) {
      Result<std::unique_ptr<ResultCache>> cache = ResultCache::Open(options_.output_dir, keys->documents, options_.fresh);
      if (!cache.ok()) return cache.status();
      cache_ = *std::move(cache);
      writer_.set_cache(cache_.get());
    }
    bool goes_on = false;
    if (Status status = options_.journal ? OpenJournal(keys->job, goes_on) : OkStatus(); !status.ok()) return status;
    if (goes_on) return OkStatus();
    if (Status status = cache_ == nullptr ? OkStatus() : cache_->BeginRun(); !status.ok()) return status;
    return writer_.OpenSinks(folders_, catalog_, nullptr);
  }

  // Goes on with the job that the journal tells of, or begins a new one.
  Status OpenJournal(const std::string& plan, bool& goes_on) {
    Result<std::unique_ptr<Journal>> journal = Journal::Open(options_.output_dir, options_.fresh);
    if (!journal.ok()) return journal.status();
    journal_ = *std::move(journal);
    Result<std::optional<JournalState>> found = journal_->Load();
    if (!found.ok()) return found.status();
    if (*found && (*found)->checkpoint.phase != JobPhase::kFinished && (*found)->checkpoint.items > 0) {
      const Result<std::string> objection = GoOn(**found, plan);
      if (!objection.ok()) return objection.status();
      goes_on = objection->empty();
      if (goes_on) return OkStatus();
      LogLine(LogLevel::kWarning, "an interrupted run cannot be gone on with: " + *objection + "; starting over");
    }
    return journal_->Begin(plan);
  }

  // Empty where the job goes on; else why it cannot, and everything is as before.
  Result<std::string> GoOn(const JournalState& found, const std::string& plan) {
    const Checkpoint& checkpoint = found.checkpoint;
    if (found.plan != plan) return std::string("the manifest, a plugin or a file that they rest on has changed");
    if (!checkpoint.positions) return std::string("a sink cannot be cut back to a position");
    if (checkpoint.phase == JobPhase::kRunning) {
      std::string difference;
      const Result<bool> same = head_.Skip(*journal_, checkpoint.items, difference);
      if (!same.ok()) {
        if (head_.Interrupted()) Restore(checkpoint);  // for the report
        return same.status();
      }
      if (!*same) {
        if (Status status = OpenSource(); !status.ok()) return status;
        return "the input is another one: " + difference;
      }
    }
    if (checkpoint.phase < JobPhase::kAcknowledging) {
      if (const Status status = writer_.OpenSinks(folders_, catalog_, &*checkpoint.positions); !status.ok()) {
        writer_.CloseSinks();
        if (checkpoint.phase == JobPhase::kRunning)
          if (Status again = OpenSource(); !again.ok()) return again;
        return EscapeForTerminal(status.message());
      }
    }
    if (Status status = Remember(); !status.ok()) return status;
    Restore(checkpoint);
    LogLine(LogLevel::kInfo, "going on after " + std::to_string(result_.report.resumed) + " documents of an interrupted run");
    return std::string();
  }

  // What the deciding stages knew.
  Status Remember() {
    for (const Decider::Second& stage : writer_.decider().stages()) {
      const std::string& label = stage.host->plan().label;
      const auto remember = [&](std::string_view record) { return writer_.Remember({label, std::string(record)}); };
      if (Status status = journal_->ForEachRecord(label, remember); !status.ok()) return Status(status.kind(), status.message() + "; --fresh starts over");
    }
    return OkStatus();
  }

  void Restore(const Checkpoint& checkpoint) {
    phase_ = checkpoint.phase;
    result_.report = CountsOfReport(checkpoint.counts);
    result_.report.resumed = result_.report.read;
    result_.report.resumed_items = result_.report.items;
    for (auto& [label, counts] : result_.report.stages) counts.busy_before = counts.busy;
    writer_.set_committed(checkpoint.items);
  }

  // So that a stage that nothing reaches is in the report too.
  void NameStages() {
    std::map<std::string, StageCounts>& stages = result_.report.stages;
    for (const std::string& label : {std::string(kDetectStage), std::string(kHostStage), plan_.source.label}) stages[label];
    for (const std::vector<StagePlan>* plans : {&plan_.unpackers, &plan_.decoders, &plan_.transforms, &plan_.sinks})
      for (const StagePlan& stage : *plans) stages[stage.label];
    for (const Decider::Second& stage : writer_.decider().stages()) stages[stage.label];
  }

  static void LogIsolation(const StageSet& set) {
    for (const std::unique_ptr<WorkerClient>& worker : set.workers())
      LogLine(worker->sandbox_is_whole() ? LogLevel::kInfo : LogLevel::kWarning, EscapeForTerminal(worker->DescribeSandbox(), 1000));
  }

  void Work() {
    const Status engine = Guarded([this] {
      RunPipeline();
      return OkStatus();
    });
    if (!engine.ok()) Stop(kHostStage, engine);
    if (result_.status.ok() && !head_.status().ok()) Stop(plan_.source.label, head_.status());
    if (result_.status.ok() && head_.Interrupted()) {
      result_.end = JobEnd::kInterrupted;
      result_.status = Status(StatusKind::kIo, "interrupted");
    }
  }

  // In rounds: a round ends where enough bytes are in flight, and the next one begins when all of them are written. Waiting in
  // the head instead could wait for ever: the thread that waits may be the one that the engine would give the work to.
  void RunPipeline() {
    head_.Start();
    const tbb::global_control parallelism(tbb::global_control::max_allowed_parallelism, Workers());
    // The engine's own has a place for each core, however many workers are asked for.
    tbb::task_arena arena(static_cast<int>(Workers()));
    const size_t in_flight = std::max<size_t>(1, plan_.limits.documents);
    while (!head_.ended()) {
      arena.execute([&] {
        tbb::parallel_pipeline(
            in_flight, tbb::make_filter<void, Task*>(tbb::filter_mode::serial_in_order,
                                                     [this](tbb::flow_control& flow) { return Read(flow); }) &
                           tbb::make_filter<Task*, Task*>(tbb::filter_mode::parallel, [this](Task* task) { return Process(task); }) &
                           tbb::make_filter<Task*, void>(tbb::filter_mode::serial_in_order, [this](Task* task) { Write(task); }));
      });
      HandOffAcquire(&head_);
      HandOffAcquire(&writer_);
    }
  }

  // --- the three filters: no exception leaves them --------------------------------------------------------------------------

  Task* Read(tbb::flow_control& flow) {
    HandOffAcquire(&head_);
    std::unique_ptr<Task> task = head_.Next();
    HandOffRelease(&head_);
    if (task == nullptr) {
      flow.stop();
      return nullptr;
    }
    HandOffRelease(task.get());
    return task.release();
  }

  Task* Process(Task* task) {
    HandOffAcquire(task);
    task->waited.documents_for_worker = task->lap.Take();
    if (!TakeKept(*task)) WorkOn(*task);
    task->unpacked.item = SourceItem();
    task->lap.Take();
    HandOffRelease(task);
    return task;
  }

  // The result of an earlier run, where there is one.
  bool TakeKept(Task& task) {
    if (cache_ == nullptr || !task.unpacked.item.status.ok() || task.unpacked.outcome) return false;
    const Status status = Guarded([&] {
      task.cache_key = cache_->KeyOf(task.unpacked.item.payload);
      const std::optional<std::string> kept = cache_->Find(task.cache_key);
      std::optional<std::vector<Processed>> documents = kept ? UnpackItem(*kept) : std::nullopt;
      if (documents) task.done = *std::move(documents);
      return OkStatus();
    });
    if (!status.ok()) task.done.clear();
    if (task.done.empty()) return false;
    if (Processed& item = task.done.front(); !item.notes.empty()) item.payload.bytes = std::move(task.unpacked.item.payload.bytes);
    return true;
  }

  void WorkOn(Task& task) {
    StageSet* stages = pool_.Take();
    // Isolated: a plugin that uses the engine itself must not take up another document while it holds this set.
    tbb::this_task_arena::isolate([&] { task.done = ProcessItem(task.unpacked, *stages, plan_.limits.nested); });
    pool_.Return(stages);
    const uint64_t inside = ChildBytes(task.done);
    task.bytes += inside;
    head_.Grow(inside);
    const Status status = Guarded([&] {
      if (!task.cache_key.empty() && MayBeKept(task.done)) task.packed = PackItem(task.done);
      return OkStatus();
    });
    // What is not kept is worked on again.
    if (!status.ok() || task.packed.empty()) task.cache_key.clear();
  }

  void Write(Task* raw) {
    HandOffAcquire(raw);
    HandOffAcquire(&writer_);
    std::unique_ptr<Task> task(raw);
    task->waited.documents_for_writer = task->lap.Take();
    if (!stopped_.load()) writer_.Write(*task);
    const uint64_t bytes = task->bytes;
    task.reset();
    head_.Release(bytes);
    HandOffRelease(&writer_);
  }

  void Stop(const std::string& stage, const Status& status) {
    result_.end = JobEnd::kStopped;
    result_.status = Status(status.kind(), (stage.empty() ? "" : stage + ": ") + status.message());
    stopped_.store(true);
  }

  std::string WhatIsSafe() const {
    if (journal_ != nullptr && writer_.safe() > 0) return "; " + std::to_string(writer_.safe()) + " documents are safe, and the same command goes on after them";
    if (plan_.sinks.empty() || (journal_ == nullptr && result_.end == JobEnd::kStopped)) return {};
    return "; the output of an earlier run, if any, is as it was";
  }

  // --- the end --------------------------------------------------------------------------------------------------------------

  // Publishes the results, then tells the source. What of it is done already, an interrupted job has done.
  void Complete() {
    if (phase_ < JobPhase::kPublishing && !writer_.Commit(JobPhase::kPublishing)) return;
    if (phase_ < JobPhase::kAcknowledging && (!writer_.FinishSinks() || !EnterPhase(JobPhase::kAcknowledging))) return;
    if (const Status status = cache_ == nullptr ? OkStatus() : cache_->Finish(); !status.ok()) return Stop("cache", status);
    if (Acknowledge()) EnterPhase(JobPhase::kFinished);
  }

  bool EnterPhase(JobPhase phase) {
    const Status status = journal_ == nullptr ? OkStatus() : journal_->SetPhase(phase);
    if (!status.ok()) Stop("journal", status);
    return status.ok();
  }

  // Only now: an item must not be acknowledged for a result that an interruption takes back.
  bool Acknowledge() {
    SourceStage& source = head_.source().As<SourceStage>();
    if (!source.acknowledges()) return true;
    const Status status = Guarded([&] {
      for (const auto& [info, outcome] : writer_.outcomes()) source.Acknowledge(info, outcome);
      if (journal_ == nullptr) return OkStatus();
      return journal_->ForEachSourceItem([&source](const JournalEntry& item) {
        source.Acknowledge(item.source, item.outcome);
        return OkStatus();
      });
    });
    if (!status.ok()) Stop(plan_.source.label, Status(status.kind(), "acknowledging: " + status.message()));
    return status.ok();
  }

  template <typename Visit>
  void ForEachHost(const Visit& visit) {
    const auto counted = [&](StageHost& host) { visit(host, result_.report.stages[host.report_label()]); };
    for (const std::unique_ptr<StageSet>& set : pool_.all()) {
      for (const auto& host : set->decoders()) counted(*host);
      for (const auto& host : set->transforms()) counted(*host);
    }
    for (const Decider::Second& stage : writer_.decider().stages()) counted(*stage.host);
    for (const auto& sink : writer_.sinks()) counted(*sink);
    counted(head_.source());
    for (const auto& kind : head_.unpackers().kinds()) counted(*kind->first());
  }

  // Sums over the workers, afresh.
  void UpdateTimes() {
    ForEachHost([](const StageHost&, StageCounts& counts) { counts.busy = counts.busy_before; });
    ForEachHost([](const StageHost& host, StageCounts& counts) { counts.busy += host.busy(); });
  }

  void TakeTally(std::vector<StageTally>& tallies) {
    ForEachHost([&tallies](StageHost& host, StageCounts&) { host.TakeTally(tallies); });
  }

  // What the stages said when no document was at work. Not in the journal: a job that goes on opens its stages again.
  void AddLastTallies() {
    TakeTally(opening_tallies_);
    writer_.AddTallies(opening_tallies_);
  }

  const JobPlan& plan_;
  PluginCatalog& catalog_;
  const RunOptions& options_;
  const JobFolders folders_;
  JobResult result_;
  std::unique_ptr<Journal> journal_;
  std::unique_ptr<ResultCache> cache_;
  JobPhase phase_ = JobPhase::kRunning;
  std::vector<StageTally> opening_tallies_;
  std::atomic<bool> stopped_{false};
  // One for each filter.
  Head head_;
  StageSetPool pool_;
  Writer writer_;
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
