#include "core/job/result_cache.h"

#include <utility>

#include "core/job/state_file.h"
#include "core/manifest/options_hash.h"
#include "garner/hash.h"

namespace garner {
namespace {

// Keys apart from results: marking a result as used must not write it again.
constexpr StateLayout kLayout = {"cache", 1, R"(
  CREATE TABLE runs (number INTEGER PRIMARY KEY);
  CREATE TABLE results (number INTEGER PRIMARY KEY, packed BLOB);
  CREATE TABLE keys (key BLOB PRIMARY KEY, result INTEGER, run INTEGER) WITHOUT ROWID;
)"};
constexpr char kForgetUnused[] = R"(
  DELETE FROM results WHERE number IN (SELECT result FROM keys WHERE run <> (SELECT max(number) FROM runs));
  DELETE FROM keys WHERE run <> (SELECT max(number) FROM runs);
)";

}  // namespace

Result<std::unique_ptr<ResultCache>> ResultCache::Open(const std::string& output_dir, std::string work, bool fresh) {
  Result<Database> database = OpenStateFile(output_dir, kLayout, fresh);
  if (!database.ok()) return database.status();
  std::unique_ptr<ResultCache> cache(new ResultCache(std::move(work), *std::move(database)));
  if (Status status = cache->Prepare(); !status.ok()) return status;
  return cache;
}

Status ResultCache::Prepare() {
  // A lost entry is worked on again: no need to wait for the disk.
  if (Status status = database_.Execute("PRAGMA synchronous=NORMAL"); !status.ok()) return status;
  if (Status status = database_.Prepare("SELECT packed FROM results JOIN keys ON result = number WHERE key = ?", find_); !status.ok()) return status;
  if (Status status = database_.Prepare("UPDATE keys SET run = (SELECT max(number) FROM runs) WHERE key = ?", mark_); !status.ok()) return status;
  if (Status status = database_.Prepare("INSERT INTO results (packed) VALUES (?)", add_result_); !status.ok()) return status;
  return database_.Prepare("INSERT OR REPLACE INTO keys VALUES (?, last_insert_rowid(), (SELECT max(number) FROM runs))", add_key_);
}

Status ResultCache::BeginRun() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return database_.Execute("INSERT INTO runs DEFAULT VALUES");
}

std::string ResultCache::KeyOf(const Payload& payload) const {
  const char nul = '\0';
  return Sha256Hex(work_ + nul + SerializeDeterministically(payload.info) + nul + Sha256Hex(payload.bytes));
}

std::optional<std::string> ResultCache::Find(std::string_view key) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const Result<bool> row = find_->Bind(key).Row();
  // What cannot be read is worked on again.
  if (!row.ok() || !*row) return std::nullopt;
  return std::string(find_->Bytes(0));
}

Status ResultCache::BeginTransaction() { return database_.InTransaction() ? OkStatus() : database_.Execute("BEGIN"); }

Status ResultCache::Use(std::string_view key, std::string_view packed) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (Status status = BeginTransaction(); !status.ok()) return status;
  if (packed.empty()) return mark_->Bind(key).Run();
  if (Status status = add_result_->Bind(packed).Run(); !status.ok()) return status;
  return add_key_->Bind(key).Run();
}

Status ResultCache::Commit() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return database_.InTransaction() ? database_.Execute("COMMIT") : OkStatus();
}

Status ResultCache::Finish() {
  if (Status status = Commit(); !status.ok()) return status;
  const std::lock_guard<std::mutex> lock(mutex_);
  return database_.Execute(std::string("BEGIN; ") + kForgetUnused + "COMMIT;");
}

}  // namespace garner
