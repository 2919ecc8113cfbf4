// Lays a document out against its source: every byte of the payload is kept, changed or removed, and says why.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "garner/decoded_text.h"
#include "garner/span.h"
#include "garner/status.h"
#include "garner/v1/document.pb.h"
#include "tools/garner/terminal.h"

namespace garner {

struct Stretch {
  enum class State { kKept, kChanged, kRemoved };
  State state = State::kKept;
  Span source;  // bytes of the payload
  // Of changed and removed stretches.
  std::string stage;
  std::string rule;
  bool has_score = false;
  float score = 0;
  bool has_threshold = false;
  float threshold = 0;
};

struct Mention {
  Span source;
  std::string label;
  std::string canonical;
};

// What is to be explained, whatever kind of output it was read from.
struct Explained {
  // Its `id`, `source` and `metadata` head the explanation.
  v1::Document document;
  // The payload from its first byte to its last.
  std::vector<Stretch> stretches;
  // In order of their place in the payload.
  std::vector<Mention> mentions;
};

// From the lossless form.
Explained FromDocument(v1::Document document);

// From one JSON Lines record. Without what JSON Lines does not hold: which stretches were changed. Fails where the line is no record,
// or was written without its removals.
Result<Explained> FromRecord(std::string_view line);

// For a terminal or a file: the source line by line, reasons in the margin. `full` shows long removed stretches whole.
std::string ExplainText(const Explained& explained, const DecodedText& source, const Style& style, bool full);

// One JSON object and a line break.
std::string ExplainJson(const Explained& explained, const DecodedText& source);

}  // namespace garner
