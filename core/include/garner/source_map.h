// Reads a document's source map: from places in the text to the payload's bytes behind them.
//
//   SourceMapView map(document.source_map());
//   Origin origin = map.Find({annotation.begin(), annotation.end()});
//   // origin.source covers the bytes; origin.verbatim: they decode to exactly this text
//
// The view unpacks the delta-coded columns once, O(runs); look-ups are O(log runs). It keeps no reference to the message.
// Immutable after construction, so it may be shared between threads.
#pragma once

#include <cstdint>
#include <vector>

#include "garner/span.h"
#include "garner/v1/document.pb.h"

namespace garner {

struct SourceRun {
  v1::SourceMap::Kind kind = v1::SourceMap::VERBATIM;
  Span text;
  Span source;  // empty for INSERTED
  uint64_t text_unit = 1;
  uint64_t source_unit = 1;

  // True where any boundary between units may be cut without losing the mapping.
  bool divisible() const { return kind == v1::SourceMap::VERBATIM || kind == v1::SourceMap::TRANSCODED; }
};

struct Origin {
  // The covering range in bytes of the payload. Empty for text that was inserted.
  Span source;
  // The bytes in `source`, decoded from the document's charset, are the text asked for.
  bool verbatim = false;
};

class SourceMapView {
 public:
  explicit SourceMapView(const v1::SourceMap& map);

  const std::vector<SourceRun>& runs() const { return runs_; }
  // Bytes of text that the runs tile.
  uint64_t text_size() const { return runs_.empty() ? 0 : runs_.back().text.end; }
  // Where the non-empty range `text` came from.
  Origin Find(Span text) const;
  // Index of the run that holds the byte `at`; `at` is less than text_size().
  size_t RunAt(uint64_t at) const;

 private:
  std::vector<SourceRun> runs_;
};

// The part of `run` that stands behind `text`, a range inside run.text cut at unit boundaries. A run that is not divisible keeps
// its whole source.
inline SourceRun Slice(const SourceRun& run, Span text) {
  SourceRun part = run;
  part.text = text;
  if (!run.divisible()) {
    part.text_unit = text.size();
    return part;
  }
  const uint64_t first = text.begin - run.text.begin;
  const uint64_t last = text.end - run.text.begin;
  if (run.text_unit == 1 && run.source_unit == 1) {  // nearly always; divisions are slow
    part.source = {run.source.begin + first, run.source.begin + last};
  } else {
    part.source = {run.source.begin + first / run.text_unit * run.source_unit,
                   run.source.begin + (last + run.text_unit - 1) / run.text_unit * run.source_unit};
  }
  return part;
}

// Appends runs to a message, joining neighbours that continue each other.
class SourceMapWriter {
 public:
  explicit SourceMapWriter(v1::SourceMap* map) : map_(map) {}
  // Takes run.kind, run.source and the sizes; run.text's place follows from the order of calls. Empty runs are left out.
  void Append(const SourceRun& run);
  // Takes the runs first to last of another map as they are; `view` was made of it. What a call a run would write where runs of that
  // map do not continue each other, at the price of a copy.
  void Append(const v1::SourceMap& map, const SourceMapView& view, size_t first, size_t last);

 private:
  v1::SourceMap* map_;
  SourceRun last_;
  bool any_ = false;
};

}  // namespace garner
