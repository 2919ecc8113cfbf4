// What an interrupted job goes on from: .garner/journal.sqlite in the output folder.
//
//   Result<std::unique_ptr<Journal>> journal = Journal::Open(output_dir);
//   Result<std::optional<JournalState>> found = (*journal)->Load();
//   (*journal)->Begin(plan);                       // or go on with *found
//   (*journal)->Add(item, 0, source, outcome);     // any number of times
//   (*journal)->Commit(checkpoint);                // all of it at once, or nothing
//
// A transaction holds the outcomes since the last one, the positions of the sinks, the records of the stages that decide, and the counts of
// the report. It is committed when the sinks have made durable what belongs to it, and never without. So whatever kills the process,
// the file tells a moment of the job at which everything agrees.
//
// The file stays when the job has finished: it says what became of every document of the last run (table `outcomes`), for people with
// sqlite3 as well. Failures are kIo and name the file. One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/job/sqlite.h"
#include "garner/stage.h"
#include "garner/v1/report.pb.h"

namespace garner {

enum class JobPhase {
  kRunning = 0,        // items are still to come
  kPublishing = 1,     // every item is committed; the sinks give their results their names
  kAcknowledging = 2,  // the results are there; the source hears of the outcomes
  kFinished = 3,
};

// A moment of the job at which everything agrees.
struct Checkpoint {
  JobPhase phase = JobPhase::kRunning;
  // Items of the source that are accounted for: the first ones, in its order.
  uint64_t items = 0;
  // By label. Absent where a sink cannot be cut back: the job cannot go on from here.
  std::optional<std::map<std::string, std::string>> positions;
  // Counts up to here.
  v1::RunReport counts;
};

struct JournalState {
  // What the job was made of; see work_key.h.
  std::string plan;
  Checkpoint checkpoint;
};

// One row of `outcomes`.
struct JournalEntry {
  uint64_t item = 0;  // in the order of the source and its containers, from 0
  uint32_t part = 0;  // 0: the item itself; its children from 1
  v1::PayloadInfo source;  // uri, container_path, record_key, bytes, sha256
  Outcome outcome;
  bool inside = false;  // it came out of a container of the source
};

class Journal {
 public:
  // Makes the folder `.garner` and the file where they are not there. `fresh`: whatever file is there goes first, readable or not.
  static Result<std::unique_ptr<Journal>> Open(const std::string& output_dir, bool fresh = false);

  // The last checkpoint; absent where there has been no run.
  Result<std::optional<JournalState>> Load();
  // Forgets everything and begins a job.
  Status Begin(std::string_view plan);

  // In order. What is added counts with the next Commit. `inside`: the item came out of a container, whose own row follows those of all
  // that was in it.
  Status Add(uint64_t item, uint32_t part, const v1::PayloadInfo& source, const Outcome& outcome, bool inside = false);
  Status AddRecord(std::string_view stage, std::string_view record);
  Status Commit(const Checkpoint& checkpoint);
  // Forgets what was added since the last Commit. For a process that goes on; one that ends need not.
  void RollBack();
  // Moves a job whose items are all committed on.
  Status SetPhase(JobPhase phase);

  // Committed rows in order; ends early where `visit` gives a failure, and gives it on.
  Status ForEachEntry(const std::function<Status(const JournalEntry&)>& visit);
  // An item at a time: part 0, with the outcome of the whole item. It has failed where any of its documents has.
  Status ForEachItem(const std::function<Status(const JournalEntry&)>& visit);
  // Likewise of the items that the source gave: a container has failed where anything in it has.
  Status ForEachSourceItem(const std::function<Status(const JournalEntry&)>& visit);
  Status ForEachRecord(std::string_view stage, const std::function<Status(std::string_view)>& visit);

 private:
  explicit Journal(Database database) : database_(std::move(database)) {}
  Status Prepare();
  Status BeginTransaction();
  Status Set(std::string_view name, std::string_view value);
  Result<std::string> Get(std::string_view name);
  Status WriteCheckpoint(const Checkpoint& checkpoint);
  Result<std::map<std::string, std::string>> LoadPositions();

  Database database_;
  std::optional<Statement> add_outcome_;
  std::optional<Statement> add_record_;
  std::optional<Statement> set_;
  std::optional<Statement> set_position_;
};

}  // namespace garner
