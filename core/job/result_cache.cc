#include "core/job/result_cache.h"

#include <filesystem>
#include <utility>

#include "core/manifest/options_hash.h"
#include "garner/hash.h"

namespace garner {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kLayout = 1;

// Keys apart from results: marking a result as used must not write it again.
constexpr char kTables[] = R"(
  CREATE TABLE runs (number INTEGER PRIMARY KEY);
  CREATE TABLE results (number INTEGER PRIMARY KEY, packed BLOB);
  CREATE TABLE keys (key BLOB PRIMARY KEY, result INTEGER, run INTEGER) WITHOUT ROWID;
)";
constexpr char kNoTables[] = "DROP TABLE IF EXISTS runs; DROP TABLE IF EXISTS results; DROP TABLE IF EXISTS keys;";
constexpr char kForgetUnused[] = R"(
  DELETE FROM results WHERE number IN (SELECT result FROM keys WHERE run <> (SELECT max(number) FROM runs));
  DELETE FROM keys WHERE run <> (SELECT max(number) FROM runs);
)";

}  // namespace

Result<std::unique_ptr<ResultCache>> ResultCache::Open(const std::string& output_dir, std::string work, bool fresh) {
  const fs::path folder = fs::path(output_dir) / ".garner";
  const std::string path = (folder / "cache.sqlite").string();
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return Status(StatusKind::kIo, folder.string() + ": the folder cannot be made: " + error.message());
  if (fresh)
    for (const char* ending : {"", "-wal", "-shm"}) fs::remove(path + ending, error);
  Result<Database> database = Database::Open(path);
  if (!database.ok()) return Status(StatusKind::kIo, database.status().message() + "; --fresh starts over without it");
  std::unique_ptr<ResultCache> cache(new ResultCache(std::move(work), *std::move(database)));
  if (Status status = cache->Prepare(); !status.ok()) return Status(StatusKind::kIo, status.message() + "; --fresh starts over without it");
  return cache;
}

Status ResultCache::Prepare() {
  // A lost entry is worked on again: no need to wait for the disk.
  if (Status status = database_.Execute("PRAGMA synchronous=NORMAL"); !status.ok()) return status;
  const Result<int64_t> layout = database_.Version();
  if (!layout.ok()) return layout.status();
  if (*layout != kLayout) {
    const std::string renew = std::string("BEGIN; ") + kNoTables + kTables + "PRAGMA user_version=" + std::to_string(kLayout) + "; COMMIT;";
    if (Status status = database_.Execute(renew); !status.ok()) return status;
  }
  const auto prepare = [this](std::optional<Statement>& statement, std::string_view sql) {
    Result<Statement> prepared = database_.Prepare(sql);
    if (prepared.ok()) statement = *std::move(prepared);
    return prepared.status();
  };
  if (Status status = prepare(find_, "SELECT packed FROM results JOIN keys ON result = number WHERE key = ?"); !status.ok()) return status;
  if (Status status = prepare(mark_, "UPDATE keys SET run = (SELECT max(number) FROM runs) WHERE key = ?"); !status.ok()) return status;
  if (Status status = prepare(add_result_, "INSERT INTO results (packed) VALUES (?)"); !status.ok()) return status;
  return prepare(add_key_, "INSERT OR REPLACE INTO keys VALUES (?, last_insert_rowid(), (SELECT max(number) FROM runs))");
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
