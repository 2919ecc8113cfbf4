// What a line of a cue is made of: text, tags, override codes, character references.
//
//   for (const Piece& piece : ReadCueText(text, line.text)) ...
//
// Only tags that subtitles know are tags: "3 < 4" and "<inaudible>" are text. Pure function, linear time.
#pragma once

#include <string_view>
#include <vector>

#include "garner/span.h"

namespace garner_plugins::subtitles {

struct Piece {
  enum Kind {
    kText,          // as it stands
    kCharacter,     // shown as `character`
    kVoice,         // a tag that says who speaks
    kTag,           // these are left out
    kRubyText,
    kOverrideCode,
    kRepeatedLine,
  };
  Kind kind = kText;
  char32_t character = 0;
  garner::Span span;
};

// The word for why a piece is left out.
std::string_view RuleOf(Piece::Kind kind);

// "Ana Lima" of the tag <v.loud Ana Lima>.
std::string_view VoiceName(std::string_view tag);

// The pieces tile `line`, a stretch of `text`.
std::vector<Piece> ReadCueText(std::string_view text, garner::Span line);

}  // namespace garner_plugins::subtitles
