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
  EachRun(stretch, [&](const SourceRun& part) { parts.push_back(part); });
  return parts;
}

size_t DecodedText::RunAt(uint64_t at) const {
  const auto after = std::upper_bound(runs_.begin(), runs_.end(), at, [](uint64_t place, const SourceRun& run) { return place < run.text.begin; });
  assert(after != runs_.begin());
  return static_cast<size_t>(after - runs_.begin()) - 1;
}

Span DecodedText::ToSource(Span stretch) const {
  if (runs_.empty()) return {};
  if (stretch.empty()) {
    if (stretch.begin >= runs_.back().text.end) return {runs_.back().source.end, runs_.back().source.end};
    const SourceRun& run = runs_[RunAt(stretch.begin)];
    const uint64_t at = Slice(run, {stretch.begin, stretch.begin + 1}).source.begin;
    return {at, at};
  }
  const SourceRun& first = runs_[RunAt(stretch.begin)];
  const SourceRun& last = runs_[RunAt(stretch.end - 1)];
  return {Slice(first, {stretch.begin, std::min(stretch.end, first.text.end)}).source.begin,
          Slice(last, {std::max(stretch.begin, last.text.begin), std::min(stretch.end, last.text.end)}).source.end};
}

}  // namespace garner
