#include "matter.h"

#include <algorithm>
#include <map>
#include <set>

#include "garner/utf8.h"

namespace garner::metadata_lines {
namespace {

constexpr size_t kMaxTeaserWords = 120;
constexpr size_t kMaxTeaserCopies = 4;  // more are the entries of a reference
constexpr size_t kMaxTeaserBoxes = 4;
constexpr size_t kMaxLostLabels = 2;  // below the head; more are a table or a list of other articles
constexpr size_t kCopyReach = 3;      // paragraphs after the city, and paragraphs of the beginning, that are compared
constexpr double kCopyShare = 0.6;    // of the word pairs of the shorter
constexpr size_t kBylineReach = 6;    // lines below the beginning of the body
constexpr size_t kMaxPlaceLines = 4;
constexpr size_t kInlineWithin = 6;  // lines from the start of the body

// What a label and its paragraph say, each as the hashes of its words.
using BoxText = std::pair<std::vector<uint64_t>, std::vector<uint64_t>>;

std::vector<uint64_t> Hashes(Words words) {
  std::vector<uint64_t> hashes;
  for (const Word& word : words) hashes.push_back(word.hash);
  return hashes;
}

std::set<std::pair<uint64_t, uint64_t>> WordPairs(const Line& line, const WordLists& lists) {
  std::vector<uint64_t> words;
  for (const Word& word : lists.Split(line.text))
    if (!word.core().empty()) words.push_back(word.hash);
  std::set<std::pair<uint64_t, uint64_t>> pairs;
  for (size_t i = 0; i + 1 < words.size(); ++i) pairs.insert({words[i], words[i + 1]});
  return pairs;
}

// The share of the earlier paragraph's word pairs that the later one has.
bool IsFullerCopy(const Line& earlier, const Line& later, const WordLists& lists) {
  const auto wanted = WordPairs(earlier, lists);
  const auto have = WordPairs(later, lists);
  if (wanted.size() < 4) return false;
  const auto shared = std::count_if(wanted.begin(), wanted.end(), [&](const auto& pair) { return have.count(pair) != 0; });
  return static_cast<double>(shared) >= kCopyShare * static_cast<double>(wanted.size());
}

std::vector<size_t> ProseFrom(const std::vector<Line>& lines, size_t from, size_t count) {
  constexpr size_t kMaxBytes = 4000;
  std::vector<size_t> prose;
  for (size_t i = from; i < lines.size() && prose.size() < count; ++i)
    if (lines[i].prose && !lines[i].taken && !lines[i].body_role && lines[i].text.size() <= kMaxBytes) prose.push_back(i);
  return prose;
}

bool BeginsFullerCopy(const std::vector<Line>& lines, size_t body, size_t place, const WordLists& lists) {
  for (const size_t early : ProseFrom(lines, body, kCopyReach)) {
    if (early > place) return false;
    for (const size_t late : ProseFrom(lines, place + 1, kCopyReach))
      if (IsFullerCopy(lines[early], lines[late], lists)) return true;
  }
  return false;
}

void FindInline(std::vector<Line>& lines, size_t body, const WordLists& lists, Findings* found) {
  for (size_t i = body; i < lines.size() && i < body + kInlineWithin; ++i) {
    const Line& line = lines[i];
    if (line.taken || !line.prose || line.body_role) continue;
    const std::optional<Dateline> dateline = ParseInlineDateline(line.text, lists);
    if (!dateline) return;  // only the first paragraph of the body has one
    // A paragraph like it below: a diary or a list of messages.
    for (size_t k = i + 1; k < lines.size() && k <= i + kInlineWithin; ++k)
      if (lines[k].prose && ParseInlineDateline(lines[k].text, lists)) return;
    const Span span{line.span.begin, line.span.begin + dateline->size};
    found->values.push_back({"dateline_location", dateline->place, span, 0.9, true});
    found->removals.push_back({span, "dateline"});
    if (const auto day = ParseDate(dateline->day, lists, NumericOrder::kUnknown))
      found->dates.push_back({{*day, ""}, span, true});
    return;
  }
}

bool HasValue(const Findings& found, std::string_view key) {
  return std::any_of(found.values.begin(), found.values.end(), [&](const FoundValue& value) { return value.key == key; });
}

size_t LastProse(const std::vector<Line>& lines) {
  for (size_t i = lines.size(); i > 0; --i)
    if (lines[i - 1].prose && !lines[i - 1].taken && lines[i - 1].words.size() != 1) return i - 1;
  return lines.size();
}

bool IsLabelledByline(const Line& line) { return line.byline && !line.byline->short_name && line.byline->authors.size() <= 4; }

// The line hangs on one that stands elsewhere too, as the entries of a catalogue have it.
bool IsInEntry(const std::vector<Line>& lines, size_t i) {
  if (i == 0 || !lines[i].tight || i + 1 >= lines.size() || !lines[i + 1].tight) return false;
  const auto same = [&](const Line& line) { return line.text == lines[i - 1].text; };
  return std::count_if(lines.begin(), lines.end(), same) > 1;
}

// Bylines and dates below the head: one is the article's, several belong to other articles or to comments.
void TakeLoneByline(std::vector<Line>& lines, size_t body, size_t last_prose, const WordLists& lists, Findings* found) {
  std::vector<size_t> bylines;
  for (size_t i = body; i < lines.size(); ++i)
    if (!lines[i].taken && !lines[i].prose && !lines[i].html && IsLabelledByline(lines[i])) bylines.push_back(i);
  if (bylines.size() != 1 || HasValue(*found, "authors")) return;
  Line& line = lines[bylines.front()];
  // In the middle of the body only near its beginning, and only a name that is known to be one.
  const bool middle = bylines.front() < last_prose;
  if (middle && bylines.front() > body + kBylineReach) return;
  // Between the lines of an entry: who made the thing that the entry describes.
  if (middle && IsInEntry(lines, bylines.front())) return;
  if (middle && !IsKnownName(line.byline->authors.front(), lists)) return;
  for (const std::string& author : line.byline->authors) found->Add("authors", author, line, 0.7);
  for (const std::string& affiliation : line.byline->affiliations) found->Add("author_affiliations", affiliation, line, 0.7);
  if (line.byline->date) found->dates.push_back({*line.byline->date, line.span, false});
  found->Erase(line, "byline");
}

void TakeLoneDate(std::vector<Line>& lines, size_t body, Findings* found) {
  std::map<std::string, std::vector<size_t>> dates;
  for (size_t i = body; i < lines.size(); ++i)
    if (!lines[i].taken && lines[i].date && !lines[i].date->kind.empty() && !lines[i].html)
      dates[lines[i].date->kind].push_back(i);
  for (auto& [kind, at] : dates) {
    if (at.size() != 1) continue;
    Line& line = lines[at.front()];
    found->dates.push_back({*line.date, line.span, false});
    found->Erase(line, "date_line");
  }
}

size_t CountLabels(const std::vector<Line>& lines, size_t body) {
  size_t labels = 0;
  for (size_t i = body; i < lines.size(); ++i) labels += !lines[i].taken && (lines[i].byline_label || lines[i].credit_label);
  return labels;
}

void TakeTags(std::vector<Line>& lines, size_t i, Findings* found) {
  for (const std::string& tag : lines[i].tags->values) found->Add("tags", tag, lines[i], lines[i].tags->labelled ? 0.9 : 0.7);
  found->Erase(lines[i], "tags");
}

}  // namespace

void FindTeaserBoxes(std::vector<Line>& lines, const WordLists& lists, Findings* found) {
  std::map<BoxText, std::vector<size_t>> boxes;
  for (size_t i = 0; i + 1 < lines.size(); ++i) {
    if (lines[i].taken || !lines[i].teaser_label || !lines[i + 1].prose || lines[i + 1].words.empty() ||
        lines[i + 1].words.size() > kMaxTeaserWords)
      continue;
    boxes[{Hashes(lines[i].words), Hashes(lists.Split(lines[i + 1].text))}].push_back(i);
  }
  for (const auto& [key, copies] : boxes) {
    if (copies.size() < 2 || copies.size() > kMaxTeaserCopies || boxes.size() > kMaxTeaserBoxes) continue;
    found->Add("description", lines[copies.front() + 1].text, lines[copies.front() + 1], 0.85);
    for (const size_t i : copies) {
      found->Erase(lines[i], "teaser_box");
      found->Erase(lines[i + 1], "teaser_box");
    }
  }
}

void FindNotes(std::vector<Line>& lines, Findings* found) {
  for (Line& line : lines) {
    if (line.taken || !line.note || line.body_role) continue;
    const Note& note = *line.note;
    if (note.kind == Note::Kind::kSyndication) {
      if (!note.outlet.empty()) found->Add("original_publisher", note.outlet, line, 0.9);
      found->Erase(line, "syndication_note");
    } else if (note.kind == Note::Kind::kDisclaimer) {
      if (!note.outlet.empty()) found->Add("publisher", note.outlet, line, 0.8);
      found->Erase(line, "disclaimer");
    } else {
      found->Erase(line, "syndication_note");
    }
  }
}

void FindDatelines(std::vector<Line>& lines, size_t body, const WordLists& lists, Findings* found) {
  FindInline(lines, body, lists, found);
  std::vector<size_t> places;
  for (size_t i = body; i + 1 < lines.size() && places.size() <= kMaxPlaceLines; ++i)
    if (!lines[i].taken && !lines[i].html && lines[i].place && lines[i + 1].prose) places.push_back(i);
  if (places.size() > kMaxPlaceLines) return;  // cities as headings
  for (const size_t i : places) {
    if (!BeginsFullerCopy(lines, body, i, lists)) continue;
    if (!HasValue(*found, "dateline_location")) found->Add("dateline_location", lines[i].place->place, lines[i], 0.75);
    found->Erase(lines[i], "dateline");
  }
}

void FindTail(std::vector<Line>& lines, size_t body, const WordLists& lists, Findings* found) {
  const size_t last_prose = LastProse(lines);
  TakeLoneByline(lines, body, last_prose, lists, found);
  TakeLoneDate(lines, body, found);
  const bool few_labels = CountLabels(lines, body) <= kMaxLostLabels;
  for (size_t i = body; i < lines.size(); ++i) {
    Line& line = lines[i];
    if (line.taken || line.ui || line.prose || line.body_role) continue;
    const bool tail = last_prose < lines.size() && i > last_prose;
    const bool body_below = i + 1 < lines.size() && lines[i + 1].prose && !lines[i + 1].taken;
    if (line.tags && (line.tags->labelled || (tail && !line.html && i == last_prose + 1))) {
      TakeTags(lines, i, found);
    } else if (line.tag_label && i + 1 < lines.size() && !lines[i + 1].prose) {
      const std::optional<Tags> tags = ParseTagItems(lines[i + 1].text, lists, 2);
      if (!tags) continue;
      found->Erase(line, "tags");
      lines[i + 1].tags = tags;
      TakeTags(lines, i + 1, found);
    } else if (few_labels && !body_below && (line.byline_label || line.credit_label)) {
      found->Erase(line, "lost_label");
    }
  }
}

}  // namespace garner::metadata_lines
