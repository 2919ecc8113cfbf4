#include "titles.h"

#include <algorithm>

#include "garner/utf8.h"

namespace garner::metadata_lines {
namespace {

constexpr size_t kMaxSuffixWords = 6;
constexpr size_t kManyCandidates = 4;  // this many short lines in a row are a menu, a list or a poem
constexpr size_t kLeastDoubledWords = 3;
constexpr size_t kBodyWithin = 8;  // lines after the head in which body must begin

constexpr std::string_view kSeparators[] = {" | ", " - ", " – ", " — ", " :: ", " · ", " • ", " » "};

// French quotation marks stand off by a space, others do not.
std::string FoldTitle(std::string_view title) {
  std::string folded = FoldForComparison(title);
  size_t size = 0;
  for (size_t i = 0; i < folded.size(); ++i) {
    const bool beside_mark = (i > 0 && folded[i - 1] == '"') || (i + 1 < folded.size() && folded[i + 1] == '"');
    if (folded[i] != ' ' || !beside_mark) folded[size++] = folded[i];
  }
  folded.resize(size);
  return folded;
}

// Speakers ("Anna: Good morning"): the same few words before a colon on several of the first lines.
bool IsDialogue(const std::vector<Line>& lines, size_t from) {
  size_t speakers = 0;
  for (size_t i = from; i < lines.size() && i < from + 6; ++i) {
    const Words words = lines[i].words;
    const bool speaker =
        words.size() > 2 && (words[0].trail() == ":" || (words[1].trail() == ":" && StartsUpper(words[1].core())));
    speakers += speaker;
  }
  return speakers >= 3;
}

// Questions with their answers below: the first of them is no headline.
bool IsQuestionList(const std::vector<Line>& lines) {
  size_t questions = 0;
  for (size_t i = 0; i + 1 < lines.size(); ++i) questions += lines[i].question && !lines[i].prose && lines[i + 1].prose;
  return questions >= 2;
}

bool BodyFollows(const std::vector<Line>& lines, size_t body) {
  size_t seen = 0;
  for (size_t i = body; i < lines.size() && seen < kBodyWithin; ++i) {
    if (lines[i].ui || lines[i].taken) continue;
    if (lines[i].prose && !lines[i].note) return true;
    ++seen;
  }
  return false;
}

// A line that hangs on the one above and is neither body nor anything known: a stanza goes on.
bool IsVerse(const std::vector<Line>& lines, size_t title) {
  size_t loose = 0;
  for (size_t i = title + 1; i < lines.size() && lines[i].tight; ++i) {
    const Line& line = lines[i];
    if (line.prose && line.words.size() >= 12) return false;
    const bool known = line.taken || line.ui || line.IsMeta() || line.tags || line.credit || line.section || line.affiliation ||
                       !line.names.empty();
    loose += !known && !line.prose;
  }
  return loose >= 2;
}

bool IsSectionAbove(const Line& first, const Line& second) {
  if (first.question || first.words.size() > 5) return false;
  if (first.section) return !second.section;
  const bool longer = second.words.size() > first.words.size();
  if (first.section_word) return longer;
  // One word over a headline.
  return first.words.size() == 1 && second.words.size() >= 4;
}

// The last candidate with enough words above the first byline or date. Candidates are counted from `first`; fewer than many of
// them above it leave the first.
std::optional<size_t> NearestAboveMeta(const std::vector<Line>& lines, const std::vector<size_t>& candidates, size_t first) {
  constexpr size_t kLeastWords = 4;
  size_t meta = candidates[first];
  while (meta < lines.size() && !lines[meta].IsMeta()) ++meta;
  size_t above = first;
  while (above < candidates.size() && candidates[above] < meta) ++above;
  if (above - first < kManyCandidates) return first;
  for (size_t i = above; i > first; --i)
    if (lines[candidates[i - 1]].words.size() >= kLeastWords) return i - 1;
  return std::nullopt;
}

// 0 where nothing but such names stands there.
size_t CountLeadingSections(const std::vector<Line>& lines, const std::vector<size_t>& candidates) {
  size_t count = 0;
  while (count < candidates.size() && lines[candidates[count]].section) ++count;
  return count < candidates.size() ? count : 0;
}

// Between two paragraphs: the heading of a section, whatever it repeats.
bool HeadsSection(const std::vector<Line>& lines, size_t i) {
  return i > 0 && lines[i - 1].prose && i + 1 < lines.size() && lines[i + 1].prose;
}

// The same line stands below the second copy again, between the lines of a list. A headline doubled in its place may head a
// section as well.
bool IsEntry(const std::vector<Line>& lines, size_t copy, const Line& line) {
  const bool doubled = copy > 0 && lines[copy - 1].text == line.text;
  constexpr size_t kReach = 60;
  for (size_t i = copy + 3; i < lines.size() && i < copy + kReach; ++i)
    if (!lines[i].prose && lines[i].text == line.text && !(doubled && HeadsSection(lines, i))) return true;
  return false;
}

bool MayHeadPage(const Line& line) {
  constexpr size_t kLeastPageWords = 4;
  if (line.prose || line.ui || line.taken || !line.title_like || line.section || line.widget_like || line.IsMeta() ||
      line.body_role)
    return false;
  if (line.words.size() < kLeastPageWords || line.tags || line.credit) return false;
  return !HasAnyOf(line.text, "|>/") && line.text.find("»") == std::string_view::npos;
}

bool ProseWithin(const std::vector<Line>& lines, size_t from, size_t count) {
  constexpr size_t kBodyWords = 12;
  for (size_t i = from; i < lines.size() && i < from + count; ++i)
    if (lines[i].prose && lines[i].words.size() != 0 && lines[i].words.size() >= kBodyWords) return true;
  return false;
}

// "Home > Gardens > Otters return" for "Otters return".
bool EndsTrail(const Line& trail, const Line& title) {
  if (trail.text.size() <= title.text.size() || trail.text.size() > title.text.size() + 120) return false;
  const std::string_view front = trail.text.substr(0, trail.text.size() - title.text.size());
  const bool marked = HasAnyOf(front, ">/|") || front.find("»") != std::string_view::npos ||
                      front.find("›") != std::string_view::npos || front.find("→") != std::string_view::npos;
  return marked && FoldForComparison(trail.text.substr(front.size())) == FoldForComparison(title.text);
}

// Two lines that could both be the headline: the lower one is its deck.
size_t HeadlineOver(const std::vector<Line>& lines, size_t i) { return i > 0 && MayHeadPage(lines[i - 1]) ? i - 1 : i; }

bool HasTrailAbove(const std::vector<Line>& lines, size_t title) {
  constexpr size_t kTrailReach = 6;
  for (size_t i = title; i > 0 && i + kTrailReach > title; --i)
    if (EndsTrail(lines[i - 1], lines[title])) return true;
  return false;
}

}  // namespace

bool IsWholePage(const std::vector<Line>& lines) {
  constexpr size_t kLeastShort = 25;
  constexpr size_t kLeastButtons = 3;
  constexpr size_t kManyShort = 40;
  size_t shorts = 0;
  size_t buttons = 0;
  for (const Line& line : lines) {
    shorts += !line.prose;
    buttons += line.ui && HasLetter(line.text);
  }
  const bool mostly = shorts >= kManyShort && shorts * 5 > lines.size() * 3 && buttons > 0;
  return shorts >= kLeastShort && shorts * 2 > lines.size() && (buttons >= kLeastButtons || mostly);
}

bool StandsOnPage(const std::vector<Line>& lines, size_t title) {
  constexpr size_t kFirst = 4;
  return title < kFirst && MayHeadPage(lines[title]) && ProseWithin(lines, title + 1, 1);
}

std::optional<size_t> FindPageTitle(const std::vector<Line>& lines) {
  constexpr size_t kReach = 400;     // lines
  constexpr size_t kMetaWithin = 2;  // lines below the headline
  constexpr size_t kQuiet = 40;  // lines above without a paragraph: beyond them another article may have begun
  std::optional<size_t> found;
  size_t last_prose = 0;
  bool prose = false;
  for (size_t i = 0; i < lines.size() && i < kReach; ++i) {
    if (lines[i].prose && lines[i].words.size() >= 12) {
      last_prose = i;
      prose = true;
    }
    if (!MayHeadPage(lines[i])) continue;
    if (!prose && HasTrailAbove(lines, i) && ProseWithin(lines, i + 1, kBodyWithin)) return i;
    if (found || (prose && i < last_prose + kQuiet)) continue;
    for (size_t below = 1; below <= kMetaWithin && i + below < lines.size(); ++below) {
      const Line& meta = lines[i + below];
      const bool dated = meta.date && meta.date->date.has_day;
      const bool signed_by = meta.byline_label || meta.unlabelled_byline || (meta.byline && !meta.byline->short_name);
      if (!found && (dated || signed_by) && ProseWithin(lines, i + below + 1, kBodyWithin)) found = HeadlineOver(lines, i);
      if (meta.ui) break;
    }
  }
  return found;
}

CutTitle CutAtBar(std::string_view line) {
  for (const std::string_view bar : {" | ", " :: "}) {
    const size_t at = line.rfind(bar);
    if (at == std::string_view::npos || at == 0) continue;
    const std::string_view suffix = Trim(line.substr(at + bar.size()));
    const size_t words = CountWords(suffix);
    if (words == 0 || words > kMaxSuffixWords || CountWords(line.substr(0, at)) < 2) continue;
    return {Trim(line.substr(0, at)), suffix};
  }
  return {line, {}};
}

std::optional<TitleMatch> MatchTitle(std::string_view line, std::string_view title) {
  constexpr size_t kMaxBytes = 600;
  if (line.size() > kMaxBytes || title.empty()) return std::nullopt;
  const std::string folded = FoldTitle(title);
  if (FoldTitle(line) == folded) return TitleMatch{true, {}};
  for (const std::string_view separator : kSeparators) {
    const size_t at = line.rfind(separator);
    if (at == std::string_view::npos) continue;
    const std::string_view suffix = Trim(line.substr(at + separator.size()));
    if (CountWords(suffix) <= kMaxSuffixWords && FoldTitle(Trim(line.substr(0, at))) == folded)
      return TitleMatch{false, suffix};
  }
  return std::nullopt;
}

TitleChoice ChooseTitle(const std::vector<Line>& lines, const std::vector<size_t>& candidates, size_t body, bool has_byline) {
  TitleChoice choice;
  if (candidates.empty() || !BodyFollows(lines, body)) return choice;
  // A doubled headline settles it.
  for (size_t a = 0; a < candidates.size() && a < kManyCandidates + 2; ++a) {
    for (size_t b = a + 1; b < candidates.size() && b < kManyCandidates + 2; ++b) {
      const Line& first = lines[candidates[a]];
      const Line& second = lines[candidates[b]];
      const std::optional<TitleMatch> forward = MatchTitle(first.text, second.text);
      const std::optional<TitleMatch> backward = MatchTitle(second.text, first.text);
      if (!forward && !backward) {
        // "Home > Gardens > Otters return", and the headline below.
        if (!EndsTrail(first, second) || second.words.size() < 2) continue;
        choice.title = candidates[b];
        choice.copies.push_back(candidates[a]);
        return choice;
      }
      // Entries of menus stand twice as well: one or two words need a byline to be a headline.
      if (!has_byline && std::min(first.words.size(), second.words.size()) < kLeastDoubledWords) continue;
      if (IsEntry(lines, candidates[b], first)) continue;
      const bool second_is_clean = forward && !forward->equal;
      choice.title = second_is_clean ? candidates[b] : candidates[a];
      choice.copies.push_back(second_is_clean ? candidates[a] : candidates[b]);
      choice.site_name = forward && !forward->suffix.empty() ? forward->suffix : backward ? backward->suffix : std::string_view();
      for (size_t c = b + 1; c < candidates.size() && c < kManyCandidates + 2; ++c)
        if (MatchTitle(lines[candidates[c]].text, lines[*choice.title].text)) choice.copies.push_back(candidates[c]);
      if (a == 1 && IsSectionAbove(lines[candidates[0]], lines[*choice.title])) choice.section = candidates[0];
      return choice;
    }
  }
  // Names of sections in a row are the page's menu.
  const size_t menu = CountLeadingSections(lines, candidates);
  size_t first = menu >= 2 ? menu : 0;
  if (first + 1 < candidates.size() && IsSectionAbove(lines[candidates[first]], lines[candidates[first + 1]])) {
    choice.section = candidates[first];
    ++first;
  } else if (candidates.size() >= kManyCandidates && !has_byline) {
    return choice;
  }
  // Many short lines above the byline are menus; the headline is the last of them that says something.
  if (has_byline && candidates.size() - first >= kManyCandidates) {
    const std::optional<size_t> nearest = NearestAboveMeta(lines, candidates, first);
    if (!nearest) return choice.section = std::nullopt, choice;
    if (*nearest != first) choice.section = std::nullopt;
    first = *nearest;
  }
  const size_t title = candidates[first];
  const Line& line = lines[title];
  // One word, or the name of a section, needs more than its place.
  const bool weak = line.words.size() < 2 || line.section;
  if (weak && !has_byline) return choice.section = std::nullopt, choice;
  if (IsDialogue(lines, title) || (!has_byline && (IsVerse(lines, title) || (line.question && IsQuestionList(lines)))))
    return choice.section = std::nullopt, choice;
  choice.title = title;
  return choice;
}

}  // namespace garner::metadata_lines
