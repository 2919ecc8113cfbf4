#include "site_name.h"

#include <algorithm>

#include "garner/utf8.h"

namespace garner::html {
namespace {

constexpr std::string_view kSeparators[] = {"|", "-", "–", "—", "·", "»", "«", "•", ":", "/", "~", "｜"};

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

// Letters and digits only, folded: "The Harbour-Post" and "harbourpost" are the same name.
std::string Squashed(std::string_view text) {
  std::string out;
  const std::string folded = FoldForComparison(text);
  for (const char c : folded)
    if (static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out.push_back(c);
  if (out.size() > 6 && out.compare(0, 3, "the") == 0) out.erase(0, 3);
  return out;
}

bool Resembles(const std::string& part, const std::vector<std::string>& sites) {
  if (part.empty()) return false;
  return std::any_of(sites.begin(), sites.end(), [&](const std::string& site) {
    if (site.empty()) return false;
    if (part == site) return true;
    const std::string& shorter = part.size() < site.size() ? part : site;
    const std::string& longer = part.size() < site.size() ? site : part;
    return shorter.size() >= 4 && 2 * shorter.size() >= longer.size() && longer.find(shorter) != std::string::npos;
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

std::string WithoutSiteName(std::string_view title, const std::vector<std::string>& sites, const std::vector<std::string>& headings) {
  const std::vector<std::string> site_names = SquashedAll(sites);
  const std::vector<std::string> heading_names = SquashedAll(headings);
  title = Trim(title);
  constexpr size_t kMaxTitle = 1000;
  if (title.size() > kMaxTitle || Contains(heading_names, Squashed(title))) return std::string(title);
  const std::vector<Separator> separators = FindSeparators(title);
  // What the page shows as its title is the surest sign; the longest such part wins.
  for (const Separator& separator : separators)
    if (const std::string_view after = Trim(title.substr(separator.end)); Contains(heading_names, Squashed(after))) return std::string(after);
  for (auto separator = separators.rbegin(); separator != separators.rend(); ++separator)
    if (const std::string_view before = Trim(title.substr(0, separator->begin)); Contains(heading_names, Squashed(before))) return std::string(before);
  for (const Separator& separator : separators)
    if (Resembles(Squashed(title.substr(separator.end)), site_names))
      if (const std::string_view before = Trim(title.substr(0, separator.begin)); !before.empty()) return std::string(before);
  for (auto separator = separators.rbegin(); separator != separators.rend(); ++separator)
    if (Resembles(Squashed(title.substr(0, separator->begin)), site_names))
      if (const std::string_view after = Trim(title.substr(separator->end)); !after.empty()) return std::string(after);
  return std::string(title);
}

}  // namespace garner::html
