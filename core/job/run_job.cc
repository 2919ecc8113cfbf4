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
#include "core/job/run_report.h"
#include "core/job/stage_set_pool.h"
#include "core/job/writer.h"
#include "garner/escape.h"

#ifdef GARNER_TSAN
// The engine hands its own filter objects to its threads unseen. Only races whose innermost frame makes such an object are meant:
// a race of ours inside a filter still shows.
extern "C" const char* __tsan_default_suppressions() { return "race_top:concrete_filter\nrace_top:filter_node_leaf\n"; }
extern "C" const char* __tsan_default_options() { return "history_size=7"; }  // or the frame that makes it is forgotten
#endif

namespace garner {
namespace {

class JobRunner {
 public:
  JobRunner(const JobPlan& plan, PluginCatalog& catalog, const RunOptions& options)
      : plan_(plan),
        catalog_(catalog),
        folders_{plan.manifest_dir, options.output_dir},
        head_(options, stopped_),
        writer_(plan, options, result_.report, [this](const std::string& stage, const Status& status) { Stop(stage, status); }) {
    writer_.set_update_times([this] { UpdateTimes(); });
  }

  JobResult Run() {
    result_.report.workers = static_cast<uint32_t>(Workers());
    if (Status status = Guarded([this] { return Open(); }); !status.ok()) return {JobEnd::kRefused, status, {}};
    const Status engine = Guarded([this] {
      RunPipeline();
      return OkStatus();
    });
    if (!engine.ok()) Stop(kHostStage, engine);
    if (result_.status.ok() && !head_.status().ok()) Stop(plan_.source.label, head_.status());
    if (result_.status.ok() && head_.Interrupted()) {
      result_.end = JobEnd::kInterrupted;
      result_.status = Status(StatusKind::kIo, "interrupted; the output of an earlier run, if any, is as it was");
    }
    const Status letters = writer_.FinishLetters();
    if (!letters.ok() && result_.end == JobEnd::kFinished) Stop("dead letters", letters);
    if (result_.end == JobEnd::kFinished && writer_.FinishSinks()) Acknowledge();
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
    head_.SetSource(*std::move(source));
    result_.report.total = head_.source().As<SourceStage>().Total();
    for (size_t i = 0; i < Workers(); ++i) {
      Result<std::unique_ptr<StageSet>> set = StageSet::Open(plan_, folders_, catalog_);
      if (!set.ok()) return set.status();
      if (i == 0) LogIsolation(**set);
      pool_.Add(*std::move(set));
    }
    if (Status status = writer_.OpenDecisions(folders_, catalog_); !status.ok()) return status;
    if (Status status = writer_.OpenSinks(folders_, catalog_); !status.ok()) return status;
    NameStages();
    return writer_.OpenDeadLetters();  // last: a job that is refused leaves no folder behind
  }

  // So that a stage that nothing reaches is in the report too.
  void NameStages() {
    std::map<std::string, StageCounts>& stages = result_.report.stages;
    for (const std::string& label : {std::string(kDetectStage), std::string(kHostStage), plan_.source.label}) stages[label];
    for (const std::vector<StagePlan>* plans : {&plan_.decoders, &plan_.transforms, &plan_.sinks})
      for (const StagePlan& stage : *plans) stages[stage.label];
    for (const Decider::Second& stage : writer_.decider().stages()) stages[stage.label];
  }

  static void LogIsolation(const StageSet& set) {
    if (set.worker() == nullptr) return;
    LogLine(set.worker()->sandbox_is_whole() ? LogLevel::kInfo : LogLevel::kWarning, EscapeForTerminal(set.worker()->DescribeSandbox()));
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
                           tbb::make_filter<Task*, Task*>(tbb::filter_mode::parallel, [this](Task* task) { return Work(task); }) &
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

  Task* Work(Task* task) {
    HandOffAcquire(task);
    task->waited.documents_for_worker = task->lap.Take();
    StageSet* stages = pool_.Take();
    // Isolated: a plugin that uses the engine itself must not take up another document while it holds this set.
    tbb::this_task_arena::isolate(
        [&] { task->done = ProcessItem(std::move(task->item), *stages, plan_.source.label, plan_.limits.nested); });
    task->item = SourceItem();
    const uint64_t inside = ChildBytes(task->done);
    task->bytes += inside;
    head_.Grow(inside);
    pool_.Return(stages);
    task->lap.Take();
    HandOffRelease(task);
    return task;
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
    result_.status = Status(status.kind(), stage + ": " + status.message());
    stopped_.store(true);
  }

  // --- the end --------------------------------------------------------------------------------------------------------------

  // Now that the outcomes are durable. They are kept until here because sinks publish at the end only: an item must not be
  // acknowledged for a result that an interruption takes back.
  void Acknowledge() {
    const Status status = Guarded([this] {
      for (const auto& [info, outcome] : writer_.outcomes()) head_.source().As<SourceStage>().Acknowledge(info, outcome);
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
    for (const Decider::Second& stage : writer_.decider().stages()) visit(*stage.host, result_.report.stages[stage.label]);
    for (const auto& sink : writer_.sinks()) counted(*sink);
    counted(head_.source());
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
  const JobFolders folders_;
  JobResult result_;
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
