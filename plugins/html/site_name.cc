#include "site_name.h"

#include <algorithm>
#include <iterator>

#include "garner/utf8.h"
#include "words.h"

namespace garner::html {
namespace {

constexpr std::string_view kSeparators[] = {"|", "-", "–", "—", "·", "»", "«", "•", ":", "/", "~", "｜"};

// How much of the longer name the shorter one is, for two names to be the same site's: at the end of a title, and at its
// beginning, where products that bear the site's name stand too.
constexpr double kPartOfName = 0.5;
constexpr double kAlike = 0.8;
// What forums and catalogues write between the site's name and the title, squashed.
constexpr std::string_view kViewWords[] = {"viewtopic", "viewthread", "browsesubject", "themaanzeigen", "voirlesujet", "affichelesujet", "vertema", "leggiargomento",
                                           "bekijkonderwerp", "zobaczwątek", "exibirtópico", "просмотртемы"};
constexpr std::string_view kHomeWords[] = {"home", "homepage", "mainpage", "frontpage", "startseite", "accueil", "pagedaccueil", "inicio", "páginaprincipal", "páginainicial",
                                           "inizio", "главная", "главнаястраница", "басты", "бастыбет"};
// A heading below the first level tells a title only where it is long enough not to be a word of the navigation.
constexpr size_t kTellingBytes = 12;
constexpr size_t kMuchLonger = 2;
constexpr size_t kMaxTitle = 1000;

// A title cut in two at a separator.
struct Split {
  std::string_view before;
  std::string_view after;
  std::string squashed_before;
  std::string squashed_after;
  bool colon = false;  // what stands behind it may be a subtitle
};

// Cuts at separators with white space on both sides: those inside words and times are none. Bars need none.
std::vector<Split> SplitsOf(std::string_view title) {
  std::vector<Split> found;
  for (size_t at = 1; at < title.size(); ++at) {
    for (const std::string_view mark : kSeparators) {
      if (title.substr(at, mark.size()) != mark) continue;
      const size_t end = at + mark.size();
      const bool after = end < title.size() && title[end] == ' ';
      const bool before = title[at - 1] == ' ';
      if (!(before && after) && mark != "|" && mark != "｜" && !(mark == ":" && after)) continue;
      const std::string_view first = Trim(title.substr(0, at));
      const std::string_view second = Trim(title.substr(end));
      found.push_back({first, second, Squashed(first), Squashed(second), mark == ":"});
    }
  }
  return found;
}

// True where the part is one of the names, or one holds the other and is at least `share` of it.
bool Resembles(const std::string& part, const std::vector<std::string>& sites, double share) {
  if (part.empty()) return false;
  return std::any_of(sites.begin(), sites.end(), [&](const std::string& site) {
    if (site.empty()) return false;
    if (part == site) return true;
    const std::string& shorter = part.size() < site.size() ? part : site;
    const std::string& longer = part.size() < site.size() ? site : part;
    return shorter.size() >= 4 && static_cast<double>(shorter.size()) >= share * static_cast<double>(longer.size()) &&
           longer.find(shorter) != std::string::npos;
  });
}

bool EndsWithViewWords(const std::string& squashed) {
  return std::any_of(std::begin(kViewWords), std::end(kViewWords), [&](std::string_view words) {
    return squashed.size() >= words.size() && squashed.compare(squashed.size() - words.size(), words.size(), words) == 0;
  });
}

bool Contains(const std::vector<std::string>& list, const std::string& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

std::vector<std::string> SquashedAll(const std::vector<std::string>& texts) {
  std::vector<std::string> out;
  for (const std::string& text : texts)
    if (std::string squashed = Squashed(text); !squashed.empty()) out.push_back(std::move(squashed));
  return out;
}

// What is known of the names around a title, squashed.
class Names {
 public:
  explicit Names(const TitleContext& context)
      : home_page_(context.home_page),
        sites_(SquashedAll(context.sites)),
        titles_(SquashedAll(context.titles)),
        shown_(SquashedAll(context.shown)),
        headings_(SquashedAll(context.headings)) {}

  // A part that stands elsewhere as the title, or as a heading, is the surest sign; the longest such beginning first, because the
  // end may be a heading of the whole site. Then come known names of the site.
  std::string_view TitleOf(std::string_view title, const std::vector<Split>& splits) const {
    const std::string whole = Squashed(title);
    if (Contains(titles_, whole) || Contains(shown_, whole)) return title;
    for (auto split = splits.rbegin(); split != splits.rend(); ++split)
      if (IsTitle(split->squashed_before, titles_)) return split->before;
    for (const Split& split : splits)
      if (IsTitle(split.squashed_after, titles_)) return split.after;
    for (auto split = splits.rbegin(); split != splits.rend(); ++split)
      if (IsTitle(split->squashed_before, shown_) || IsLowerHeading(*split)) return split->before;
    // What ends the title and is the first heading is the site's name, unless it is much longer than the rest or explains it.
    for (const Split& split : splits)
      if (IsTitle(split.squashed_after, shown_))
        return split.colon || split.after.size() >= kMuchLonger * split.before.size() ? split.after : split.before;
    return WithoutKnownName(title, splits);
  }

 private:
  std::string_view WithoutKnownName(std::string_view title, const std::vector<Split>& splits) const {
    for (auto split = splits.rbegin(); split != splits.rend(); ++split)
      if (!split->before.empty() && Resembles(split->squashed_after, sites_, kPartOfName)) return split->before;
    if (home_page_) return title;
    for (auto split = splits.rbegin(); split != splits.rend(); ++split)
      if (!split->after.empty() && Resembles(split->squashed_before, sites_, kAlike)) return split->after;
    return title;
  }

  bool IsTitle(const std::string& squashed, const std::vector<std::string>& among) const {
    return Contains(among, squashed) && !Resembles(squashed, sites_, kAlike);
  }

  bool IsLowerHeading(const Split& split) const {
    return !split.colon && split.squashed_before.size() >= kTellingBytes && Contains(headings_, split.squashed_before);
  }

  bool home_page_;
  std::vector<std::string> sites_;
  std::vector<std::string> titles_;
  std::vector<std::string> shown_;
  std::vector<std::string> headings_;
};

std::string_view BehindViewWords(std::string_view title) {
  for (const Split& split : SplitsOf(title))
    if (!split.after.empty() && EndsWithViewWords(split.squashed_before)) return split.after;
  return title;
}

}  // namespace

std::string_view FirstPart(std::string_view title) {
  std::vector<std::string_view> parts;
  size_t longest = 0;
  for (size_t begin = 0; begin <= title.size();) {
    size_t end = title.size();
    size_t next = end + 1;
    for (const std::string_view bar : {std::string_view("|"), std::string_view("｜")})
      if (const size_t at = title.find(bar, begin); at < end) end = at, next = at + bar.size();
    parts.push_back(Trim(title.substr(begin, end - begin)));
    longest = std::max(longest, parts.back().size());
    begin = next;
  }
  for (const std::string_view part : parts)
    if (!part.empty() && 2 * part.size() >= longest) return part;
  return title;
}

std::string WithoutSiteName(std::string_view title, const TitleContext& context) {
  title = Trim(title);
  if (title.size() > kMaxTitle) return std::string(title);
  title = BehindViewWords(title);
  const std::vector<Split> splits = SplitsOf(title);
  if (splits.empty()) return std::string(title);
  const std::string_view found = Names(context).TitleOf(title, splits);
  return std::string(IsHomeWord(found) ? title : found);
}

bool BeginsWithSite(std::string_view title, const std::vector<std::string>& labels) {
  if (title.size() > kMaxTitle) return false;
  const std::vector<Split> splits = SplitsOf(title);
  return !splits.empty() && Contains(labels, splits.front().squashed_before);
}

bool IsHomeWord(std::string_view title) {
  const std::string squashed = Squashed(title);
  return std::find(std::begin(kHomeWords), std::end(kHomeWords), squashed) != std::end(kHomeWords);
}

bool IsSiteName(std::string_view title, const std::vector<std::string>& sites) {
  return Resembles(Squashed(title), SquashedAll(sites), kAlike);
}

}  // namespace garner::html
