#include "head.h"

#include <algorithm>
#include <optional>

#include "garner/utf8.h"
#include "titles.h"

namespace garner::metadata_lines {
namespace {

constexpr size_t kMaxDeckWords = 60;
constexpr size_t kDeckReach = 5;  // lines between a deck and the byline or date that proves it
constexpr size_t kHtmlTitleWithin = 200;
constexpr size_t kHtmlHeadLines = 12;

class HeadReader {
 public:
  HeadReader(std::vector<Line>& lines, const HeadSettings& settings, const WordLists& lists, Findings* found)
      : lines_(lines), settings_(settings), lists_(lists), found_(*found) {}

  size_t Read() {
    const size_t end = std::min(lines_.size(), settings_.first_line + settings_.max_lines);
    for (at_ = settings_.first_line; at_ < end; ++at_)
      if (!Take(lines_[at_])) break;
    Settle();
    return at_;
  }

 private:
  // False where the body begins.
  bool Take(Line& line) {
    if (line.taken || line.ui || line.note) return true;
    if (line.body_role) return false;
    if (TakeMeta(line)) return true;
    if (line.place && FollowedByProse(at_)) return TakePlace(line);
    if (line.prose) return TakeDeck(line);
    if (line.title_like || line.section) return TakeCandidate(line);
    return false;
  }

  bool TakeMeta(Line& line) {
    if (line.date) return TakeDate(line);
    if (line.byline && !IsTitleRather(line)) return TakeByline(line);
    if (line.byline_label) return TakeBylineLabel(line);
    if (!line.date_label.empty()) return TakeDateLabel(line);
    if (line.tag_label) return TakeTagLabel(line);
    if (line.credit_label) return found_.Erase(line, "lost_label"), true;
    if (line.tags && !line.prose && !line.place) return TakeTags(line);
    if (line.unlabelled_byline) return TakeByline(*line.unlabelled_byline, line);
    if (line.loose_byline && StandsLikeByline()) return TakeByline(*line.loose_byline, line);
    if (line.affiliation && last_author_ && !line.place) return TakeAffiliation(line);
    return !line.names.empty() && TakeNames(line);
  }

  const Line* Next(size_t i) const {
    for (size_t k = i + 1; k < lines_.size(); ++k)
      if (!lines_[k].ui && !lines_[k].taken) return &lines_[k];
    return nullptr;
  }

  bool FollowedByProse(size_t i) const {
    const Line* next = Next(i);
    return next != nullptr && next->prose;
  }

  bool TakeDate(Line& line) {
    // A day over a paragraph, again and again, is a diary or a chronicle.
    if (line.date->kind.empty() && IsChronicle()) return false;
    if (!line.date->date.has_day && line.date->kind.empty() && !line.date->date.ambiguous && candidates_.empty()) return false;
    found_.dates.push_back({*line.date, line.span, true});
    if (line.second_date) found_.dates.push_back({*line.second_date, line.span, true});
    found_.Erase(line, "date_line");
    has_byline_ = true;
    return true;
  }

  bool IsChronicle() const {
    size_t days = 0;
    for (size_t i = 0; i + 1 < lines_.size(); ++i) days += lines_[i].date && lines_[i].date->kind.empty() && lines_[i + 1].prose;
    return days >= 3;
  }

  // A byline of one short name and no label that needs a colon: "By Design" over a text is a headline.
  bool IsTitleRather(const Line& line) const {
    if (!line.byline->short_name || line.byline->date) return false;
    return candidates_.empty() && !has_byline_;
  }

  bool TakeByline(Line& line) {
    if (line.second_date) found_.dates.push_back({*line.second_date, line.span, true});
    return TakeByline(*line.byline, line);
  }

  bool TakeByline(const Byline& byline, Line& line) {
    for (const std::string& author : byline.authors) found_.Add("authors", author, line, byline.short_name ? 0.7 : 0.95);
    for (const std::string& affiliation : byline.affiliations) found_.Add("author_affiliations", affiliation, line, 0.8);
    if (byline.date) found_.dates.push_back({*byline.date, line.span, true});
    found_.Erase(line, "byline");
    has_byline_ = last_author_ = true;
    return true;
  }

