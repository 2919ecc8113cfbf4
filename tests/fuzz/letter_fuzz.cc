// Any bytes as the record of a dead letter: refused in words, or a plan, or mistakes; never more.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/job/letter_folder.h"
#include "core/job/replay_plan.h"
#include "tests/core/manifest/test_plugins.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const garner::Result<garner::v1::DeadLetter> record =
      garner::ParseLetterRecord(std::string(reinterpret_cast<const char*>(data), size));
  if (!record.ok()) {
    if (record.status().message().empty()) std::abort();
    return 0;
  }
  for (const bool with_sinks : {false, true}) {
    const garner::PlanResult result =
        garner::BuildReplayPlan(*record, "letter", garner::TestPlugins(), {{"words.min_words=5"}, with_sinks});
    if (result.plan.has_value() != result.mistakes.empty()) std::abort();
    for (const garner::Mistake& mistake : result.mistakes)
      if (mistake.message.empty() || mistake.ToString().find('\n') != std::string::npos) std::abort();
  }
  return 0;
}
