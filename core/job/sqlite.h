// SQLite as the job's state uses it: one connection, prepared statements, errors as Status.
//
//   Result<Database> database = Database::Open("out/.garner/journal.sqlite");
//   Result<Statement> insert = database->Prepare("INSERT INTO outcomes VALUES (?, ?)");
//   Status status = insert->Bind(item, uri).Run();
//
// A database is a file that a killed process may have left at any point: what was committed is there, nothing else is. One thread at a
// time. Statements must go before their database. Failures: kIo, with the file's name; a file that is no database, too.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "garner/status.h"

struct sqlite3;
struct sqlite3_stmt;

namespace garner {

class Statement {
 public:
  // Binds all parameters, from the first one on. Views must stay good until Run or the last Row.
  template <typename... Values>
  Statement& Bind(const Values&... values) {
    Rewind();
    int index = 0;
    (BindAt(++index, values), ...);
    return *this;
  }
  // Runs a statement that gives no rows.
  Status Run();
  // The next row; false after the last one.
  Result<bool> Row();
  // Of the current row. A view holds until the next call of Row, Run or Bind.
  int64_t Int(int column) const;
  std::string_view Bytes(int column) const;

 private:
  friend class Database;
  struct Finalizer {
    void operator()(sqlite3_stmt* statement) const;
  };
  Statement(sqlite3_stmt* statement, std::string place) : statement_(statement), place_(std::move(place)) {}

  void Rewind();
  void BindAt(int index, int64_t value);
  void BindAt(int index, uint64_t value) { BindAt(index, static_cast<int64_t>(value)); }
  void BindAt(int index, uint32_t value) { BindAt(index, static_cast<int64_t>(value)); }
  void BindAt(int index, int value) { BindAt(index, static_cast<int64_t>(value)); }
  // As text where it is for people to read, as bytes otherwise; nobody here tells them apart when reading.
  void BindAt(int index, std::string_view text);
  Status Failed() const;

  std::unique_ptr<sqlite3_stmt, Finalizer> statement_;
  std::string place_;
};

class Database {
 public:
  // Opens the file, or makes it. Writes wait for the disk at each commit; readers in other processes do not disturb.
  static Result<Database> Open(const std::string& path);

  Result<Statement> Prepare(std::string_view sql);
  // The same into a member.
  Status Prepare(std::string_view sql, std::optional<Statement>& statement);
  // Statements without parameters and rows, separated by semicolons.
  Status Execute(const std::string& sql);
  // Whether a transaction is open.
  bool InTransaction() const;
  // The number that a file's owner gives its layout; 0 in a new file.
  Result<int64_t> Version();

 private:
  struct Closer {
    void operator()(sqlite3* connection) const;
  };
  Database(sqlite3* connection, std::string path) : connection_(connection), path_(std::move(path)) {}

  std::unique_ptr<sqlite3, Closer> connection_;
  std::string path_;
};

}  // namespace garner
