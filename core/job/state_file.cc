#include "core/job/state_file.h"

#include <filesystem>

namespace garner {
namespace {

namespace fs = std::filesystem;

void Remove(const std::string& path) {
  std::error_code ignored;
  for (const char* ending : {"", "-wal", "-shm"}) fs::remove(path + ending, ignored);
}

Result<Database> OpenWithLayout(const std::string& path, const StateLayout& layout) {
  {
    Result<Database> database = Database::Open(path);
    if (!database.ok()) return database;
    const Result<int64_t> version = database->Version();
    if (!version.ok()) return version.status();
    if (*version == layout.version) return database;
  }
  Remove(path);
  Result<Database> database = Database::Open(path);
  if (!database.ok()) return database;
  const std::string make = std::string("BEGIN;") + layout.tables + "PRAGMA user_version=" + std::to_string(layout.version) + "; COMMIT;";
  if (Status status = database->Execute(make); !status.ok()) return status;
  return database;
}

}  // namespace

Result<Database> OpenStateFile(const std::string& output_dir, const StateLayout& layout, bool fresh) {
  const fs::path wanted = fs::path(output_dir) / ".garner";
  std::error_code error;
  fs::create_directories(wanted, error);
  // Links on the way to the folder are its owner's affair; the file itself must be none, and the library looks at the whole way.
  const fs::path folder = error ? fs::path() : fs::canonical(wanted, error);
  if (error) return Status(StatusKind::kIo, wanted.string() + ": the folder cannot be made: " + error.message());
  const std::string path = (folder / layout.name).string() + ".sqlite";
  if (fresh) Remove(path);
  Result<Database> database = OpenWithLayout(path, layout);
  if (!database.ok()) return Status(StatusKind::kIo, database.status().message() + "; --fresh starts over without it");
  return database;
}

}  // namespace garner
