// Finds payloads again, in the files and containers that a job read them from.
//
//   PayloadFinder finder({"/data"}, plan, catalog);
//   Result<std::string> bytes = finder.Find(document.source());
//
// Asked for in the order in which the job read them, each container is gone through once. Only what stood in files, and in containers in them:
// what a decoder found inside a payload has no place that could be looked at. The catalog must outlive it. One thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/job/unpacking.h"

namespace garner {

class PayloadFinder {
 public:
  // `folders`: where uris start. Of the plan its unpackers count.
  PayloadFinder(std::vector<std::string> folders, JobPlan plan, PluginCatalog& catalog);

  // The bytes that the job read; where they have changed, or are not there, a failure says so.
  Result<std::string> Find(const v1::PayloadInfo& info);

 private:
  Result<std::string> PathOf(const v1::PayloadInfo& info) const;
  Result<bool> Begin(const std::string& path, const v1::PayloadInfo& info);
  bool TakeFrom(const v1::PayloadInfo& info);

  const std::vector<std::string> folders_;
  const JobPlan plan_;
  Unpackers unpackers_;
  std::unique_ptr<Unpacking> unpacking_;  // of uri_
  std::string uri_;
  Unpacked current_;
  LapClock lap_;
};

}  // namespace garner
