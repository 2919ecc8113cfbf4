// Runs a checked plan: source, workers, sinks in input order.
//
//   JobResult result = RunJob(plan, catalog, {.output_dir = "out"});
//   result.end == JobEnd::kFinished, result.report.failed ...
//
// A document can fail; the job cannot: it ends early only where its source or a sink does, or where it is asked to. The output of
// the sinks appears under its name when the job has finished; until then what was there before stays whole. The source hears of the
// outcomes after that, in its order; of a job that ended early it hears none. With a journal a job that ended early, in whatever way,
// is gone on with by the next one of the same plan over the same input. Never throws. One job at a time in a thread.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "core/manifest/plan.h"
#include "garner/stage.h"

namespace garner {

struct StageCounts {
  // Documents that reached the stage: in = out + dropped + failed. For "host", those that the host itself gave up on.
  uint64_t in = 0;
  // Documents that went on from it, with those that it skipped.
  uint64_t out = 0;
  uint64_t dropped = 0;
  uint64_t failed = 0;
  uint64_t skipped = 0;
  // By rule, and by kind of trouble.
  std::map<std::string, uint64_t> dropped_by;
  std::map<std::string, uint64_t> failed_by;
  // What the stage said while it opened comes in when the job has ended.
  uint64_t warnings = 0;
  std::map<std::string, double> metrics;
  // Of all workers together. While the job runs it lags behind by a second or so.
  std::chrono::nanoseconds busy{0};
  // The part of it that an interrupted job spent.
  std::chrono::nanoseconds busy_before{0};
};

// Time that no stage worked in; proto/garner/v1/report.proto says what each one is.
struct JobWaits {
  std::chrono::nanoseconds head_for_room{0};
  std::chrono::nanoseconds documents_for_worker{0};
  std::chrono::nanoseconds documents_for_writer{0};
};

// What became of the payloads: read = written + unchanged + dropped + failed, always.
struct JobReport {
  // How many items the source has in all; absent where it cannot tell.
  std::optional<uint64_t> total;
  uint32_t workers = 0;
  // Items of the source, and the payloads inside them.
  uint64_t read = 0;
  // The latter.
  uint64_t children = 0;
  uint64_t written = 0;
  uint64_t unchanged = 0;
  uint64_t dropped = 0;
  uint64_t failed = 0;
  // Those of `read` that come from unpackers.
  uint64_t unpacked = 0;
  // Items of the source that are done with, and those of them that were containers.
  uint64_t items = 0;
  uint64_t containers = 0;
  // Of the items, and of what was taken out of them in their place.
  uint64_t bytes = 0;
  // How many of `read` an interrupted job had accounted for that this one goes on with, and how many of its items.
  uint64_t resumed = 0;
  uint64_t resumed_items = 0;
  // By "stage: reason", for dropped and failed documents.
  std::map<std::string, uint64_t> reasons;
  // By label; "detect" and "host" are the host's own, "LABEL.decide" is the second half of a transform.
  std::map<std::string, StageCounts> stages;
  JobWaits waits;
};

enum class JobEnd {
  kFinished,     // every payload is accounted for
  kRefused,      // a stage could not be opened: nothing was done
  kStopped,      // the source, a sink or the journal failed on the way
  kInterrupted,  // asked to stop
};

struct JobResult {
  JobEnd end = JobEnd::kFinished;
  Status status;  // why, unless finished
  JobReport report;
};

// When the journal commits, whichever comes first. What was done since is done again after an interruption. The results do not depend
// on it.
struct CommitPolicy {
  uint64_t items = 2000;
  uint64_t payload_bytes = uint64_t{32} << 20;
  std::chrono::nanoseconds time = std::chrono::seconds(5);
};

struct RunOptions {
  // Exists. Empty where the plan has no sinks.
  std::string output_dir;
  // Keep a journal in the output folder, and go on with the job that it tells of.
  bool journal = false;
  // Forget that job instead.
  bool fresh = false;
  CommitPolicy commit;
  // Failed documents are kept here; empty: none are. Made where it is not there. A letter that cannot be written stops the job.
  std::string dead_letters;
  // Called in input order with each document that is ready, before the sinks.
  std::function<Status(const v1::Document&)> on_document = nullptr;
  // Called after each item of the source or of a container in it, from one thread at a time. An exception from it or from on_document stops the job.
  std::function<void(const JobReport&)> on_progress = nullptr;
  // Set from a signal handler: stop taking in.
  const std::atomic<bool>* stop = nullptr;
  // No payload is taken in while this many bytes are in flight; one is always let in, whatever its size. Absent: as the plan says.
  std::optional<uint64_t> max_bytes_in_flight;
};

JobResult RunJob(const JobPlan& plan, PluginCatalog& catalog, const RunOptions& options);

}  // namespace garner