  // "By", and the name on the line below, unless it was lost.
  bool TakeBylineLabel(Line& line) {
    found_.Erase(line, "lost_label");
    has_byline_ = true;
    const size_t below = at_ + 1;
    if (below >= lines_.size() || lines_[below].taken || lines_[below].names.empty() || lines_[below].names.size() > 4)
      return true;
    Line& names = lines_[below];
    if (!names.tight && !names.known_name) return true;
    found_.removals.back().rule = "byline";
    AddNames(names, 0.85);
    return true;
  }

  // Below the headline, and a date, a paragraph or nothing else of the head beside it.
  bool StandsLikeByline() const {
    const Line* next = Next(at_);
    if (next == nullptr) return false;
    // Above the headline: the headline and the body follow.
    if (candidates_.empty())
      return next->title_like && !next->prose && next->names.empty() && at_ + 2 < lines_.size() && lines_[at_ + 2].prose;
    return next->date || next->prose || (at_ > 0 && lines_[at_ - 1].date);
  }

  // "Published:", and the date on the line below, unless it was lost.
  bool TakeDateLabel(Line& line) {
    const size_t below = at_ + 1;
    const bool dated = below < lines_.size() && lines_[below].date && lines_[below].date->kind.empty() && !lines_[below].taken;
    if (dated) lines_[below].date->kind = line.date_label;
    if (!dated && candidates_.empty() && !has_byline_) return false;
    found_.Erase(line, dated ? "date_line" : "lost_label");
    return true;
  }

  bool TakeTagLabel(Line& line) {
    const size_t below = at_ + 1;
    std::optional<Tags> tags;
    if (below < lines_.size() && !lines_[below].taken && !lines_[below].prose)
      tags = ParseTagItems(lines_[below].text, lists_, 2);
    if (!tags) return false;
    found_.Erase(line, "tags");
    for (const std::string& tag : tags->values) found_.Add("tags", tag, lines_[below], 0.9);
    found_.Erase(lines_[below], "tags");
    return true;
  }

  bool TakeTags(Line& line) {
    for (const std::string& tag : line.tags->values) found_.Add("tags", tag, line, line.tags->labelled ? 0.95 : 0.75);
    found_.Erase(line, "tags");
    return true;
  }

  bool TakeAffiliation(Line& line) {
    found_.Add("author_affiliations", line.text, line, 0.85);
    found_.Erase(line, "affiliation");
    return true;
  }

  void AddNames(Line& line, double confidence) {
    for (const std::string& name : line.names) found_.Add("authors", name, line, confidence);
    found_.Erase(line, "byline");
    has_byline_ = last_author_ = true;
  }

  // Below names and affiliations the text begins, or a headline with text below. Below entries of a menu come others.
  bool BodyFollowsNames(size_t i) const {
    const size_t most = candidates_.empty() ? 1 : 0;  // the headline, where none has been seen
    size_t loose = 0;
    for (size_t k = i + 1; k < lines_.size() && loose <= most; ++k) {
      const Line& line = lines_[k];
      if (line.prose) return true;
      const bool named = !line.names.empty() && (line.known_name || (k + 1 < lines_.size() && lines_[k + 1].affiliation));
      const bool fits = line.ui || line.taken || line.affiliation || named || line.IsMeta() || line.tags;
      loose += !fits;
    }
    return false;
  }

  // Names without a label: an affiliation below, or a known first name at a place where names stand.
  bool TakeNames(Line& line) {
    const Line* next = Next(at_);
    const bool affiliated = next != nullptr && next->affiliation && !next->place && (line.known_name || BodyFollowsNames(at_));
    const bool beside_date = (next != nullptr && next->date) || (at_ > 0 && lines_[at_ - 1].date);
    // A portrait: the name is the headline, the byline follows.
    if (candidates_.empty() && next != nullptr && (next->byline || next->byline_label)) return false;
    if (line.section_word && !affiliated) return false;
    if (!affiliated && !line.known_name) return false;
    if (!affiliated && !beside_date && next != nullptr && !next->prose && next->names.empty() && !next->IsMeta() &&
        candidates_.empty())
      return false;
    AddNames(line, affiliated ? 0.9 : 0.75);
    return true;
  }

