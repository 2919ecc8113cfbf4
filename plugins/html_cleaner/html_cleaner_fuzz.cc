// Any text: findings are in order, inside the text, on character boundaries.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "find_residue.h"
#include "garner/utf8.h"

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

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text = garner::SanitizeUtf8({reinterpret_cast<const char*>(data), size});
  Check(text, false);
  Check(text, true);
  return 0;
}
