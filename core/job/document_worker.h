// Takes one payload through detection, its decoder and the transforms.
#pragma once

#include <google/protobuf/arena.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/job/dead_letters.h"
#include "core/job/stage_set.h"
#include "garner/children.h"
#include "garner/stage.h"
#include "garner/v1/document.pb.h"

namespace garner {

// A document has thousands of small parts that come and go together: they live on an arena of its own.
class OwnedDocument {
 public:
  // Holds none.
  OwnedDocument() = default;
  static OwnedDocument Make();

  v1::Document& operator*() const { return *document_; }
  v1::Document* operator->() const { return document_; }
  v1::Document* get() const { return document_; }

 private:
  std::unique_ptr<google::protobuf::Arena> arena_;
  v1::Document* document_ = nullptr;
};

// What the first half of a transform that decides left for its second half.
struct StageNote {
  size_t transform = 0;  // its place in the plan
  std::string note;
};

// One step of a document through the second halves.
struct DecisionStep {
  size_t transform = 0;
  bool skipped = false;  // its first half was skipped
};

// Of a document that a decoder gave back as it once was written: it tells of another job.
struct Restored {
  v1::PayloadInfo read_from;  // the payload that it stood in
  std::string decoder;        // the decoder's label
  int lineage = 0;            // entries of another job
};

struct Processed {
  OwnedDocument document;  // with `source` and `id` whatever the outcome
  Outcome outcome;         // kWritten: ready for the sinks
  LetterPayload payload;   // of a document that failed, or still may in a second half; empty otherwise
  std::vector<StageTally> tallies;
  bool is_child = false;   // its payload stood inside another one
  std::optional<Restored> restored;
  // One for each transform that decides and was not skipped.
  std::vector<StageNote> notes;
  // As far as it came; filled in by the Decider.
  std::vector<DecisionStep> decisions;
  // Time of the host's own: finding out what the payload is, and the last look at the document. What the stages took, their hosts count.
  std::chrono::nanoseconds detecting{0};
  std::chrono::nanoseconds checking{0};
};

// What outcomes and reports call the host's own work: finding out what a payload is, and everything else. No stage has these labels.
inline constexpr char kDetectStage[] = "detect";
inline constexpr char kHostStage[] = "host";
// And the second half of a transform that decides: "LABEL.decide". Labels hold no dots.
std::string DecisionLabel(const StagePlan& transform);
bool Decides(const StagePlan& transform);

// Never throws: whatever goes wrong is the document's outcome. One thread per StageSet. What is inside the payload goes to
// `children`; nullptr: nowhere.
Processed ProcessPayload(SourceItem item, const StageSet& stages, const std::string& source_label, Children* children = nullptr);

// The payload that the document was made of.
const v1::PayloadInfo& ReadFrom(const Processed& done);

Outcome Failed(std::string_view stage, const Status& status);
Outcome DroppedBecause(const v1::Drop& drop, std::string_view stage);

// Of a payload that came no further.
Processed PayloadWithOutcome(const v1::PayloadInfo& info, Outcome outcome);
Processed FailedPayload(const v1::PayloadInfo& info, std::string_view stage, const Status& status);

}  // namespace garner
