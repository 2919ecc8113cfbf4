// What probes have found, kept between runs: a small file for each library and host, in the user's cache folder.
//
//   const ProbeMemory memory(ProbeFolder());
//   const std::string key = ProbeKey(sha256);
//   if (std::optional<Status> known = memory.Find(key)) return *known;
//   memory.Keep(key, status);
//
// Trusts no file or folder that somebody else owns or may write to. Whatever goes wrong with the folder, nothing is found and nothing is kept:
// then libraries are tried each time. Any number of processes and threads at once.
#pragma once

#include <optional>
#include <string>

#include "garner/status.h"

namespace garner {

// XDG_CACHE_HOME/garner/probes, else HOME/.cache/garner/probes; empty where neither is set.
std::string ProbeFolder();

// Names a library by its content, and this host by its build tag: another one may find something else.
std::string ProbeKey(const std::string& sha256);

class ProbeMemory {
 public:
  // Empty: remembers nothing.
  explicit ProbeMemory(std::string folder) : folder_(std::move(folder)) {}

  // A refusal names the file that remembers it.
  std::optional<Status> Find(const std::string& key) const;
  void Keep(const std::string& key, const Status& status) const;

 private:
  std::string PathOf(const std::string& key) const { return folder_ + "/" + key; }

  const std::string folder_;
};

}  // namespace garner
