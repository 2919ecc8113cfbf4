#include "dateline.h"

#include <algorithm>

#include "ascii.h"
#include "garner/dates.h"
#include "garner/utf8.h"
#include "markup_candidates.h"
#include "write_blocks.h"

namespace garner::html {
namespace {

// How many blocks count as beside the title, and how long a line may be that is little more than a date and a name.
constexpr size_t kBehind = 8;
constexpr size_t kBefore = 3;
constexpr size_t kMaxLineBytes = 80;
constexpr size_t kMaxSourceBytes = 1024;  // the same with the white space of its markup
// A label on a line of its own: "Last updated" above "4 May 2025".
constexpr size_t kMaxLabelBytes = 24;
constexpr size_t kDayBytes = 10;  // of "2025-09-04"

// Parts of words in the languages that pages are written in, folded.
constexpr std::string_view kChangeWords[] = {"updat",    "modif",   "revis",  "reviewed",   "last edited", "aktualis",
                                             "geändert", "überarb", "stand:", "mis à jour", "mise à jour", "actualis",
                                             "actualiz", "обновл",  "измен",  "жаңарт",     "өзгерт"};

// What separates the parts of a byline.
constexpr std::string_view kSeparators[] = {"|", "·", "•", "–", "—", " - ", " / ", "‧", "∙", "⋅"};

std::string_view FirstPart(std::string_view line) {
  size_t end = line.size();
  for (const std::string_view mark : kSeparators) end = std::min(end, line.find(mark));
  return line.substr(0, end);
}

std::string_view WithoutSeparator(std::string_view line) {
  for (const std::string_view mark : kSeparators)
    if (line.substr(0, mark.size()) == mark) return line.substr(mark.size());
  return line;
}

// The end of `words` words of `text` from `begin` on.
size_t EndOfWords(std::string_view text, size_t begin, size_t words) {
  size_t end = begin;
  for (size_t i = 0; i < words && end < text.size(); ++i) end = std::min(text.find(' ', end + 1), text.size());
  return end;
}

struct Day {
  size_t begin = 0;  // where in the part it stands
  std::string date;
};

// The first day in the part. Its numbers and its month stand together: three words at most, so that "5 min read, Sep 4, 2025" is
// no fifth.
Day FirstDay(std::string_view part) {
  constexpr size_t kWordsOfDay = 3;
  for (size_t at = 0; at < part.size(); ++at) {
    if (part[at] == ' ' ||
        (at > 0 && IsAlphanumeric(part[at]) && part[at - 1] != ' ' && part[at - 1] != ':' && part[at - 1] != '('))
      continue;
    const std::string day = NormalizeDate(part.substr(at, EndOfWords(part, at, kWordsOfDay) - at));
    if (day.size() < kDayBytes) continue;
    const std::string with_time = NormalizeDate(part.substr(at));
    const bool same = with_time.compare(0, kDayBytes, day, 0, kDayBytes) == 0;
    return {at, same ? with_time : day};
  }
  return {};
}

// What a line says before its first number.
std::string_view LabelOf(std::string_view line) { return line.substr(0, line.find_first_of("0123456789")); }

// Label and date may stand on two lines.
bool IsLabelOfChange(std::string_view line) {
  return line.size() <= kMaxLabelBytes && std::none_of(line.begin(), line.end(), IsDigit) && TellsOfChange(line);
}

std::string Collapsed(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (!IsHtmlSpace(c)) {
      out.push_back(c);
    } else if (!out.empty() && out.back() != ' ') {
      out.push_back(' ');
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

bool IsFurniture(std::string_view landmark) {
  return landmark == "nav" || landmark == "footer" || landmark == "aside" || landmark == "form";
}

class Neighbourhood {
 public:
  Neighbourhood(const Page& page, const PageText& text, size_t title) : page_(page), text_(text), title_(title) {}

  size_t first() const { return title_ - std::min(title_, kBefore); }
  size_t last() const { return std::min(title_ + kBehind, text_.drafts.size() - 1); }

  std::string Line(size_t draft) const { return Collapsed(DraftText(page_, text_, text_.drafts[draft], kMaxSourceBytes)); }

  std::string DateAt(size_t draft) const {
    if (IsFurniture(text_.drafts[draft].landmark)) return {};
    const std::string line = Line(draft);
    if (line.size() > kMaxLineBytes) return {};
    std::string date = DateOfLine(line);
    return date.empty() || IsOfChange(draft) ? std::string() : date;
  }

  // What the draft dates is a change: its element says so, or the label before it.
  bool IsOfChange(size_t draft) const {
    if (MarksChange(page_, text_.drafts[draft].node) || TellsOfChange(LabelOf(Line(draft)))) return true;
    return draft > 0 && IsLabelOfChange(Line(draft - 1));
  }

  // Marks the dates whose evidence stands here.
  void Mark(std::vector<Candidate>& all) const {
    for (size_t draft = first(); draft <= last(); ++draft) {
      const Span source = DraftSource(text_, text_.drafts[draft]);
      if (IsOfChange(draft)) continue;
      for (Candidate& candidate : all)
        if (candidate.key == "date_published" && candidate.evidence && candidate.evidence->begin < source.end &&
            source.begin < candidate.evidence->end)
          candidate.beside_title = true;
    }
  }

  // The draft that shows the date, those behind the title first, the nearest first.
  size_t Find() const {
    for (size_t at = title_ + 1; at <= last(); ++at)
      if (!DateAt(at).empty()) return at;
    for (size_t at = title_; at-- > first();)
      if (!DateAt(at).empty()) return at;
    return kNoDraft;
  }

 private:
  const Page& page_;
  const PageText& text_;
  size_t title_;
};

}  // namespace

bool MarksChange(const Page& page, NodeId element) {
  const Attributes attributes = page.attributes();
  const Node& node = page.tree.nodes[element];
  std::string words;
  for (const AttributeName name : {AttributeName::kClass, AttributeName::kItemprop})
    words.append(attributes.Raw(node, name)).push_back(' ');
  if (words.size() <= 2) return false;
  return TellsOfChange(words) && FoldForComparison(words).find("publish") == std::string::npos;
}

bool TellsOfChange(std::string_view words) {
  const std::string folded = FoldForComparison(words);
  return std::any_of(std::begin(kChangeWords), std::end(kChangeWords),
                     [&](std::string_view word) { return folded.find(word) != std::string::npos; });
}

std::string DateOfLine(std::string_view line) {
  if (std::none_of(line.begin(), line.end(), IsDigit)) return {};
  while (!line.empty()) {
    const std::string_view part = FirstPart(line);
    const Day day = FirstDay(part);
    // "Published 1 May 2025, updated 3 June 2025" states the publication first.
    if (!day.date.empty()) return TellsOfChange(part.substr(0, day.begin)) ? std::string() : day.date;
    line = WithoutSeparator(line.substr(part.size()));
  }
  return {};
}

bool HasDateline(const Page& page, const PageText& text, size_t title) {
  return title < text.drafts.size() && Neighbourhood(page, text, title).Find() != kNoDraft;
}

void AddDateline(const Page& page, const PageText& text, size_t title, Candidates& candidates) {
  if (title >= text.drafts.size()) return;
  const Neighbourhood near(page, text, title);
  if (const size_t draft = near.Find(); draft != kNoDraft)
    candidates.Add("date_published", near.DateAt(draft), "dateline", 0.95, DraftSource(text, text.drafts[draft]));
  near.Mark(candidates.all());
}

}  // namespace garner::html
