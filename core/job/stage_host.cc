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

Result<std::unique_ptr<StageHost>> StageHost::Begin(const StagePlan& plan, const JobFolders& folders, Result<std::unique_ptr<Stage>> stage,
                                                    const std::function<Status(Stage&)>& open) {
  if (!stage.ok()) return stage.status();
  std::unique_ptr<StageHost> host(new StageHost(plan, folders));
  host->stage_ = *std::move(stage);
  host->data_dir_ = DataFolder(plan.plugin->path);
  Status status = Guarded([&] { return host->stage_->Configure(*host, plan.options); });
  if (status.ok()) status = Guarded([&] { return open(*host->stage_); });
  if (!status.ok()) return Status(status.kind(), plan.label + ": " + status.message());
  return host;
}

Result<std::unique_ptr<StageHost>> StageHost::Make(const StagePlan& plan, const JobFolders& folders, PluginCatalog& catalog, WorkerClient* worker) {
  const bool isolated = plan.isolated && worker != nullptr;
  // Its own process loads it before the sandbox closes.
  if (isolated)
    if (Status status = catalog.Admit(plan.plugin->manifest.name()); !status.ok()) return status;
  return Begin(plan, folders, isolated ? MakeIsolatedStage(*plan.plugin, *worker) : catalog.Make(plan.plugin->manifest.name()),
               [](Stage& stage) { return stage.Open(); });
}

Result<std::unique_ptr<StageHost>> StageHost::Reopen(const StagePlan& plan, const JobFolders& folders, PluginCatalog& catalog, std::string_view position) {
  return Begin(plan, folders, catalog.Make(plan.plugin->manifest.name()), [&](Stage& stage) { return static_cast<SinkStage&>(stage).Reopen(position); });
}

Edits& StageHost::NewEdits() {
  if (CountEdits(edits_.proto()) > kManyEdits) {
    edits_ = Edits();
  } else {
    edits_.proto().Clear();
  }
  return edits_;
}

void StageHost::TakeTally(std::vector<StageTally>& tallies) {
  if (tally_.warnings == 0 && tally_.metrics.empty()) return;
  tally_.stage = report_label();
  tallies.push_back(std::exchange(tally_, {}));
}

void StageHost::TakeOverTally(StageHost& other) {
  tally_.warnings += std::exchange(other.tally_.warnings, 0);
  tally_.metrics.insert(tally_.metrics.end(), other.tally_.metrics.begin(), other.tally_.metrics.end());
  other.tally_.metrics.clear();
}

void StageHost::Log(LogLevel level, std::string_view message) {
  LogEvent({level, plan_.label, document_, message});
}

void StageHost::Warn(std::string_view message) {
  ++tally_.warnings;
  Log(LogLevel::kWarning, message);
}

}  // namespace garner
