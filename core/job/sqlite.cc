#include "core/job/sqlite.h"

#include <sqlite3.h>

#include <limits>
#include <utility>

namespace garner {
namespace {

// Another process that looks into the file holds it for moments only.
constexpr int kBusyMilliseconds = 10'000;

Status FailedAt(const std::string& place, sqlite3* connection) {
  return Status(StatusKind::kIo, place + ": " + (connection != nullptr ? sqlite3_errmsg(connection) : "no memory for a database connection"));
}

}  // namespace

void Statement::Finalizer::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
void Database::Closer::operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }

void Statement::Rewind() { sqlite3_reset(statement_.get()); }

void Statement::BindAt(int index, int64_t value) { sqlite3_bind_int64(statement_.get(), index, value); }

void Statement::BindAt(int index, std::string_view text) {
  const char* bytes = text.data() != nullptr ? text.data() : "";
  // A size that is too large makes the statement fail, as it would not be bound.
  if (text.size() > static_cast<size_t>(std::numeric_limits<int>::max())) {
    sqlite3_bind_zeroblob64(statement_.get(), index, std::numeric_limits<sqlite3_uint64>::max());
    return;
  }
  sqlite3_bind_text64(statement_.get(), index, bytes, text.size(), SQLITE_STATIC, SQLITE_UTF8);
}

Status Statement::Failed() const { return FailedAt(place_, sqlite3_db_handle(statement_.get())); }

Status Statement::Run() {
  const Result<bool> row = Row();
  if (!row.ok()) return row.status();
  Rewind();
  return OkStatus();
}

Result<bool> Statement::Row() {
  const int result = sqlite3_step(statement_.get());
  if (result == SQLITE_ROW) return true;
  if (result == SQLITE_DONE) return false;
  const Status status = Failed();
  Rewind();
  return status;
}

int64_t Statement::Int(int column) const { return sqlite3_column_int64(statement_.get(), column); }

std::string_view Statement::Bytes(int column) const {
  const void* bytes = sqlite3_column_blob(statement_.get(), column);
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return bytes == nullptr ? std::string_view() : std::string_view(static_cast<const char*>(bytes), static_cast<size_t>(size));
}

Result<Database> Database::Open(const std::string& path) {
  sqlite3* connection = nullptr;
  // The caller guarantees one thread at a time.
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW;
  const int opened = sqlite3_open_v2(path.c_str(), &connection, flags, nullptr);
  Database database(connection, path);
  if (opened != SQLITE_OK) return FailedAt(path, connection);
  sqlite3_busy_timeout(connection, kBusyMilliseconds);
  // Hostile files: no functions run from what a schema holds.
  sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  if (Status status = database.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY"); !status.ok()) return status;
  return database;
}

Result<Statement> Database::Prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int prepared =
      sqlite3_prepare_v3(connection_.get(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (prepared != SQLITE_OK) return FailedAt(path_, connection_.get());
  return Statement(statement, path_);
}

Status Database::Prepare(std::string_view sql, std::optional<Statement>& statement) {
  Result<Statement> prepared = Prepare(sql);
  if (prepared.ok()) statement = *std::move(prepared);
  return prepared.status();
}

Status Database::Execute(const std::string& sql) {
  return sqlite3_exec(connection_.get(), sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK ? OkStatus() : FailedAt(path_, connection_.get());
}

bool Database::InTransaction() const { return sqlite3_get_autocommit(connection_.get()) == 0; }

Result<int64_t> Database::Version() {
  Result<Statement> query = Prepare("PRAGMA user_version");
  if (!query.ok()) return query.status();
  const Result<bool> row = query->Row();
  if (!row.ok()) return row.status();
  return *row ? query->Int(0) : 0;
}

}  // namespace garner
