// The host's side of one stage instance: its context, and calls that turn exceptions into Status.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "core/isolation/worker_client.h"
#include "core/manifest/plan.h"
#include "core/sdk/guarded.h"
#include "garner/stage.h"

namespace garner {

// Where the job's stages live on disk.
struct JobFolders {
  std::string manifest_dir;
  std::string output_dir;
};

// One instance of a stage with its context. Used by one thread at a time.
class StageHost final : public StageContext {
 public:
  // Makes, configures and opens the stage. `plan` must outlive the host. An isolated stage opens in `worker`, when that is started; it must
  // outlive the host.
  static Result<std::unique_ptr<StageHost>> Make(const StagePlan& plan, const JobFolders& folders, PluginCatalog& catalog, WorkerClient* worker = nullptr);

  const StagePlan& plan() const { return plan_; }
  template <typename Kind>
  Kind& As() const {
    return static_cast<Kind&>(*stage_);
  }
  // Empty ones for a transform to fill, good until the next call. They use the memory of the last ones again.
  Edits& NewEdits();
  // Names the document in log lines; empty: none.
  void set_document(std::string_view uri) { document_ = uri; }
  // Counters of the stage, and how many warnings it gave.
  const std::map<std::string, double>& metrics() const { return metrics_; }
  uint64_t warnings() const { return warnings_.load(std::memory_order_relaxed); }
  // Time that went into the stage. It and the warnings may be read from another thread while the stage works.
  void AddBusy(std::chrono::nanoseconds time) { AddTo(busy_ns_, time.count()); }
  std::chrono::nanoseconds busy() const { return std::chrono::nanoseconds(busy_ns_.load(std::memory_order_relaxed)); }

  void Log(LogLevel level, std::string_view message) override;
  void Warn(std::string_view message) override;
  void Count(std::string_view metric, double by) override { metrics_[std::string(metric)] += by; }
  const std::string& stage() const override { return plan_.label; }
  const std::string& data_dir() const override { return data_dir_; }
  const std::string& manifest_dir() const override { return folders_.manifest_dir; }
  const std::string& output_dir() const override { return folders_.output_dir; }

 private:
  StageHost(const StagePlan& plan, const JobFolders& folders) : plan_(plan), folders_(folders) {}

  // One thread writes at a time, so that no locked addition is needed.
  template <typename Number>
  static void AddTo(std::atomic<Number>& sum, Number by) {
    sum.store(sum.load(std::memory_order_relaxed) + by, std::memory_order_relaxed);
  }

  const StagePlan& plan_;
  const JobFolders folders_;
  std::string data_dir_;
  std::string document_;
  std::map<std::string, double> metrics_;
  std::atomic<uint64_t> warnings_{0};
  std::atomic<int64_t> busy_ns_{0};
  Edits edits_;
  std::unique_ptr<Stage> stage_;
};

}  // namespace garner
