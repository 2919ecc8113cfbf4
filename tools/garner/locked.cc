#include "tools/garner/locked.h"

#include "core/job/lock_file.h"
#include "garner/escape.h"

namespace garner {
namespace {

bool Refuse(const GlobalOptions& global, const std::string& words) {
  PrintLine(global, LogLevel::kError, EscapeForTerminal(words));
  return false;
}

}  // namespace

bool IsAsLocked(const GlobalOptions& global, const JobPlan& plan) {
  const std::string path = LockPath(plan.manifest_path);
  const Result<Lock> wanted = ReadLock(path);
  if (!wanted.ok()) return Refuse(global, wanted.status().message());
  const Result<Lock> found = MakeLock(plan);
  if (!found.ok()) return Refuse(global, found.status().message());
  const std::vector<std::string> differences = CompareLocks(*wanted, *found);
  for (const std::string& difference : differences)
    Refuse(global, path + ": " + difference + ", or accept what is there: garner lock " + plan.manifest_path);
  return differences.empty();
}

}  // namespace garner
