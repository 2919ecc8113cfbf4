// Finds runs of lines that stand in a document twice as a whole: a page's body doubled line by line, a menu above and below the
// text, a table or list printed twice, buttons at both ends. A refrain is no such run. Pure; linear.
#pragma once

#include <vector>

#include "garner/v1/document.pb.h"
#include "paragraphs.h"

namespace garner::deduplicator {

struct RepeatedRun {
  enum class Kind { kDoubledText, kMenu, kTable, kWidget };

  Kind kind = Kind::kDoubledText;
  int first = 0;  // where the two copies begin
  int second = 0;
  int length = 0;  // in blocks
  bool keep_second = false;
  // A kWidget goes in both places.
  bool both() const { return kind == Kind::kWidget; }
  int gone() const { return keep_second ? first : second; }
  int kept() const { return keep_second ? second : first; }
};

// None overlaps another.
std::vector<RepeatedRun> FindRepeatedRuns(const v1::Document& document, const Paragraphs& paragraphs);

}  // namespace garner::deduplicator
