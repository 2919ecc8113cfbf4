// The last filter: documents in input order, into the sinks, the dead letters and the report. One thread at a time.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/job/dead_letters.h"
#include "core/job/task.h"

namespace garner {

class Writer {
 public:
  // All must outlive it. `stop` ends the job for a reason; it is called from Write and Finish.
  using Stop = std::function<void(const std::string& stage, const Status& status)>;
  Writer(const JobPlan& plan, const RunOptions& options, JobReport& report, Stop stop) : plan_(plan), options_(options), report_(report), stop_(std::move(stop)) {}

  Status OpenSinks(const JobFolders& folders, PluginCatalog& catalog);
  Status OpenDeadLetters();
  // Called before on_progress when the times have grown old.
  void set_update_times(std::function<void()> update) { update_times_ = std::move(update); }

  // No exception leaves it.
  void Write(Task& task);
  // Before the results get their names, and of a job that ended early too: its letters stay.
  Status FinishLetters();
  // False where a sink could not: the job stops.
  bool FinishSinks();

  const std::vector<std::unique_ptr<StageHost>>& sinks() const { return sinks_; }
  // What became of each item, in order.
  const std::vector<std::pair<v1::PayloadInfo, Outcome>>& outcomes() const { return outcomes_; }

 private:
  void WriteOne(Task& task);
  bool Deliver(const v1::Document& document, LapClock& lap);
  bool KeepLetter(const Processed& done);
  void AddTimes(const Task& task);
  void ShowProgress(const LapClock& lap);

  const JobPlan& plan_;
  const RunOptions& options_;
  JobReport& report_;
  const Stop stop_;
  std::function<void()> update_times_;
  std::vector<std::unique_ptr<StageHost>> sinks_;
  std::unique_ptr<DeadLetters> dead_letters_;
  LapClock::Clock::time_point updated_;  // the times in the report
  std::vector<std::pair<v1::PayloadInfo, Outcome>> outcomes_;
};

}  // namespace garner
