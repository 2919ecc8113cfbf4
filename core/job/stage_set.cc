#include "core/job/stage_set.h"

#include <algorithm>
#include <thread>
#include <utility>

namespace garner {
namespace {

bool AnyIsolated(const std::vector<StagePlan>& stages) {
  return std::any_of(stages.begin(), stages.end(), [](const StagePlan& stage) { return stage.isolated; });
}

// One process for all isolated stages of a worker: they have the same limits.
std::unique_ptr<WorkerClient> MakeWorkerClient(const JobPlan& plan, const JobFolders& folders) {
  if (!AnyIsolated(plan.decoders) && !AnyIsolated(plan.transforms)) return nullptr;
  WorkerSettings settings;
  settings.limits = plan.limits.isolation;
  settings.wait_together = plan.limits.workers > 0 && plan.limits.workers < std::thread::hardware_concurrency();
  settings.rules = plan.sandbox;
  settings.manifest_dir = folders.manifest_dir;
  settings.output_dir = folders.output_dir;
  return std::make_unique<WorkerClient>(std::move(settings));
}

}  // namespace

Result<std::unique_ptr<StageSet>> StageSet::Open(const JobPlan& plan, const JobFolders& folders, PluginCatalog& catalog) {
  auto set = std::make_unique<StageSet>();
  set->worker_ = MakeWorkerClient(plan, folders);
  const auto open = [&](const std::vector<StagePlan>& stages, std::vector<std::unique_ptr<StageHost>>& hosts) -> Status {
    for (const StagePlan& stage : stages) {
      Result<std::unique_ptr<StageHost>> host = StageHost::Make(stage, folders, catalog, set->worker_.get());
      if (!host.ok()) return host.status();
      hosts.push_back(*std::move(host));
    }
    return OkStatus();
  };
  if (Status status = open(plan.decoders, set->decoders_); !status.ok()) return status;
  if (Status status = open(plan.transforms, set->transforms_); !status.ok()) return status;
  if (set->worker_ != nullptr) {
    if (Status status = set->worker_->Start(); !status.ok()) return status;
  }
  set->unpackers_ = std::make_unique<Unpackers>(plan, folders, catalog);
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
