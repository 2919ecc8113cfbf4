// Takes one payload through detection, its decoder and the transforms.
#pragma once

#include <google/protobuf/arena.h>

#include <memory>

#include "core/job/dead_letters.h"
#include "core/job/stage_set.h"
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
};

// Never throws: whatever goes wrong is the document's outcome. One thread per StageSet.
Processed ProcessPayload(SourceItem item, const StageSet& stages, const std::string& source_label);

}  // namespace garner
