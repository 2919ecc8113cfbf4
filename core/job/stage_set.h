// The decoders and transforms of one worker, opened and ready.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "core/job/stage_host.h"

namespace garner {

class StageSet {
 public:
  static Result<std::unique_ptr<StageSet>> Open(const JobPlan& plan, const JobFolders& folders, PluginCatalog& catalog);

  // The first decoder that takes the media type; nullptr where none does.
  StageHost* DecoderFor(std::string_view media_type) const;
  const std::vector<std::unique_ptr<StageHost>>& decoders() const { return decoders_; }
  const std::vector<std::unique_ptr<StageHost>>& transforms() const { return transforms_; }
  // The process of the isolated stages; nullptr where there are none.
  const WorkerClient* worker() const { return worker_.get(); }
  // What detection goes by.
  const std::vector<const PluginFile*>& decoder_files() const { return decoder_files_; }

 private:
  // Before the stages that use it.
  std::unique_ptr<WorkerClient> worker_;
  std::vector<std::unique_ptr<StageHost>> decoders_;
  std::vector<std::unique_ptr<StageHost>> transforms_;
  std::vector<const PluginFile*> decoder_files_;
};

}  // namespace garner
