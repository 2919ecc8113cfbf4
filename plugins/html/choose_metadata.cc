#include "choose_metadata.h"

#include <algorithm>
#include <initializer_list>

#include "ascii.h"
#include "choose_date.h"
#include "garner/dates.h"
#include "garner/metadata.h"
#include "garner/utf8.h"

namespace garner::html {
namespace {

struct Order {
  std::string_view key;
  std::initializer_list<std::string_view> origins;
};

const Order kOrders[] = {
    {"authors", {"json_ld", "meta", "opengraph", "rel_author", "microdata", "byline"}},
    {"publisher", {"json_ld", "opengraph", "meta"}},
    {"description", {"opengraph", "meta", "json_ld", "twitter"}},
    {"section", {"opengraph", "json_ld", "meta"}},
    {"tags", {"opengraph", "json_ld", "meta"}},
    {"language", {"html_lang", "json_ld", "opengraph", "meta"}},
    {"canonical_url", {"link", "opengraph", "json_ld"}},
    {"licence", {"link", "rel_license", "json_ld", "meta"}},
};

// "en" of "en-US" and "en_GB"; empty for what is no language tag.
std::string PrimarySubtag(std::string_view tag) {
  size_t size = 0;
  while (size < tag.size() && IsLetter(tag[size])) ++size;
  const bool ends = size == tag.size() || tag[size] == '-' || tag[size] == '_' || tag[size] == ',';
  return (size == 2 || size == 3) && ends ? Lowered(tag.substr(0, size)) : std::string();
}

void NormalizeLanguages(std::vector<Candidate>& all) {
  for (Candidate& candidate : all)
    if (candidate.key == "language") candidate.value = PrimarySubtag(candidate.value);
  all.erase(std::remove_if(all.begin(), all.end(), [](const Candidate& candidate) { return candidate.value.empty(); }), all.end());
}

// Found among the page's text, where the first one is the page's own and the others are those of comments and teasers.
bool InText(std::string_view origin) { return origin == "microdata" || origin == "rel_author" || origin == "byline"; }

void Choose(const Order& order, std::vector<Candidate>& all) {
  for (const std::string_view origin : order.origins) {
    bool any = false;
    for (Candidate& candidate : all) {
      if (candidate.key != order.key || candidate.origin != origin) continue;
      candidate.chosen = any = true;
      if (!IsListKey(order.key) || InText(origin)) return;
    }
    if (any) return;
  }
}

// The same author or tag under two spellings is one.
void DropRepeats(std::vector<Candidate>& all) {
  std::vector<std::string> seen;
  for (Candidate& candidate : all) {
    if (!candidate.chosen || !IsListKey(candidate.key)) continue;
    std::string folded = candidate.key + "\n" + FoldForComparison(candidate.value);
    candidate.chosen = std::find(seen.begin(), seen.end(), folded) == seen.end();
    if (candidate.chosen) seen.push_back(std::move(folded));
  }
}

}  // namespace

void ChooseMetadata(Candidates& candidates) {
  std::vector<Candidate>& all = candidates.all();
  candidates.Add("date_published", DateInUrl(candidates.First("canonical_url")), "url", 0.8, std::nullopt);
  NormalizeLanguages(all);
  ChooseDate(all);
  for (const Order& order : kOrders) Choose(order, all);
  DropRepeats(all);
}

}  // namespace garner::html
