// The first filter: takes payloads from the source, and in place of containers what is in them, within the limits of what may be in flight.
// One thread at a time, but for Release.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "core/job/journal.h"
#include "core/job/lap_clock.h"
#include "core/job/stage_host.h"
#include "core/job/task.h"
#include "core/job/unpacking.h"

namespace garner {

class Head {
 public:
  // `options` must outlive it. `stopped`: set by anybody when the job is to end.
  Head(const JobPlan& plan, const RunOptions& options, const std::atomic<bool>& stopped)
      : options_(options), max_bytes_in_flight_(options.max_bytes_in_flight.value_or(uint64_t{plan.limits.payload_mb} << 20)), stopped_(stopped) {}

  // A source that has just been opened, and where to open what it holds.
  void SetSource(std::unique_ptr<StageHost> source, std::unique_ptr<Unpackers> unpackers);
  // Takes the first items from the source without working on them: those that an interrupted job has accounted for. False where they are
  // not what the journal says; why, goes to `difference`. Then the source is used up and must be set again.
  Result<bool> Skip(Journal& journal, uint64_t items, std::string& difference);
  StageHost& source() const { return *source_; }
  Unpackers& unpackers() const { return *unpackers_; }
  // The waits of the head begin here.
  void Start() { lap_.Take(); }

  // The next task, or none where the input or the round ends: enough is in flight.
  std::unique_ptr<Task> Next();
  // There is more in a task than what was read. Any thread.
  void Grow(uint64_t bytes) { bytes_in_flight_ += bytes; }
  // A task is done with: its bytes make room. Any thread.
  void Release(uint64_t bytes) { bytes_in_flight_ -= bytes; }

  // There is nothing more to come.
  bool ended() const { return ended_; }
  bool Interrupted() const { return options_.stop != nullptr && options_.stop->load(); }
  // Of a source that broke down.
  const Status& status() const { return status_; }

 private:
  Status Take(std::unique_ptr<Task>& task);
  Result<bool> NextPayload(Unpacked& out);

  const RunOptions& options_;
  const uint64_t max_bytes_in_flight_;
  const std::atomic<bool>& stopped_;
  std::unique_ptr<StageHost> source_;
  std::unique_ptr<Unpackers> unpackers_;
  std::unique_ptr<Unpacking> unpacking_;  // after what it works with
  Status status_;
  bool ended_ = false;
  uint64_t next_ = 0;  // number of the next item
  LapClock lap_;
  std::chrono::nanoseconds waited_{0};  // since the last task
  std::atomic<uint64_t> bytes_in_flight_{0};
};

}  // namespace garner
