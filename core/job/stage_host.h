// The host's side of one stage instance: its context, and calls that turn exceptions into Status.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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

// What a stage said to the host, beside its result.
struct StageTally {
  std::string stage;
  uint64_t warnings = 0;
  std::vector<std::pair<std::string, double>> metrics;
};

// One instance of a stage with its context. Used by one thread at a time.
class StageHost final : public StageContext {
 public:
  // Makes, configures and opens the stage. `plan` must outlive the host. An isolated stage, or a program, opens in `worker`, when that is
  // started; it must outlive the host.
  static Result<std::unique_ptr<StageHost>> Make(const StagePlan& plan, const JobFolders& folders, PluginCatalog& catalog, WorkerClient* worker = nullptr);
  // A sink that goes on from a position that it gave.
  static Result<std::unique_ptr<StageHost>> Reopen(const StagePlan& plan, const JobFolders& folders, PluginCatalog& catalog, std::string_view position);

  const StagePlan& plan() const { return plan_; }
  template <typename Kind>
  Kind& As() const {
    return static_cast<Kind&>(*stage_);
  }
  // Empty ones for a transform to fill, good until the next call. They use the memory of the last ones again.
  Edits& NewEdits();
  // Names the document in log lines; empty: none.
  void set_document(std::string_view uri) { document_ = uri; }
  // What reports call it: the stage's label, unless it is another part of a stage.
  const std::string& report_label() const { return report_label_.empty() ? plan_.label : report_label_; }
  void set_report_label(std::string label) { report_label_ = std::move(label); }
  // Adds what the stage has said since the last time, where it has said anything.
  void TakeTally(std::vector<StageTally>& tallies);
  // What another instance of the stage said counts as said by this one.
  void TakeOverTally(StageHost& other);
  // Time that went into the stage. It may be read from another thread while the stage works.
  void AddBusy(std::chrono::nanoseconds time) {
    // One thread writes at a time, so that no locked addition is needed.
    busy_ns_.store(busy_ns_.load(std::memory_order_relaxed) + time.count(), std::memory_order_relaxed);
  }
  std::chrono::nanoseconds busy() const { return std::chrono::nanoseconds(busy_ns_.load(std::memory_order_relaxed)); }

  void Log(LogLevel level, std::string_view message) override;
  void Warn(std::string_view message) override;
  void Count(std::string_view metric, double by) override { tally_.metrics.emplace_back(metric, by); }
  const std::string& stage() const override { return plan_.label; }
  const std::string& data_dir() const override { return data_dir_; }
  const std::string& manifest_dir() const override { return folders_.manifest_dir; }
  const std::string& output_dir() const override { return folders_.output_dir; }

 private:
  StageHost(const StagePlan& plan, const JobFolders& folders) : plan_(plan), folders_(folders) {}

  static Result<std::unique_ptr<StageHost>> Begin(const StagePlan& plan, const JobFolders& folders, Result<std::unique_ptr<Stage>> stage,
                                                  const std::function<Status(Stage&)>& open);

  const StagePlan& plan_;
  const JobFolders folders_;
  std::string data_dir_;
  std::string document_;
  std::string report_label_;
  StageTally tally_;
  std::atomic<int64_t> busy_ns_{0};
  Edits edits_;
  std::unique_ptr<Stage> stage_;
};

}  // namespace garner
