#include "core/job/run_job.h"

#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <new>
#include <thread>
#include <vector>

#include "core/job/document_worker.h"
#include "core/job/hand_off.h"
#include "core/job/job_log.h"
#include "core/job/stage_set.h"
#include "garner/escape.h"

namespace garner {
namespace {

// What travels through the pipeline.
struct Task {
  SourceItem item;
  Processed done;
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
    if (Status status = Open(); !status.ok()) return {JobEnd::kRefused, status, {}};
    RunPipeline();
    if (result_.status.ok() && Interrupted()) {
      result_.end = JobEnd::kInterrupted;
      result_.status = Status(StatusKind::kIo, "interrupted; the output of an earlier run, if any, is as it was");
    }
    if (result_.end == JobEnd::kFinished) Finish();
    AddStageCounters();
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
    for (size_t i = 0; i < Workers(); ++i) {
      Result<std::unique_ptr<StageSet>> set = StageSet::Open(plan_, folders_, catalog_);
      if (!set.ok()) return set.status();
      pool_.Add(*std::move(set));
    }
    for (const StagePlan& sink : plan_.sinks) {
      Result<std::unique_ptr<StageHost>> host = StageHost::Make(sink, folders_, catalog_);
      if (!host.ok()) return host.status();
      sinks_.push_back(*std::move(host));
    }
    return OkStatus();
  }

  void RunPipeline() {
    const tbb::global_control parallelism(tbb::global_control::max_allowed_parallelism, Workers());
    const size_t in_flight = std::max<size_t>(1, plan_.limits.documents);
    tbb::parallel_pipeline(in_flight, tbb::make_filter<void, Task*>(tbb::filter_mode::serial_in_order, [this](tbb::flow_control& flow) { return Read(flow); }) &
                                          tbb::make_filter<Task*, Task*>(tbb::filter_mode::parallel, [this](Task* task) { return Work(task); }) &
                                          tbb::make_filter<Task*, void>(tbb::filter_mode::serial_in_order, [this](Task* task) { Write(task); }));
  }

  bool Interrupted() const { return options_.stop != nullptr && options_.stop->load(); }

  // --- the three filters ----------------------------------------------------------------------------------------------------

  Task* Read(tbb::flow_control& flow) {
    if (stopped_.load() || Interrupted()) {
      flow.stop();
      return nullptr;
    }
    auto task = std::make_unique<Task>();
    bool more = false;
    const Status status = Guarded([&] {
      Result<bool> next = source_->As<SourceStage>().Next(task->item);
      if (!next.ok()) return next.status();
      more = *next;
      return OkStatus();
    });
    if (!status.ok()) {
      const std::lock_guard<std::mutex> lock(mutex_);
      Stop(plan_.source.label, status);
    }
    if (!more) {
      flow.stop();
      return nullptr;
    }
    HandOffRelease(task.get());
    return task.release();
  }

  Task* Work(Task* task) {
    HandOffAcquire(task);
    StageSet* stages = pool_.Take();
    task->done = ProcessPayload(std::move(task->item), *stages, plan_.source.label);
    task->item = SourceItem();
    pool_.Return(stages);
    HandOffRelease(task);
    return task;
  }

  void Write(Task* raw) {
    HandOffAcquire(raw);
    const std::unique_ptr<Task> task(raw);
    const std::lock_guard<std::mutex> lock(mutex_);
    if (stopped_.load()) return;
    Processed& done = task->done;
    if (done.outcome.kind == Outcome::Kind::kWritten && !Deliver(done.document)) return;
    Account(done);
    source_->As<SourceStage>().Acknowledge(done.document.source(), done.outcome);
    if (options_.on_progress) options_.on_progress(result_.report);
  }

  // False where a sink failed: the job stops, and the document is not counted.
  bool Deliver(const v1::Document& document) {
    if (options_.on_document) {
      const Status status = options_.on_document(document);
      if (!status.ok()) return Stop("output", status);
    }
    for (const std::unique_ptr<StageHost>& sink : sinks_) {
      sink->set_document(document.source().uri());
      const Status status = Guarded([&] { return sink->As<SinkStage>().Write(document); });
      if (!status.ok()) return Stop(sink->plan().label, status);
    }
    return true;
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
    ++report.read;
    report.bytes += done.document.source().bytes();
    for (const v1::Lineage& lineage : done.document.lineage()) {
      ++report.stages[lineage.stage()].in;
      if (lineage.has_skipped()) ++report.stages[lineage.stage()].skipped;
    }
    if (outcome.kind == Outcome::Kind::kWritten) {
      ++report.written;
      return;
    }
    const bool failed = outcome.kind == Outcome::Kind::kFailed;
    ++(failed ? report.failed : report.dropped);
    ++(failed ? report.stages[outcome.stage].failed : report.stages[outcome.stage].dropped);
    ++report.reasons[outcome.stage + ": " + outcome.reason];
    std::string line = EscapeForTerminal(done.document.source().uri(), 500) + (failed ? ": failed in " : ": dropped by ") + outcome.stage + " (" +
                       EscapeForTerminal(outcome.reason, 100) + ")";
    if (!outcome.message.empty()) line += ": " + EscapeForTerminal(outcome.message, 1000);
    LogLine(failed ? LogLevel::kWarning : LogLevel::kInfo, line);
  }

  void Finish() {
    for (const std::unique_ptr<StageHost>& sink : sinks_) {
      sink->set_document("");
      const Status status = Guarded([&] { return sink->As<SinkStage>().Finish(); });
      if (!status.ok()) {
        Stop(sink->plan().label, status);
        return;
      }
    }
  }

  void AddStageCounters() {
    const auto add = [this](const StageHost& host) {
      StageCounts& counts = result_.report.stages[host.plan().label];
      counts.warnings += host.warnings();
      for (const auto& [name, value] : host.metrics()) counts.metrics[name] += value;
    };
    for (const std::unique_ptr<StageSet>& set : pool_.all()) {
      for (const auto& host : set->decoders()) add(*host);
      for (const auto& host : set->transforms()) add(*host);
    }
    for (const auto& sink : sinks_) add(*sink);
    add(*source_);
  }

  const JobPlan& plan_;
  PluginCatalog& catalog_;
  const RunOptions& options_;
  const JobFolders folders_;
  std::unique_ptr<StageHost> source_;
  StageSetPool pool_;
  std::vector<std::unique_ptr<StageHost>> sinks_;
  std::mutex mutex_;  // guards result_ between the head and the last filter
  std::atomic<bool> stopped_{false};
  JobResult result_;
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
