// MANIFEST.lock: the SHA-256 of everything that a job's results depend on besides its manifest and its input: the plugins, their
// data, the files that options name, and garner's version.
//
//   Result<Lock> now = MakeLock(plan);
//   Status status = WriteLock(*now, LockPath("news.yaml"));
//   Result<Lock> wanted = ReadLock(LockPath("news.yaml"));
//   for (const std::string& difference : CompareLocks(*wanted, *now)) ...       // none: all is as it was
//
// It holds no path of this machine: a folder that is copied whole keeps its lock. Values; no sharing between threads.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/manifest/plan.h"
#include "garner/status.h"

namespace garner {

// SHA-256, lower-case hexadecimal, by name.
using FileHashes = std::map<std::string, std::string>;

struct LockedPlugin {
  std::string version;
  std::string sha256;
  FileHashes data;  // by name below the plugin's data folder
};

struct LockedStage {
  std::string label;
  std::string role;  // "source", "decoder" ...
  std::string plugin;
};

struct Lock {
  std::string garner;               // the version
  std::vector<LockedStage> stages;  // in the order in which documents meet them
  std::map<std::string, LockedPlugin> plugins;
  // Named by options: relative to the manifest's folder where they stand below it, else as the options name them.
  FileHashes files;
};

// Reads every file that the plan rests on. Fails with kUnreadable where one cannot be read, or has changed since it was examined.
Result<Lock> MakeLock(const JobPlan& plan);

// "news.yaml.lock", beside the manifest.
std::string LockPath(const std::string& manifest_path);

// As JSON: the same text for the same lock.
std::string LockText(const Lock& lock);
Result<Lock> ParseLock(const std::string& text);

// Replaces the file in one step. Messages name it.
Status WriteLock(const Lock& lock, const std::string& path);
// Fails with kNotFound where there is none.
Result<Lock> ReadLock(const std::string& path);

// What is not as it was, a sentence each: what, what is locked, what was found.
std::vector<std::string> CompareLocks(const Lock& wanted, const Lock& found);

}  // namespace garner
