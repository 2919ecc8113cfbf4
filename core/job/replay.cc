#include "core/job/replay.h"

#include <memory>
#include <vector>

#include "core/job/decider.h"
#include "core/job/stage_host.h"
#include "core/job/stage_set.h"

namespace garner {
namespace {

Result<std::vector<std::unique_ptr<StageHost>>> OpenSinks(const JobPlan& plan, const JobFolders& folders,
                                                          PluginCatalog& catalog) {
  std::vector<std::unique_ptr<StageHost>> sinks;
  for (const StagePlan& sink : plan.sinks) {
    Result<std::unique_ptr<StageHost>> host = StageHost::Make(sink, folders, catalog);
    if (!host.ok()) return host.status();
    sinks.push_back(*std::move(host));
  }
  return sinks;
}

Status Deliver(const v1::Document& document, const std::vector<std::unique_ptr<StageHost>>& sinks) {
  const auto failed = [](const StageHost& sink, const Status& status) {
    return Status(status.kind(), sink.plan().label + ": " + status.message());
  };
  for (const std::unique_ptr<StageHost>& sink : sinks)
    if (Status status = Guarded([&] { return sink->As<SinkStage>().Write(document); }); !status.ok())
      return failed(*sink, status);
  for (const std::unique_ptr<StageHost>& sink : sinks)
    if (Status status = Guarded([&] { return sink->As<SinkStage>().Finish(); }); !status.ok()) return failed(*sink, status);
  return OkStatus();
}

// As the source gave it: what the host and the decoder found out is found out again.
SourceItem ItemOf(const Letter& letter) {
  SourceItem item;
  item.payload.info = letter.record.source();
  item.payload.info.clear_media_type();
  item.payload.info.clear_media_type_evidence();
  item.payload.info.clear_charset();
  item.payload.info.clear_charset_evidence();
  item.payload.bytes = letter.payload;
  return item;
}

}  // namespace

Result<Replayed> Replay(const Letter& letter, const JobPlan& plan, PluginCatalog& catalog, const std::string& output_dir) {
  const JobFolders folders{plan.manifest_dir, plan.sinks.empty() ? std::string() : output_dir};
  const Result<std::unique_ptr<StageSet>> stages = StageSet::Open(plan, folders, catalog);
  if (!stages.ok()) return stages.status();
  Decider decider(plan);
  if (Status status = decider.Open(folders, catalog); !status.ok()) return status;
  const Result<std::vector<std::unique_ptr<StageHost>>> sinks = OpenSinks(plan, folders, catalog);
  if (!sinks.ok()) return sinks.status();
  Replayed replayed{ProcessPayload(ItemOf(letter), **stages, "source"), OkStatus()};
  LapClock lap;
  std::vector<StageRecord> records;
  if (Status status = decider.Decide(replayed.done, lap, records); !status.ok()) return status;
  if (replayed.done.outcome.kind == Outcome::Kind::kWritten) replayed.delivered = Deliver(*replayed.done.document, *sinks);
  return replayed;
}

}  // namespace garner
