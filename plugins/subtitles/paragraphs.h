// Which cues belong together: turns of who speaks, sentences that run on.
//
//   std::vector<Utterance> said = Utterances(text, file.cues);
//   const bool punctuated = IsPunctuated(said);
//   if (Continues(said[i], said[i + 1], punctuated, join_pause_ms)) ...
//
// Evidence is needed to join: punctuation, letter case, pauses. Pure functions, linear time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cue_text.h"
#include "cues.h"

namespace garner_plugins::subtitles {

// What one speaker says in one cue.
struct Utterance {
  uint64_t begin_ms = 0;
  uint64_t end_ms = 0;
  std::vector<Piece> pieces;
  std::string shown;   // what remains of them
  bool turn = false;   // somebody else begins to speak
  bool tight = false;  // not the first of its cue
};

// All cues in order. Lines that roll through several cues are said once: captions made while somebody speaks repeat their last line.
std::vector<Utterance> Utterances(std::string_view text, const std::vector<Cue>& cues);

// Whether sentences have ends here: subtitles in some languages, and those made by machines, have none.
bool IsPunctuated(const std::vector<Utterance>& said);

// Whether `next` goes on in the paragraph of `last`, the utterance before it.
bool Continues(const Utterance& last, const Utterance& next, bool punctuated, uint64_t join_pause_ms);

}  // namespace garner_plugins::subtitles
