#include "site_name.h"

#include <algorithm>

#include "garner/utf8.h"
#include "words.h"

namespace garner::html {
namespace {

constexpr std::string_view kSeparators[] = {"|", "-", "–", "—", "·", "»", "«", "•", ":", "/", "~", "｜"};

// How much of the longer name the shorter one is, for two names to be the same site's: at the end of a title, and at its beginning,
// where products that bear the site's name stand too.
constexpr double kPartOfName = 0.5;
constexpr double kAlike = 0.8;
// A heading below the first level tells a title only where it is long enough not to be a word of the navigation.
constexpr size_t kTellingBytes = 12;

struct Separator {
  size_t begin = 0;
  size_t end = 0;
};

// Separators with white space on both sides: those inside words and times are none. Bars need none.
std::vector<Separator> FindSeparators(std::string_view title) {
  std::vector<Separator> found;
  for (size_t at = 1; at < title.size(); ++at) {
    for (const std::string_view mark : kSeparators) {
      if (title.substr(at, mark.size()) != mark) continue;
      const size_t end = at + mark.size();
      const bool after = end < title.size() && title[end] == ' ';
      const bool before = title[at - 1] == ' ';
      if ((before && after) || mark == "|" || mark == "｜" || (mark == ":" && after)) found.push_back({at, end});
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
    return shorter.size() >= 4 && static_cast<double>(shorter.size()) >= share * static_cast<double>(longer.size()) && longer.find(shorter) != std::string::npos;
  });
}

bool Contains(const std::vector<std::string>& list, const std::string& value) { return std::find(list.begin(), list.end(), value) != list.end(); }

std::vector<std::string> SquashedAll(const std::vector<std::string>& texts) {
  std::vector<std::string> out;
  for (const std::string& text : texts)
    if (std::string squashed = Squashed(text); !squashed.empty()) out.push_back(std::move(squashed));
  return out;
}

}  // namespace

std::string WithoutSiteName(std::string_view title, const TitleContext& context) {
  constexpr size_t kMaxTitle = 1000;
  title = Trim(title);
  if (title.size() > kMaxTitle) return std::string(title);
  const std::vector<Separator> separators = FindSeparators(title);
  if (separators.empty()) return std::string(title);
  const std::vector<std::string> sites = SquashedAll(context.sites);
  const std::vector<std::string> titles = SquashedAll(context.titles);
  const std::vector<std::string> headings = SquashedAll(context.headings);
  if (Contains(titles, Squashed(title))) return std::string(title);
  const auto before = [&](const Separator& separator) { return Trim(title.substr(0, separator.begin)); };
  const auto after = [&](const Separator& separator) { return Trim(title.substr(separator.end)); };
  const auto is_site = [&](std::string_view part, double share) { return Resembles(Squashed(part), sites, share); };
  // A part that stands elsewhere as the title, or as a heading, is the surest sign; the longest such beginning first,
  // because the end may be a heading of the whole site.
  for (auto separator = separators.rbegin(); separator != separators.rend(); ++separator)
    if (const std::string part = Squashed(before(*separator)); Contains(titles, part) && !Resembles(part, sites, kAlike)) return std::string(before(*separator));
  for (auto separator = separators.rbegin(); separator != separators.rend(); ++separator)
    if (const std::string part = Squashed(before(*separator)); part.size() >= kTellingBytes && Contains(headings, part)) return std::string(before(*separator));
  for (const Separator& separator : separators)
    if (const std::string part = Squashed(after(separator)); Contains(titles, part) && !Resembles(part, sites, kAlike)) return std::string(after(separator));
  for (auto separator = separators.rbegin(); separator != separators.rend(); ++separator)
    if (!before(*separator).empty() && is_site(after(*separator), kPartOfName)) return std::string(before(*separator));
  for (auto separator = separators.rbegin(); separator != separators.rend(); ++separator)
    if (!after(*separator).empty() && is_site(before(*separator), kAlike)) return std::string(after(*separator));
  return std::string(title);
}

}  // namespace garner::html