  bool TakePlace(Line& line) {
    size_t places = 0;
    for (size_t i = 0; i + 1 < lines_.size(); ++i) places += lines_[i].place && lines_[i + 1].prose;
    if (places > 2) return false;  // cities as headings
    found_.Add("dateline_location", line.place->place, line, 0.85);
    found_.Erase(line, "dateline");
    return true;
  }

  // One sentence between headline and byline or date. False: it is the body.
  bool TakeDeck(Line& line) {
    if (candidates_.empty() || deck_ || line.words.empty() || line.words.size() > kMaxDeckWords || has_byline_ || line.place)
      return false;
    if (!MetaFollows(at_)) return false;
    deck_ = at_;
    return true;
  }

  bool MetaFollows(size_t i) const {
    size_t seen = 0;
    for (size_t k = i + 1; k < lines_.size() && seen < kDeckReach; ++k) {
      const Line& line = lines_[k];
      if (line.IsMeta() || line.known_name) return true;
      if (line.ui || line.taken || line.tags) continue;
      if (line.prose || line.title_like) return false;
      ++seen;
    }
    return false;
  }

  // "Business | Ports", "Lokales > Husum": where the menu stands, not what the text is called.
  bool IsTrail(const Line& line) const {
    constexpr size_t kMaxTrailWords = 7;
    if (line.words.size() > kMaxTrailWords) return false;
    if (line.text.find(" > ") != std::string_view::npos || line.text.find("›") != std::string_view::npos) return true;
    const size_t bar = std::min(line.text.find(" | "), line.text.find(" / "));
    return bar != std::string_view::npos && lists_.sections.Find(lists_.Split(line.text.substr(0, bar))) != nullptr;
  }

  static bool TrailNames(const Line& line, const Line& title) {
    return line.text.size() > title.text.size() &&
           FoldForComparison(line.text.substr(line.text.size() - title.text.size())) == FoldForComparison(title.text);
  }

  bool TakeCandidate(const Line& line) {
    // The paragraph goes on below in lower case: wrapped lines, no headline.
    const size_t next = at_ + 1;
    if (next < lines_.size() && lines_[next].tight && StartsLower(lines_[next].text) && !lines_[next].ui && !lines_[next].tags &&
        !lines_[next].byline_label && !lines_[next].byline)
      return false;
    // "Source: The Lamp" under other facts about the text.
    if (has_byline_ && line.tight && !line.words.empty() && line.words.front().trail() == ":") return true;
    const Line* below = Next(at_);
    if (IsTrail(line) && below != nullptr && !below->prose && below->title_like && !TrailNames(line, *below)) return true;
    // A copy of the headline below the byline.
    const auto is_copy = [&](size_t i) {
      const auto match = MatchTitle(line.text, lines_[i].text);
      return match && match->equal;
    };
    if (has_byline_ && std::any_of(candidates_.begin(), candidates_.end(), is_copy)) {
      candidates_.push_back(at_);
      return true;
    }
    // Right after the byline and the headline it is a heading of the body.
    if (has_byline_ && !candidates_.empty() && !line.section && FollowedByProse(at_)) return false;
    candidates_.push_back(at_);
    return true;
  }

  void Settle() {
    if (!settings_.known_title.empty()) {
      for (const size_t i : candidates_)
        if (MatchTitle(lines_[i].text, settings_.known_title)) found_.Erase(lines_[i], "title_copy");
      return;
    }
    const TitleChoice choice = ChooseTitle(lines_, candidates_, at_, has_byline_);
    if (!choice.title || (settings_.whole_page && !StandsOnPage(lines_, *choice.title))) return;
    Line& title = lines_[*choice.title];
    const CutTitle cut = CutAtBar(title.text);
    found_.Add("title", cut.title, title, choice.copies.empty() ? 0.8 : 0.95);
    found_.Erase(title, "title");
    for (const size_t copy : choice.copies) found_.Erase(lines_[copy], "title_copy");
    const std::string_view site = choice.site_name.empty() ? cut.suffix : choice.site_name;
    if (!site.empty()) found_.site_names.push_back({"publisher", std::string(site), title.span, 0.3, false});
    if (choice.section) TakeSection(lines_[*choice.section]);
    SettleDeck(*choice.title);
    SettleRest(*choice.title, choice);
  }

