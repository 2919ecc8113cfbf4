#include "core/job/decider.h"

#include <algorithm>
#include <utility>

#include "core/job/busy_lap.h"
#include "core/job/outcome_words.h"
#include "core/job/payload_name.h"
#include "core/sdk/document_check.h"
#include "core/sdk/edit_applier.h"

namespace garner {
namespace {

bool ProposesNothing(const v1::Edits& edits) { return edits.ByteSizeLong() == 0; }

const StageNote* NoteFor(size_t transform, const Processed& done) {
  const auto found =
      std::find_if(done.notes.begin(), done.notes.end(), [&](const StageNote& note) { return note.transform == transform; });
  return found == done.notes.end() ? nullptr : &*found;
}

Status RememberIn(const Decider::Second& stage, const std::string& record) {
  const Status status = Guarded([&] { return stage.host->As<DecidingStage>().Remember(record); });
  return status.ok() ? status : Status(status.kind(), stage.label + ": cannot remember: " + status.message());
}

}  // namespace

Status Decider::Open(const JobFolders& folders, PluginCatalog& catalog) {
  for (size_t i = 0; i < plan_.transforms.size(); ++i) {
    const StagePlan& transform = plan_.transforms[i];
    if (!Decides(transform)) continue;
    Result<std::unique_ptr<StageHost>> host = StageHost::Make(transform, folders, catalog);
    if (!host.ok()) return host.status();
    (*host)->set_report_label(DecisionLabel(transform));
    stages_.push_back({i, DecisionLabel(transform), *std::move(host)});
  }
  return OkStatus();
}

Status Decider::Decide(Processed& done, LapClock& lap, std::vector<StageRecord>& records) {
  for (const Second& stage : stages_) {
    if (IsLost(done.outcome)) break;
    const StageNote* note = NoteFor(stage.transform, done);
    done.decisions.push_back({stage.transform, note == nullptr});
    if (note == nullptr) continue;
    const BusyLap busy(*stage.host, lap);
    std::string record;
    if (Outcome outcome = DecideOne(stage, *note, done, record); IsLost(outcome)) done.outcome = std::move(outcome);
    stage.host->TakeTally(done.tallies);
    if (done.outcome.kind == Outcome::Kind::kFailed || record.empty()) continue;
    if (Status status = RememberIn(stage, record); !status.ok()) return status;
    records.push_back({stage.host->plan().label, std::move(record)});
  }
  return OkStatus();
}

Outcome Decider::DecideOne(const Second& stage, const StageNote& note, Processed& done, std::string& record) const {
  v1::Document& document = *done.document;
  stage.host->set_document(PayloadName(document.source()));
  Edits& edits = stage.host->NewEdits();
  Status status = Guarded([&] { return stage.host->As<DecidingStage>().Decide(document, note.note, edits, record); });
  if (status.ok() && edits.proto().has_note())
    status = Status(StatusKind::kInvalidEdits, "leaves a note in its second half; nobody reads it");
  if (!status.ok()) return Failed(stage.label, status);
  if (ProposesNothing(edits.proto())) return {};
  status = Guarded([&] { return ApplyEdits(edits.proto(), stage.host->plan().label, &document); });
  if (!status.ok()) return Failed(stage.label, status);
  if (document.has_drop()) return DroppedBecause(document.drop(), stage.label);
  status = CheckDocumentSize(document, kMaxDocumentBytes);
  return status.ok() ? Outcome() : Failed(kHostStage, status);
}

Status Decider::Remember(const StageRecord& record) {
  const auto found =
      std::find_if(stages_.begin(), stages_.end(), [&](const Second& stage) { return stage.host->plan().label == record.stage; });
  if (found == stages_.end()) return Status(StatusKind::kConfig, record.stage + ": no stage of this name decides in this job");
  return RememberIn(*found, record.record);
}

}  // namespace garner
