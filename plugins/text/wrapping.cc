#include "wrapping.h"

#include <algorithm>

namespace garner::text {
namespace {

// Narrower lines are lists, verse and addresses.
constexpr uint32_t kNarrowestLine = 45;
// Scripts without spaces fill their lines: less says as much.
constexpr uint32_t kNarrowestWideLine = 30;
// Columns by which a line of such a script may fall short: punctuation that must not begin a line.
constexpr uint32_t kWideSlack = 4;
// Columns by which the widest lines of groups of one document differ.
constexpr uint32_t kWidthSlack = 4;
constexpr uint32_t kWordsOfProse = 5;

bool HasMark(const ItemMark& mark) { return mark.kind != ItemMark::Kind::kNone; }

// Whether a line may go on in the next at all, widths apart.
bool MayJoin(const std::vector<Line>& group, const std::vector<ItemMark>& marks, size_t i) {
  const Line& line = group[i];
  const Line& next = group[i + 1];
  if (!line.prose || !next.prose || HasMark(marks[i + 1])) return false;
  const bool hangs = HasMark(marks[i]) || (i > 0 && next.indent == line.indent);
  return hangs || next.indent <= line.indent + 1U;  // a deeper indentation begins a paragraph
}

// English headings write most words in upper case. Told where a paragraph would begin, so that names inside one do no harm.
bool LooksLikeHeading(const Line& line, const Line& next) {
  return !line.ended && next.start == Start::kUpper && line.words >= 3 && line.capitals * 3 >= line.words * 2 && next.capitals * 2 < next.words;
}

// The next line's first word would not have fitted.
bool IsFull(const Line& line, const Line& next, uint32_t width) {
  if (line.wide_end && next.wide_start) return line.width + kWideSlack >= width;
  return line.width + 1U + next.first_word > width;
}

uint32_t NarrowestFor(const std::vector<Line>& group) {
  const auto wide = std::count_if(group.begin(), group.end(), [](const Line& line) { return line.wide_start; });
  return wide * 2 > static_cast<std::ptrdiff_t>(group.size()) ? kNarrowestWideLine : kNarrowestLine;
}

// The widest line of prose; of many lines a few, with long addresses in them, may be wider.
uint32_t WidestLine(const std::vector<Line>& group) {
  std::vector<uint32_t> widths;
  for (const Line& line : group)
    if (line.prose) widths.push_back(line.width);
  if (widths.empty()) return 0;
  const auto place = widths.end() - 1 - static_cast<std::ptrdiff_t>(widths.size() / 16);
  std::nth_element(widths.begin(), place, widths.end());
  return *place;
}

struct Evidence {
  size_t full = 0;          // breaks where the next word did not fit
  size_t full_lower = 0;    // ... and the next line starts in lower case
  size_t full_cased = 0;    // ... or in upper case
  size_t full_mid = 0;      // ... and no sentence ends
  size_t full_wide = 0;     // ... between characters of a script without spaces
  size_t early = 0;         // breaks in mid-sentence where there was room
  size_t ends = 0;          // other breaks
};

Evidence Weigh(const std::vector<Line>& group, const std::vector<ItemMark>& marks, uint32_t width) {
  Evidence seen;
  for (size_t i = 0; i + 1 < group.size(); ++i) {
    if (!MayJoin(group, marks, i) || (i == 0 && LooksLikeHeading(group[0], group[1]))) continue;
    const Line& line = group[i];
    const Line& next = group[i + 1];
    const bool lower = next.start == Start::kLower;
    if (!IsFull(line, next, width)) {
      ++(lower && !line.ended ? seen.early : seen.ends);
      continue;
    }
    ++seen.full;
    seen.full_lower += lower;
    seen.full_cased += lower || next.start == Start::kUpper;
    seen.full_mid += !line.ended;
    seen.full_wide += line.wide_end && next.wide_start;
  }
  return seen;
}

// Menus and lists of titles have lines of like width, too, but neither commas nor full stops.
bool HasSentences(const std::vector<Line>& group) {
  const auto lines = std::count_if(group.begin(), group.end(), [](const Line& line) { return line.clauses || line.ended; });
  return lines * 6 >= static_cast<std::ptrdiff_t>(group.size());
}

bool GoesOnInLowerCase(const Evidence& seen) { return seen.full_lower * 5 >= seen.full_cased * 2 && seen.early * 2 <= seen.full; }

// Many nouns and names may begin lines in upper case. Then nearly every line must be full and break in mid-sentence, sentences must
// have an inside, and the last one must end: a list of headings does none of that.
bool ReadsAsOneParagraph(const std::vector<Line>& group, const Evidence& seen) {
  const auto clauses = std::count_if(group.begin(), group.end(), [](const Line& line) { return line.clauses; });
  return seen.full >= 3 && seen.full_mid * 4 >= seen.full * 3 && (seen.ends + seen.early) * 4 <= seen.full && group.back().ended &&
         clauses * 3 >= static_cast<std::ptrdiff_t>(group.size());
}

// Without any width: two lines of prose that are one sentence.
bool IsOneSentence(const Line& line, const Line& next) {
  const bool fits = line.width >= kNarrowestLine && line.width <= kWidestLine && next.width < line.width + 1U + next.first_word;
  return fits && line.open_ended && line.words >= kWordsOfProse && next.start == Start::kLower;
}

// A line under an item's text belongs to the item.
bool Hangs(const std::vector<Line>& group, const std::vector<ItemMark>& marks, size_t item, size_t next) {
  return marks[item].item && group[next].prose && !HasMark(marks[next]) && group[next].indent >= group[item].indent + 2U;
}

}  // namespace

uint32_t WrapWidth(const std::vector<Line>& group, const std::vector<ItemMark>& marks) {
  if (group.size() < 3) return 0;
  const uint32_t width = WidestLine(group);
  if (width < NarrowestFor(group) || width > kWidestLine) return 0;
  const Evidence seen = Weigh(group, marks, width);
  if (!HasSentences(group)) return 0;
  if (seen.full < 2 || seen.full_mid * 2 < seen.full) return 0;
  if (seen.full_cased * 2 >= seen.full) return (GoesOnInLowerCase(seen) || ReadsAsOneParagraph(group, seen)) ? width : 0;
  // No letter case to go by: the widths must say it.
  const bool enough = seen.full >= (seen.full_wide * 2 > seen.full ? 2U : 3U);
  return enough && (seen.ends + seen.early) * 4 <= seen.full ? width : 0;
}

void DocumentWidth::Add(uint32_t width, size_t lines) { lines_of_[std::min(width, kWidestLine)] += lines; }

uint32_t DocumentWidth::Get() const {
  uint64_t all = 0;
  for (const uint64_t lines : lines_of_) all += lines;
  if (all == 0) return 0;
  uint32_t median = 0;
  for (uint64_t seen = 0; seen * 2 < all; ++median) seen += lines_of_[median];
  --median;
  uint32_t width = median;
  for (uint32_t wider = median + 1; wider <= std::min(median + kWidthSlack, kWidestLine); ++wider)
    if (lines_of_[wider] > 0) width = wider;
  return width;
}

std::vector<bool> JoinsNext(const std::vector<Line>& group, const std::vector<ItemMark>& marks, uint32_t width) {
  std::vector<bool> joins(group.size(), false);
  size_t item = group.size();  // the list item that the line belongs to
  for (size_t i = 0; i + 1 < group.size(); ++i) {
    if (marks[i].item) item = i;
    if (item < group.size() && Hangs(group, marks, item, i + 1)) {
      joins[i] = true;
      continue;
    }
    if (!(item == i)) item = group.size();
    if (width == 0 || !MayJoin(group, marks, i) || group[i].width > kWidestLine) continue;
    if ((i == 0 || !joins[i - 1]) && LooksLikeHeading(group[i], group[i + 1])) continue;
    const bool ragged = group[i].open_ended && group[i + 1].start == Start::kLower && group[i].width * 2U >= width;
    joins[i] = IsFull(group[i], group[i + 1], width) || ragged;
  }
  if (width > 0) return joins;
  // From the end: a run of lines is one sentence only if it ends as one.
  for (size_t i = group.size() - 1; i-- > 0;)
    if (!joins[i] && MayJoin(group, marks, i) && IsOneSentence(group[i], group[i + 1])) joins[i] = group[i + 1].ended || joins[i + 1];
  return joins;
}

}  // namespace garner::text
