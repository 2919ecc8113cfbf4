// The first filter: takes payloads from the source, within the limits of what may be in flight. One thread at a time, but for Release.
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

namespace garner {

class Head {
 public:
  // `options` must outlive it. `stopped`: set by anybody when the job is to end.
  Head(const RunOptions& options, const std::atomic<bool>& stopped) : options_(options), stopped_(stopped) {}

  void SetSource(std::unique_ptr<StageHost> source) { source_ = std::move(source); }
  // Takes the first items from the source without working on them: those that an interrupted job has accounted for. False where they are
  // not what the journal says; why, goes to `difference`. Then the source is used up and must be set again.
  Result<bool> Skip(Journal& journal, uint64_t items, std::string& difference);
  StageHost& source() const { return *source_; }
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

  const RunOptions& options_;
  const std::atomic<bool>& stopped_;
  std::unique_ptr<StageHost> source_;
  Status status_;
  bool ended_ = false;
  uint64_t next_ = 0;  // number of the next item
  LapClock lap_;
  std::chrono::nanoseconds waited_{0};  // since the last task
  std::atomic<uint64_t> bytes_in_flight_{0};
};

}  // namespace garner
