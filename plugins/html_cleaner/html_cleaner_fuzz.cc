// Any text: findings are in order, inside the text, on character boundaries; so are stretches of bare code; the stage's edits
// apply, and the document is sound afterwards.
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>

#include "about_code.h"
#include "code_lines.h"
#include "find_residue.h"
#include "garner/utf8.h"
#include "tests/support/fuzz_transform.h"

namespace {

void Check(const std::string& text, bool shy) {
  garner::html_cleaner::ResidueRules rules;
  rules.shy = shy;
  const garner::html_cleaner::Residue residue = garner::html_cleaner::FindResidue(text, rules);
  uint64_t last = 0;
  for (const garner::html_cleaner::Finding& finding : residue.findings) {
    const bool ordered = last <= finding.span.begin && finding.span.begin < finding.span.end && finding.span.end <= text.size();
    if (!ordered || !garner::IsBoundary(text, finding.span.begin) || !garner::IsBoundary(text, finding.span.end)) std::abort();
    if (!garner::IsValidUtf8(finding.replacement)) std::abort();
    last = finding.span.end;
  }
}

void CheckCode(const std::string& text) {
  const std::optional<garner::Span> inside = garner::html_cleaner::FindCodeInside(text);
  if (inside && (inside->begin >= inside->end || inside->end > text.size())) std::abort();
  if (inside && (!garner::IsBoundary(text, inside->begin) || !garner::IsBoundary(text, inside->end))) std::abort();
  (void)garner::html_cleaner::JudgeCodeLine(text);
  (void)garner::html_cleaner::ProgrammingWordCounter().Count(text);
}

}  // namespace

extern "C" const ::garner::PluginDescriptor garner_plugin;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text = garner::SanitizeUtf8({reinterpret_cast<const char*>(data), size});
  Check(text, false);
  Check(text, true);
  CheckCode(text);
  static garner::testing::FuzzedTransform transform(garner_plugin, "");
  transform.Run({reinterpret_cast<const char*>(data), size});
  return 0;
}
