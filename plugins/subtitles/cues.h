// The cues of a subtitle file. SubRip and WebVTT are read by the same rules, for real files mix the two.
//
//   const CueFile file = ReadCues(decoded.text());
//   for (const Cue& cue : file.cues) Use(cue.lines);
//
// A line that is no time, number, identifier or comment is text, wherever it stands: nothing that somebody wrote gets lost. Pure
// function, linear time.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "garner/span.h"

namespace garner_plugins::subtitles {

struct CueLine {
  garner::Span text;  // without white space at its edges
  uint64_t next = 0;  // after its line break
};

struct Cue {
  uint64_t begin_ms = 0;
  uint64_t end_ms = 0;
  std::vector<CueLine> lines;
};

// A stretch that is not text, and the word for what it is.
struct Aside {
  garner::Span span;
  std::string_view rule;
};

struct CueFile {
  std::vector<Cue> cues;  // what stands before the first time is one of 0 to 0 ms
  bool has_times = false;
  std::vector<Aside> asides;
  garner::Span language;  // what the header of a WebVTT file says; else empty
};

CueFile ReadCues(std::string_view text);

}  // namespace garner_plugins::subtitles
