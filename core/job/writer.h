// The last filter: documents in input order, into the sinks, the dead letters, the report and the journal. One thread at a time.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/job/dead_letters.h"
#include "core/job/decider.h"
#include "core/job/journal.h"
#include "core/job/result_cache.h"
#include "core/job/task.h"

namespace garner {

class Writer {
 public:
  // All must outlive it. `stop` ends the job for a reason; it is called from Write and Finish.
  using Stop = std::function<void(const std::string& stage, const Status& status)>;
  Writer(const JobPlan& plan, const RunOptions& options, JobReport& report, Stop stop) : plan_(plan), options_(options), report_(report), stop_(std::move(stop)), decider_(plan) {}

  Status OpenDecisions(const JobFolders& folders, PluginCatalog& catalog) { return decider_.Open(folders, catalog); }
  // Before the first Write: what an interrupted job remembered, each record in the order in which tasks gave it.
  Status Remember(const StageRecord& record) { return decider_.Remember(record); }
  // Keeps what becomes of each item: in `journal`, which must outlive it, or in memory where there is none.
  void set_outcomes(Journal* journal) { journal_ = journal, keeps_outcomes_ = true; }
  // Keeps results for the next run. It must outlive the writer.
  void set_cache(ResultCache* cache) { cache_ = cache; }
  // `positions`: where an interrupted job left the sinks; nullptr opens them afresh.
  Status OpenSinks(const JobFolders& folders, PluginCatalog& catalog, const std::map<std::string, std::string>* positions);
  void CloseSinks() { sinks_.clear(); }
  Status OpenDeadLetters();
  // The items that an interrupted job has accounted for.
  void set_committed(uint64_t items) { items_ = committed_ = items; }
  // Called before on_progress and commits: brings the times in the report up to date.
  void set_update_times(std::function<void()> update) { update_times_ = std::move(update); }

  // No exception leaves it. Afterwards `task.records` is what the deciding stages remember of it.
  void Write(Task& task);
  // Letters, sinks and journal, in this order: all that was written is safe. Stops the job where it fails.
  bool Commit(JobPhase phase);
  // False where a sink could not: the job stops.
  bool FinishSinks();
  // Adds to the report what stages said.
  void AddTallies(const std::vector<StageTally>& tallies);

  const std::vector<std::unique_ptr<StageHost>>& sinks() const { return sinks_; }
  const Decider& decider() const { return decider_; }
  // Without a journal: what became of each item, in order.
  const std::vector<std::pair<v1::PayloadInfo, Outcome>>& outcomes() const { return outcomes_; }
  // Items that an interruption does not take back; 0 where the job could not be gone on with.
  uint64_t safe() const { return Resumable() ? committed_ : 0; }
  // Every item is whole: no sink failed in the middle of one.
  bool whole() const { return whole_; }

 private:
  void WriteItem(Task& task);
  bool WriteOne(Processed& done, Task& task);
  Status KeepOutcomes(const Task& task);
  void KeepInMemory(const Task& task);
  Status KeepResult(const Task& task);
  bool CommitIsDue(const LapClock& lap) const;
  bool Resumable() const;
  Result<std::map<std::string, std::string>> CommitSinks();
  bool Deliver(const v1::Document& document, LapClock& lap);
  bool KeepLetter(const Processed& done);
  void AddTimes(const Processed& done);
  void AddWaits(const JobWaits& waited);
  void ShowProgress(const LapClock& lap);

  const JobPlan& plan_;
  const RunOptions& options_;
  JobReport& report_;
  const Stop stop_;
  std::function<void()> update_times_;
  Decider decider_;
  std::vector<std::unique_ptr<StageHost>> sinks_;
  std::unique_ptr<DeadLetters> dead_letters_;
  LapClock::Clock::time_point updated_;  // the times in the report
  Journal* journal_ = nullptr;
  ResultCache* cache_ = nullptr;
  bool keeps_outcomes_ = false;
  std::vector<std::pair<v1::PayloadInfo, Outcome>> outcomes_;
  std::optional<Outcome> failure_inside_;  // of the container that is being taken apart
  uint64_t items_ = 0;  // written, from the first one of the source on
  uint64_t committed_ = 0;
  uint64_t uncommitted_bytes_ = 0;
  bool letters_kept_ = false;  // since the last commit
  bool whole_ = true;
  LapClock::Clock::time_point committed_at_ = LapClock::Clock::now();
};

}  // namespace garner
