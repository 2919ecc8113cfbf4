#include "core/job/stage_host.h"

#include "core/isolation/isolated_stage.h"
#include "core/job/job_log.h"

namespace garner {
namespace {

// Beyond so many edits their memory is given back.
constexpr int kManyEdits = 10000;

int CountEdits(const v1::Edits& edits) {
  return edits.erase_size() + edits.replace_size() + edits.split_size() + edits.annotate_size() + edits.add_metadata_size() + edits.set_block_size();
}

}  // namespace

Result<std::unique_ptr<StageHost>> StageHost::Make(const StagePlan& plan, const JobFolders& folders, PluginCatalog& catalog, WorkerClient* worker) {
  Result<std::unique_ptr<Stage>> stage =
      plan.isolated && worker != nullptr ? MakeIsolatedStage(*plan.plugin, *worker) : catalog.Make(plan.plugin->manifest.name());
  if (!stage.ok()) return stage.status();
  std::unique_ptr<StageHost> host(new StageHost(plan, folders));
  host->stage_ = *std::move(stage);
  const std::string& path = plan.plugin->path;
  host->data_dir_ = path.substr(0, path.rfind('.')) + ".data";
  Status status = Guarded([&] { return host->stage_->Configure(*host, plan.options); });
  if (status.ok()) status = Guarded([&] { return host->stage_->Open(); });
  if (!status.ok()) return Status(status.kind(), plan.label + ": " + status.message());
  return host;
}

Edits& StageHost::NewEdits() {
  if (CountEdits(edits_.proto()) > kManyEdits) {
    edits_ = Edits();
  } else {
    edits_.proto().Clear();
  }
  return edits_;
}

void StageHost::Log(LogLevel level, std::string_view message) {
  LogEvent({level, plan_.label, document_, message});
}

void StageHost::Warn(std::string_view message) {
  AddTo(warnings_, uint64_t{1});
  Log(LogLevel::kWarning, message);
}

}  // namespace garner
