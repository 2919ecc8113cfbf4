#include "core/job/stage_set.h"

#include <algorithm>

namespace garner {

Result<std::unique_ptr<StageSet>> StageSet::Open(const JobPlan& plan, const JobFolders& folders, PluginCatalog& catalog) {
  auto set = std::make_unique<StageSet>();
  const auto open = [&](const std::vector<StagePlan>& stages, std::vector<std::unique_ptr<StageHost>>& hosts) -> Status {
    for (const StagePlan& stage : stages) {
      Result<std::unique_ptr<StageHost>> host = StageHost::Make(stage, folders, catalog);
      if (!host.ok()) return host.status();
      hosts.push_back(*std::move(host));
    }
    return OkStatus();
  };
  if (Status status = open(plan.decoders, set->decoders_); !status.ok()) return status;
  if (Status status = open(plan.transforms, set->transforms_); !status.ok()) return status;
  for (const StagePlan& stage : plan.decoders) set->decoder_files_.push_back(stage.plugin);
  return set;
}

StageHost* StageSet::DecoderFor(std::string_view media_type) const {
  for (const std::unique_ptr<StageHost>& host : decoders_) {
    const auto& types = host->plan().plugin->manifest.media_types();
    if (std::find(types.begin(), types.end(), media_type) != types.end()) return host.get();
  }
  return nullptr;
}

}  // namespace garner