  void TakeSection(Line& line) {
    found_.Add("section", line.text, line, line.section ? 0.9 : 0.7);
    found_.Erase(line, "section");
  }

  void SettleDeck(size_t title) {
    if (!deck_ || *deck_ < title) return;
    for (size_t i = at_; i < lines_.size(); ++i)
      if (lines_[i].text == lines_[*deck_].text) return;  // an excerpt: the deduplicator decides
    found_.Add("description", lines_[*deck_].text, lines_[*deck_], 0.8);
    found_.Erase(lines_[*deck_], "deck");
  }

  // Other candidates: a second line before byline or date is a deck without a full stop; a section's name beside them a section.
  void SettleRest(size_t title, const TitleChoice& choice) {
    for (const size_t i : candidates_) {
      Line& line = lines_[i];
      if (line.taken || i < title) continue;
      const bool before_meta = i + 1 < lines_.size() && (lines_[i + 1].IsMeta() || MetaFollows(i));
      const bool after_meta = i > 0 && lines_[i - 1].taken && lines_[i - 1].IsMeta();
      if (line.section && (before_meta || after_meta) && !choice.section) {
        TakeSection(line);
      } else if (before_meta && !deck_ && line.words.size() >= 4 && lines_[i + 1].taken &&
                 line.text.find('|') == std::string_view::npos) {
        found_.Add("description", line.text, line, 0.7);
        found_.Erase(line, "deck");
        deck_ = i;
      }
    }
  }

  std::vector<Line>& lines_;
  const HeadSettings& settings_;
  const WordLists& lists_;
  Findings& found_;
  size_t at_ = 0;
  std::vector<size_t> candidates_;
  std::optional<size_t> deck_;
  bool has_byline_ = false;
  bool last_author_ = false;
};

}  // namespace

namespace {

// "By Nora Quill", or the name alone, where the document says that she is its author.
bool IsKnownByline(const Line& line, const HeadSettings& settings) {
  if (line.prose || settings.known_authors.empty()) return false;
  const auto known = [&](const std::string& name) { return settings.known_authors.count(FoldForComparison(name)) != 0; };
  if (line.byline && !line.byline->date) return std::all_of(line.byline->authors.begin(), line.byline->authors.end(), known);
  return known(std::string(line.text));
}

}  // namespace

size_t FindHead(std::vector<Line>& lines, const HeadSettings& settings, const WordLists& lists, Findings* found) {
  return HeadReader(lines, settings, lists, found).Read();
}

void FindHtmlHead(std::vector<Line>& lines, const HeadSettings& settings, Findings* found) {
  size_t title = lines.size();
  for (size_t i = 0; i < lines.size() && i < kHtmlTitleWithin && title == lines.size(); ++i) {
    if (lines[i].role == v1::Block::TITLE || (!settings.known_title.empty() && MatchTitle(lines[i].text, settings.known_title)))
      title = i;
    if (lines[i].prose && lines[i].words.size() >= 20) break;
  }
  title = std::min(title, settings.below_title);
  if (title >= lines.size()) return;
  for (size_t i = title; i < lines.size() && i < title + kHtmlHeadLines; ++i) {
    Line& line = lines[i];
    if (line.taken || line.ui) continue;
    if (!settings.known_title.empty() && MatchTitle(line.text, settings.known_title)) {
      found->Erase(line, "title_copy");
    } else if (line.date && line.date->date.has_day) {
      found->dates.push_back({*line.date, line.span, true});
      found->Erase(line, "date_line");
    } else if (IsKnownByline(line, settings)) {
      found->Erase(line, "byline");
    } else if (line.byline && !line.byline->short_name) {
      for (const std::string& author : line.byline->authors) found->Add("authors", author, line, 0.8);
      if (line.byline->date) found->dates.push_back({*line.byline->date, line.span, true});
      found->Erase(line, "byline");
    } else if (line.prose) {
      return;
    }
  }
}

}  // namespace garner::metadata_lines
