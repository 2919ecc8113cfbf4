// Any bytes as a manifest, and what follows the first NUL as a --set argument: mistakes or a plan, never more. Seeds: the cases in
// tests/core/manifest/good and bad.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/manifest/plan_builder.h"
#include "tests/core/manifest/test_plugins.h"

namespace {

std::optional<std::string> Variable(const std::string& name) {
  if (name == "A") return "value: [x";
  return std::nullopt;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const size_t end = input.find('\0');
  garner::Overrides overrides;
  if (end != std::string_view::npos) overrides.sets.emplace_back(input.substr(end + 1));
  const garner::PlanResult result =
      garner::BuildPlan(input.substr(0, end), "job.yaml", garner::TestPlugins(), Variable, overrides);
  // Either a plan or at least one mistake, and every mistake in words.
  if (result.plan.has_value() != result.mistakes.empty()) std::abort();
  for (const garner::Mistake& mistake : result.mistakes)
    if (mistake.message.empty() || mistake.ToString().find('\n') != std::string::npos) std::abort();
  return 0;
}
