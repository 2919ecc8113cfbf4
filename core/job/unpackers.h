// The unpackers of one thread: opened when they are needed, as many at a time as there are containers inside each other.
//
//   Unpackers::Kind* kind = unpackers.For(first_bytes, info);
//   Result<StageHost*> host = unpackers.Take(*kind);
//   ... host->As<UnpackerStage>() ...
//   unpackers.Return(*kind, host);
//
// The plan must outlive it. One thread, but for `busy` of the hosts.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "core/job/stage_host.h"
#include "core/plugin/container_look.h"
#include "core/plugin/detection.h"

namespace garner {

class Unpackers {
 public:
  // The instances of one unpacker of the plan.
  class Kind {
   public:
    const StagePlan& plan() const { return *plan_; }
    // All its instances report through the first one, which is there once any was taken: time, counts and warnings.
    StageHost* first() const { return hosts_.empty() ? nullptr : hosts_.front().get(); }
    // Undoes this kind of transport compression itself.
    bool TakesRaw(std::string_view compression) const;

   private:
    friend class Unpackers;
    const StagePlan* plan_ = nullptr;
    std::vector<std::unique_ptr<StageHost>> hosts_;
    std::vector<StageHost*> idle_;
  };

  Unpackers(const JobPlan& plan, const JobFolders& folders, PluginCatalog& catalog);

  // Opens one of each, so that one that cannot be opened refuses the job before any work.
  Status OpenAll();

  // The one that takes what the payload is, whose media type then stands in `info`; nullptr where none does. `head`: its first bytes,
  // transport compression undone.
  Kind* For(std::string_view head, v1::PayloadInfo& info) const;

  Result<StageHost*> Take(Kind& kind);
  void Return(Kind& kind, StageHost* host);

  const std::vector<std::unique_ptr<Kind>>& kinds() const { return kinds_; }
  // What detection goes by: unpackers and decoders.
  const std::vector<const PluginFile*>& reader_files() const { return reader_files_; }
  const ContainerLimits& limits() const { return limits_; }

 private:
  const JobFolders folders_;
  PluginCatalog& catalog_;
  const ContainerLimits limits_;
  std::vector<std::unique_ptr<Kind>> kinds_;
  std::vector<const PluginFile*> reader_files_;
  ContainerLook look_;
};

}  // namespace garner
