// decisions: the second half of a stage that compares documents.
#include <string>
#include <vector>

#include "core/conformance/checks.h"
#include "core/sdk/guarded.h"

namespace garner {
namespace {

// What Decide said of one document.
struct Decision {
  std::string edits;
  std::string record;

  bool operator==(const Decision& other) const { return edits == other.edits && record == other.record; }
};

Result<Decision> Decide(const CheckRun& run, OpenStage& stage, const Input& input, const std::string& note) {
  run.recorder.Note(input);
  Edits edits;
  Decision decision;
  const Status status = Guarded([&] { return stage.As<DecidingStage>().Decide(input.document, note, edits, decision.record); });
  if (!status.ok()) return status;
  decision.edits = edits.proto().SerializeAsString();
  return decision;
}

Status Remember(const CheckRun& run, OpenStage& stage, const std::string& record) {
  run.Step("Remember");
  return Guarded([&] { return stage.As<DecidingStage>().Remember(record); });
}

struct NotedDocument {
  const Input* input;
  std::string note;
};

// Process, by an instance that will not decide: in a job the halves are different instances. Each input twice, so that there are copies.
Result<std::vector<NotedDocument>> TakeNotes(const CheckRun& run) {
  Result<OpenStage> stage = run.subject.Open(run.options, run.Folders());
  if (!stage.ok()) return stage.status();
  std::vector<NotedDocument> notes;
  for (int time = 0; time < 2; ++time) {
    for (const Input& input : run.inputs) {
      const Answer answer = run.Try(*stage, input);
      v1::Edits edits;
      if (!answer.status.ok() || !edits.ParseFromString(answer.message) || edits.has_drop()) continue;
      notes.push_back({&input, edits.note()});
    }
  }
  return notes;
}

Verdict Wrong(const Input& input, const std::string& seen) {
  return Failure(input.name + ": " + seen, "Decide changes nothing; all that an instance remembers went through Remember",
                 "put what later documents are compared with into the record, and into memory in Remember alone: a job that goes on after an interruption has nothing else");
}

}  // namespace

Verdict CheckDecisions(CheckRun& run) {
  if (!run.subject.file().manifest.decides()) return NotApplicable("it does not compare documents");
  const Result<std::vector<NotedDocument>> notes = TakeNotes(run);
  Result<OpenStage> stage = run.subject.Open(run.options, run.Folders());
  if (!notes.ok() || !stage.ok()) return NotApplicable("it cannot be opened");
  std::vector<std::string> records;
  std::vector<Decision> decisions;
  for (const NotedDocument& noted : *notes) {
    const Result<Decision> decision = Decide(run, *stage, *noted.input, noted.note);
    if (!decision.ok()) return Wrong(*noted.input, "Decide failed: " + decision.status().message());
    const Result<Decision> again = Decide(run, *stage, *noted.input, noted.note);
    if (!again.ok() || !(*again == *decision)) return Wrong(*noted.input, "Decide, asked twice, says something else the second time");
    decisions.push_back(*decision);
    records.push_back(decision->record);
    if (decision->record.empty()) continue;
    if (Status status = Remember(run, *stage, decision->record); !status.ok()) return Wrong(*noted.input, "Remember failed: " + status.message());
  }
  // As a job that goes on: a new instance, given all records but that of the last document.
  Result<OpenStage> later = run.subject.Open(run.options, run.Folders());
  if (!later.ok() || decisions.empty()) return NotApplicable("there is nothing to decide about");
  for (size_t i = 0; i + 1 < records.size(); ++i)
    if (Status status = records[i].empty() ? OkStatus() : Remember(run, *later, records[i]); !status.ok()) return Wrong(*(*notes)[i].input, "Remember failed: " + status.message());
  const Result<Decision> decision = Decide(run, *later, *notes->back().input, notes->back().note);
  if (!decision.ok() || !(*decision == decisions.back()))
    return Wrong(*notes->back().input, "an instance that was given the records of earlier documents decides otherwise than one that has decided about them");
  return Passed(std::to_string(decisions.size()) + " documents");
}

}  // namespace garner
