// Outcomes in words, as journals and reports have them.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "garner/stage.h"

namespace garner {

// By value of Outcome::Kind.
inline constexpr std::array<std::string_view, 5> kOutcomeWords = {"written", "dropped", "failed", "unchanged", "unpacked"};

inline std::string_view WordOf(Outcome::Kind kind) { return kOutcomeWords[static_cast<size_t>(kind)]; }

// What is no such word is a failure.
inline Outcome::Kind OutcomeOfWord(std::string_view word) {
  for (size_t i = 0; i < kOutcomeWords.size(); ++i)
    if (kOutcomeWords[i] == word) return static_cast<Outcome::Kind>(i);
  return Outcome::Kind::kFailed;
}

// The document reached no sink.
inline bool IsLost(const Outcome& outcome) { return outcome.kind == Outcome::Kind::kDropped || outcome.kind == Outcome::Kind::kFailed; }

}  // namespace garner
