// Everything that a document's lines say about the document.
//
//   const Findings found = FindMetadata(document, lists, {});
//
// Pure function: linear in the size of the document.
#pragma once

#include "dates.h"
#include "findings.h"

namespace garner::metadata_lines {

struct FindSettings {
  NumericOrder order = NumericOrder::kUnknown;
  size_t head_lines = 40;
};

// Values with `chosen` set are those that the record shows, apart from keys that the document has already.
Findings FindMetadata(const v1::Document& document, const WordLists& lists, const FindSettings& settings);
// The same with the memory of an empty `store`.
Findings FindMetadata(const v1::Document& document, const WordLists& lists, const FindSettings& settings, WordStore* store);

}  // namespace garner::metadata_lines
