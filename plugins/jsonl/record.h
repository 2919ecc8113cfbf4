// A document as one JSON object: the record that README.md describes.
#pragma once

#include <string>

#include "garner/v1/document.pb.h"
#include "text_offsets.h"

namespace garner::jsonl {

enum class RemovedDetail { kNone, kSummary, kFull };

struct RecordOptions {
  OffsetUnit offsets = OffsetUnit::kCodePoints;
  RemovedDetail removed = RemovedDetail::kFull;
  // The text as Markdown.
  bool markdown = false;
};

// Appends the record and a line break to `out`. Pure function.
void AppendRecord(const v1::Document& document, const RecordOptions& options, std::string* out);

}  // namespace garner::jsonl
