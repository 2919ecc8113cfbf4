// The decoders and transforms of one worker, opened and ready.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "core/job/stage_host.h"
#include "core/job/unpackers.h"

namespace garner {

class StageSet {
 public:
  static Result<std::unique_ptr<StageSet>> Open(const JobPlan& plan, const JobFolders& folders, PluginCatalog& catalog);

  // The first decoder that takes the media type; nullptr where none does.
  StageHost* DecoderFor(std::string_view media_type) const;
  const std::vector<std::unique_ptr<StageHost>>& decoders() const { return decoders_; }
  const std::vector<std::unique_ptr<StageHost>>& transforms() const { return transforms_; }
  // The process of the isolated plugins, where there are any, and those of programs.
  const std::vector<std::unique_ptr<WorkerClient>>& workers() const { return workers_; }
  // What detection goes by: unpackers and decoders.
  const std::vector<const PluginFile*>& reader_files() const { return unpackers_->reader_files(); }
  // For containers inside payloads. Opened when one is met.
  Unpackers& unpackers() const { return *unpackers_; }

 private:
  // Before the stages that use them.
  std::vector<std::unique_ptr<WorkerClient>> workers_;
  std::vector<std::unique_ptr<StageHost>> decoders_;
  std::vector<std::unique_ptr<StageHost>> transforms_;
  std::unique_ptr<Unpackers> unpackers_;
};

}  // namespace garner
