#include "core/job/stage_set.h"

#include <algorithm>
#include <thread>
#include <utility>

namespace garner {
namespace {

bool AnyIsolated(const std::vector<StagePlan>& stages) {
  return std::any_of(stages.begin(), stages.end(), [](const StagePlan& stage) { return stage.isolated && stage.program == nullptr; });
}

WorkerSettings SettingsOf(const JobPlan& plan, const JobFolders& folders) {
  WorkerSettings settings;
  settings.limits = plan.limits.isolation;
  settings.wait_together = plan.limits.workers > 0 && plan.limits.workers < std::thread::hardware_concurrency();
  settings.rules = plan.sandbox;
  settings.manifest_dir = folders.manifest_dir;
  settings.output_dir = folders.output_dir;
  return settings;
}

std::unique_ptr<WorkerClient> MakeProgramClient(const JobPlan& plan, const JobFolders& folders, const StageProgram& program) {
  WorkerSettings settings = SettingsOf(plan, folders);
  settings.wait_together = false;  // what becomes of a thread's place, only our own workers know
  settings.command = {program.file.path, program.words, folders.manifest_dir};
  return std::make_unique<WorkerClient>(std::move(settings));
}

}  // namespace

Result<std::unique_ptr<StageSet>> StageSet::Open(const JobPlan& plan, const JobFolders& folders, PluginCatalog& catalog) {
  auto set = std::make_unique<StageSet>();
  // One process for all isolated plugins of a worker: they have the same limits. A program has one of its own.
  WorkerClient* plugins = nullptr;
  if (AnyIsolated(plan.decoders) || AnyIsolated(plan.transforms)) plugins = set->workers_.emplace_back(std::make_unique<WorkerClient>(SettingsOf(plan, folders))).get();
  const auto open = [&](const std::vector<StagePlan>& stages, std::vector<std::unique_ptr<StageHost>>& hosts) -> Status {
    for (const StagePlan& stage : stages) {
      WorkerClient* worker = plugins;
      if (stage.program != nullptr) worker = set->workers_.emplace_back(MakeProgramClient(plan, folders, *stage.program)).get();
      Result<std::unique_ptr<StageHost>> host = StageHost::Make(stage, folders, catalog, worker);
      if (!host.ok()) return host.status();
      hosts.push_back(*std::move(host));
    }
    return OkStatus();
  };
  if (Status status = open(plan.decoders, set->decoders_); !status.ok()) return status;
  if (Status status = open(plan.transforms, set->transforms_); !status.ok()) return status;
  for (const std::unique_ptr<WorkerClient>& worker : set->workers_)
    if (Status status = worker->Start(); !status.ok()) return status;
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
