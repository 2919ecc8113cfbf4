#include "garner/decoded_text.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace garner {

DecodedText::DecodedText(std::string owned, std::string_view view, std::vector<SourceRun> runs, std::string charset, std::string evidence)
    : owned_(owned.empty() ? nullptr : std::make_unique<std::string>(std::move(owned))),
      view_(view),
      runs_(std::move(runs)),
      charset_(std::move(charset)),
      evidence_(std::move(evidence)) {
  // Characters of a stateful charset are REWRITTEN too, so the text decides.
  for (const SourceRun& run : runs_)
    replacements_ += run.kind == v1::SourceMap::REWRITTEN && text().substr(run.text.begin, run.text.size()) == "\xEF\xBF\xBD";
}

std::vector<SourceRun> DecodedText::Runs(Span stretch) const {
  std::vector<SourceRun> parts;
  if (stretch.empty()) return parts;
  auto run = std::upper_bound(runs_.begin(), runs_.end(), stretch.begin, [](uint64_t at, const SourceRun& r) { return at < r.text.begin; });
  assert(run != runs_.begin());
  for (--run; run != runs_.end() && run->text.begin < stretch.end; ++run)
    parts.push_back(Slice(*run, {std::max(stretch.begin, run->text.begin), std::min(stretch.end, run->text.end)}));
  return parts;
}

Span DecodedText::ToSource(Span stretch) const {
  if (runs_.empty()) return {};
  if (stretch.empty()) {
    if (stretch.begin >= runs_.back().text.end) return {runs_.back().source.end, runs_.back().source.end};
    const uint64_t at = Runs({stretch.begin, stretch.begin + 1}).front().source.begin;
    return {at, at};
  }
  const std::vector<SourceRun> parts = Runs(stretch);
  return {parts.front().source.begin, parts.back().source.end};
}

}  // namespace garner
