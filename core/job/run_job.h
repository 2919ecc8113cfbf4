// Runs a checked plan: source, workers, sinks in input order.
//
//   JobResult result = RunJob(plan, catalog, {.output_dir = "out"});
//   result.end == JobEnd::kFinished, result.report.failed ...
//
// A document can fail; the job cannot: it ends early only where its source or a sink does, or where it is asked to. The output of
// the sinks appears under its name when the job has finished; until then what was there before stays whole.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "core/manifest/plan.h"
#include "garner/stage.h"

namespace garner {

struct StageCounts {
  uint64_t in = 0;
  uint64_t dropped = 0;
  uint64_t failed = 0;
  uint64_t skipped = 0;
  uint64_t warnings = 0;
  std::map<std::string, double> metrics;
};

// What became of the payloads: read = written + dropped + failed, always.
struct JobReport {
  uint64_t read = 0;
  uint64_t written = 0;
  uint64_t dropped = 0;
  uint64_t failed = 0;
  uint64_t bytes = 0;
  // By "stage: reason", for dropped and failed documents.
  std::map<std::string, uint64_t> reasons;
  std::map<std::string, StageCounts> stages;
};

enum class JobEnd {
  kFinished,     // every payload is accounted for
  kRefused,      // a stage could not be opened: nothing was done
  kStopped,      // the source or a sink failed on the way
  kInterrupted,  // asked to stop
};

struct JobResult {
  JobEnd end = JobEnd::kFinished;
  Status status;  // why, unless finished
  JobReport report;
};

struct RunOptions {
  // Exists. Empty where the plan has no sinks.
  std::string output_dir;
  // Called in input order with each document that is ready, before the sinks.
  std::function<Status(const v1::Document&)> on_document = nullptr;
  // Called after each outcome, from one thread at a time.
  std::function<void(const JobReport&)> on_progress = nullptr;
  // Set from a signal handler: stop taking in.
  const std::atomic<bool>* stop = nullptr;
};

JobResult RunJob(const JobPlan& plan, PluginCatalog& catalog, const RunOptions& options);

}  // namespace garner
