#include "find_metadata.h"

#include <algorithm>
#include <set>

#include "garner/metadata.h"
#include "garner/source_map.h"
#include "garner/utf8.h"
#include "head.h"
#include "matter.h"
#include "pictures.h"
#include "titles.h"

namespace garner::metadata_lines {
namespace {

// Which of the dates is the day of publication: a labelled one, else the first in the head, else the day of the last change.
void ChooseDates(Findings* found) {
  const auto best = [&](auto&& fits) {
    const auto at = std::find_if(found->dates.begin(), found->dates.end(), fits);
    return at == found->dates.end() ? nullptr : &*at;
  };
  const auto good = [](const FoundDate& date) { return !date.date.date.ambiguous; };
  const FoundDate* published = best([&](const FoundDate& date) { return good(date) && date.date.kind == "published"; });
  if (published == nullptr)
    published = best([&](const FoundDate& date) { return good(date) && date.date.kind.empty() && date.in_head; });
  const FoundDate* updated = best([&](const FoundDate& date) { return good(date) && date.date.kind == "updated"; });
  const auto add = [&](std::string_view key, const FoundDate& date, double confidence, bool chosen) {
    if (date.date.date.iso.empty()) return;
    const double doubt = date.date.date.zone_uncertain ? 0.1 : 0.0;
    found->values.push_back({std::string(key), date.date.date.iso, date.evidence, confidence - doubt, chosen});
  };
  if (published != nullptr) add("date_published", *published, published->date.kind.empty() ? 0.85 : 0.95, true);
  if (published == nullptr && updated != nullptr) add("date_published", *updated, 0.5, true);
  if (updated != nullptr) add("date_modified", *updated, 0.9, true);
  for (const FoundDate& date : found->dates)
    if (date.date.date.ambiguous) add("date_published", date, 0.3, false);
}

// A site's name behind the headline becomes the publisher where a note or a copyright line names it too.
void ConfirmSiteNames(const std::vector<Line>& lines, Findings* found) {
  for (FoundValue& site : found->site_names) {
    const std::string folded = FoldForComparison(site.value);
    for (const Line& line : lines) {
      const bool copyright = line.text.size() < 200 && line.text.find("©") != std::string_view::npos;
      if (copyright && FoldForComparison(line.text).find(folded) != std::string::npos) site.chosen = true;
    }
    for (const FoundValue& value : found->values)
      if ((value.key == "publisher" || value.key == "original_publisher") && FoldForComparison(value.value) == folded)
        site.chosen = value.key == "publisher";
    if (site.chosen) site.confidence = 0.7;
    found->values.push_back(site);
  }
  found->site_names.clear();
}

// At most one value of a single-valued key is chosen, none where the document has one; no value of a list twice.
void KeepChosenApart(const v1::Document& document, Findings* found) {
  std::set<std::string> single;
  std::set<std::pair<std::string, std::string>> seen;
  std::vector<FoundValue> kept;
  for (FoundValue& value : found->values) {
    if (IsListKey(value.key)) {
      if (!seen.insert({value.key, FoldForComparison(value.value)}).second) continue;
      if (value.key == "authors" && !ChosenValues(document, "authors").empty()) value.chosen = false;
    } else if (value.chosen) {
      value.chosen = ChosenValue(document, value.key).empty() && single.insert(value.key).second;
    }
    kept.push_back(std::move(value));
  }
  found->values = std::move(kept);
}

bool IsHtml(const std::vector<Line>& lines) {
  return std::any_of(lines.begin(), lines.end(), [](const Line& line) { return line.html; });
}

// The first block behind a headline that the decoder took out of the text.
size_t FirstBelowTitle(const v1::Document& document) {
  const auto title = std::find_if(document.removals().begin(), document.removals().end(),
                                  [](const v1::Removal& removal) { return removal.rule() == "title"; });
  if (title == document.removals().end()) return static_cast<size_t>(document.blocks_size());
  const SourceMapView map(document.source_map());
  for (int i = 0; i < document.blocks_size(); ++i)
    if (map.Find({document.blocks(i).begin(), document.blocks(i).end()}).source.begin >= title->source().end())
      return static_cast<size_t>(i);
  return static_cast<size_t>(document.blocks_size());
}

}  // namespace

Findings FindMetadata(const v1::Document& document, const WordLists& lists, const FindSettings& settings) {
  WordStore store;
  return FindMetadata(document, lists, settings, &store);
}

Findings FindMetadata(const v1::Document& document, const WordLists& lists, const FindSettings& settings, WordStore* store) {
  std::vector<Line> lines = ReadLines(document, lists, settings.order, store);
  Findings found;
  HeadSettings head;
  head.max_lines = settings.head_lines;
  head.known_title = ChosenValue(document, "title");
  head.below_title = FirstBelowTitle(document);
  for (const auto& author : ChosenValues(document, "authors")) head.known_authors.insert(FoldForComparison(author));
  FindTeaserBoxes(lines, lists, &found);
  FindPictures(lines, lists, &found);
  size_t body = 0;
  if (IsHtml(lines)) {
    FindHtmlHead(lines, head, &found);
  } else {
    head.whole_page = head.known_title.empty() && IsWholePage(lines);
    if (const auto title = head.whole_page ? FindPageTitle(lines) : std::nullopt) {
      head.first_line = *title;
      head.whole_page = false;  // the evidence is there
    }
    body = FindHead(lines, head, lists, &found);
  }
  FindNotes(lines, &found);
  FindDatelines(lines, body, lists, &found);
  FindTail(lines, body, lists, &found);
  ChooseDates(&found);
  ConfirmSiteNames(lines, &found);
  KeepChosenApart(document, &found);
  return found;
}

}  // namespace garner::metadata_lines
