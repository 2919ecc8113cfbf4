// Results of an earlier run, for payloads that have not changed: .garner/cache.sqlite in the output folder.
//
//   Result<std::unique_ptr<ResultCache>> cache = ResultCache::Open(output_dir, keys.documents, fresh);
//   (*cache)->BeginRun();
//   const std::string key = (*cache)->KeyOf(payload);          // any thread
//   std::optional<std::string> kept = (*cache)->Find(key);     // any thread; then UnpackItem
//   (*cache)->Use(key, packed);                                // in order, one thread; an empty `packed` keeps what is there
//   (*cache)->Commit();
//   (*cache)->Finish();                                        // forgets what this run did not use
//
// A key names the work and the payload: an entry is never wrong, only unused. So losing the file costs time and nothing else, and it need
// not agree with the journal. Failures are kIo and name the file.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "core/job/sqlite.h"
#include "garner/stage.h"

namespace garner {

class ResultCache {
 public:
  // `work` names what results are made by; see work_key.h. `fresh`: results of earlier runs are forgotten.
  static Result<std::unique_ptr<ResultCache>> Open(const std::string& output_dir, std::string work, bool fresh);

  // What is used from here on belongs to a new run. Not for a job that goes on: what it used before counts.
  Status BeginRun();

  std::string KeyOf(const Payload& payload) const;
  std::optional<std::string> Find(std::string_view key);

  // The run has an item of this key; `packed` is its result, or empty where it was found.
  Status Use(std::string_view key, std::string_view packed);
  Status Commit();
  // Once, when the job's results are in their place.
  Status Finish();

 private:
  ResultCache(std::string work, Database database) : work_(std::move(work)), database_(std::move(database)) {}
  Status Prepare();
  Status BeginTransaction();

  const std::string work_;
  std::mutex mutex_;  // for what follows
  Database database_;
  std::optional<Statement> find_;
  std::optional<Statement> mark_;
  std::optional<Statement> add_result_;
  std::optional<Statement> add_key_;
};

}  // namespace garner
