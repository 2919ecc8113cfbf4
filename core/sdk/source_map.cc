#include "garner/source_map.h"

#include <algorithm>
#include <cassert>

namespace garner {

SourceMapView::SourceMapView(const v1::SourceMap& map) {
  runs_.reserve(map.kind_size());
  uint64_t text_at = 0;
  uint64_t source_at = 0;
  for (int i = 0; i < map.kind_size(); ++i) {
    SourceRun run;
    run.kind = static_cast<v1::SourceMap::Kind>(map.kind(i));
    run.text_unit = map.text_unit(i);
    run.source_unit = map.source_unit(i);
    run.text = {text_at, text_at + map.units(i) * run.text_unit};
    const uint64_t begin = source_at + static_cast<uint64_t>(map.source_gap(i));
    run.source = {begin, begin + map.units(i) * run.source_unit};
    text_at = run.text.end;
    source_at = run.source.end;
    runs_.push_back(run);
  }
}

size_t SourceMapView::RunAt(uint64_t at) const {
  assert(at < text_size());
  const auto after = std::upper_bound(runs_.begin(), runs_.end(), at, [](uint64_t place, const SourceRun& run) { return place < run.text.begin; });
  return static_cast<size_t>(after - runs_.begin()) - 1;
}

Origin SourceMapView::Find(Span text) const {
  Origin origin;
  if (text.empty() || text.end > text_size()) return origin;
  bool any = false;
  origin.verbatim = true;
  for (size_t i = RunAt(text.begin); i < runs_.size() && runs_[i].text.begin < text.end; ++i) {
    const SourceRun part = Slice(runs_[i], {std::max(text.begin, runs_[i].text.begin), std::min(text.end, runs_[i].text.end)});
    if (!part.divisible()) origin.verbatim = false;
    if (part.kind == v1::SourceMap::INSERTED) continue;
    if (any && part.source.begin != origin.source.end) origin.verbatim = false;
    origin.source.begin = any ? std::min(origin.source.begin, part.source.begin) : part.source.begin;
    origin.source.end = any ? std::max(origin.source.end, part.source.end) : part.source.end;
    any = true;
  }
  if (!any) {
    const uint64_t place = runs_[RunAt(text.begin)].source.begin;
    origin.source = {place, place};
  }
  return origin;
}

void SourceMapWriter::Append(const SourceRun& run) {
  if (run.text.empty()) return;
  const bool continues = any_ && run.divisible() && run.kind == last_.kind && run.text_unit == last_.text_unit &&
                         run.source_unit == last_.source_unit && run.source.begin == last_.source.end;
  if (continues) {
    const int i = map_->units_size() - 1;
    map_->set_units(i, map_->units(i) + run.text.size() / run.text_unit);
    last_.source.end = run.source.end;
    return;
  }
  const uint64_t previous_end = any_ ? last_.source.end : 0;
  SourceRun written = run;
  if (run.kind == v1::SourceMap::INSERTED) written.source = {previous_end, previous_end};
  if (!run.divisible()) {
    written.text_unit = run.text.size();
    written.source_unit = written.source.size();
  }
  map_->add_kind(written.kind);
  map_->add_units(run.text.size() / written.text_unit);
  map_->add_text_unit(written.text_unit);
  map_->add_source_unit(written.source_unit);
  map_->add_source_gap(static_cast<int64_t>(written.source.begin) - static_cast<int64_t>(previous_end));
  last_ = written;
  any_ = true;
}

void SourceMapWriter::Append(const v1::SourceMap& map, const SourceMapView& view, size_t first, size_t last) {
  // The first may continue what stands here already, and its gap is another. An inserted one stands wherever the payload was left, so
  // that the gap of the next one is another, too.
  bool same_place = false;
  while (first < last && !same_place) {
    Append(view.runs()[first]);
    same_place = last_.source.end == view.runs()[first].source.end;
    ++first;
  }
  if (first == last) return;
  const auto begin = static_cast<std::ptrdiff_t>(first);
  const auto end = static_cast<std::ptrdiff_t>(last);
  const auto copy = [&](const auto& from, auto* to) { to->Add(from.begin() + begin, from.begin() + end); };
  copy(map.kind(), map_->mutable_kind());
  copy(map.units(), map_->mutable_units());
  copy(map.text_unit(), map_->mutable_text_unit());
  copy(map.source_unit(), map_->mutable_source_unit());
  copy(map.source_gap(), map_->mutable_source_gap());
  last_ = view.runs()[last - 1];
}

}  // namespace garner
