// What a check found.
#pragma once

#include <string>
#include <utility>

namespace garner {

struct Verdict {
  enum class Outcome {
    kPassed,
    kFailed,
    kNotApplicable,  // nothing of the kind to check; `seen` says why
    kNotRun,         // a check that it rests on failed; `seen` says which
  };
  Outcome outcome = Outcome::kPassed;
  // What was seen: for a failure the trouble, else a word on what was tried; may be empty.
  std::string seen;
  // For a failure: what would be right.
  std::string right;
  // For a failure: what an author can do.
  std::string advice;
};

inline Verdict Passed(std::string seen = {}) { return {Verdict::Outcome::kPassed, std::move(seen), {}, {}}; }
inline Verdict NotApplicable(std::string why) { return {Verdict::Outcome::kNotApplicable, std::move(why), {}, {}}; }
inline Verdict Failure(std::string seen, std::string right, std::string advice) {
  return {Verdict::Outcome::kFailed, std::move(seen), std::move(right), std::move(advice)};
}

// "passed", "failed", "not_applicable", "not_run": stable words, for --json.
const char* OutcomeWord(Verdict::Outcome outcome);

}  // namespace garner
