// Takes one payload through detection, its decoder and the transforms.
#pragma once

#include <google/protobuf/arena.h>

#include <chrono>
#include <memory>
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

struct Processed {
  OwnedDocument document;  // with `source` and `id` whatever the outcome
  Outcome outcome;         // kWritten: ready for the sinks
  LetterPayload payload;   // of a failed document; empty otherwise
  std::vector<StageNotes> notes;
  bool is_child = false;   // its payload stood inside another one
  // Time of the host's own: finding out what the payload is, and the last look at the document. What the stages took, their hosts count.
  std::chrono::nanoseconds detecting{0};
  std::chrono::nanoseconds checking{0};
};

// What outcomes and reports call the host's own work: finding out what a payload is, and everything else. No stage has these labels.
inline constexpr char kDetectStage[] = "detect";
inline constexpr char kHostStage[] = "host";

// Never throws: whatever goes wrong is the document's outcome. One thread per StageSet. What is inside the payload goes to `children`; nullptr:
// nowhere.
Processed ProcessPayload(SourceItem item, const StageSet& stages, const std::string& source_label, Children* children = nullptr);

// Of a payload that came no further.
Processed FailedPayload(const v1::PayloadInfo& info, std::string_view stage, const Status& status);

}  // namespace garner
