#include "choose_title.h"

#include <algorithm>
#include <set>
#include <string>

#include "site_name.h"
#include "words.h"

namespace garner::html {
namespace {

constexpr std::string_view kOrigins[] = {"opengraph", "json_ld", "microdata", "twitter", "meta", "html_title", "h1"};
// A heading shares at least this much of its words with a stated title to be the page's title itself.
constexpr double kSameTitle = 0.5;

// Twice the common words over all words: 1 for the same words.
double Likeness(const std::set<std::string>& a, const std::set<std::string>& b) {
  if (a.empty() || b.empty()) return 0;
  const auto common = std::count_if(a.begin(), a.end(), [&](const std::string& word) { return b.count(word) > 0; });
  return 2.0 * static_cast<double>(common) / static_cast<double>(a.size() + b.size());
}

// The labels of the address's host that may be the site's name: "harbourpost" of https://www.harbourpost.example/x.
void AddHostLabels(std::string_view url, std::vector<std::string>& sites) {
  const size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return;
  std::string_view host = url.substr(scheme + 3);
  host = host.substr(0, host.find_first_of("/:?#"));
  host = host.substr(0, host.rfind('.'));
  while (!host.empty()) {
    const std::string_view label = host.substr(0, host.find('.'));
    if (label.size() >= 4) sites.emplace_back(label);
    host.remove_prefix(std::min(label.size() + 1, host.size()));
  }
}

void StripSiteNames(std::vector<Candidate>& all) {
  TitleContext context;
  for (const Candidate& candidate : all) {
    if (candidate.key == "publisher") context.sites.push_back(candidate.value);
    if (candidate.key == "canonical_url") AddHostLabels(candidate.value, context.sites);
    if (candidate.key == "heading") context.headings.push_back(candidate.value);
  }
  for (size_t i = 0; i < all.size(); ++i) {
    if (all[i].key != "title" || all[i].origin == "h1") continue;
    context.titles.clear();
    // Those stated elsewhere: most titles are stated several times with the site's name, which proves nothing.
    for (const Candidate& other : all)
      if (other.key == "title" && other.value != all[i].value) context.titles.push_back(other.value);
    all[i].value = WithoutSiteName(all[i].value, context);
  }
}

Candidate* BestHeading(std::vector<Candidate>& all) {
  std::vector<std::set<std::string>> stated;
  for (const Candidate& candidate : all)
    if (candidate.key == "title" && candidate.origin != "h1") stated.push_back(Words(candidate.value));
  Candidate* best = nullptr;
  double best_likeness = 0;
  for (Candidate& candidate : all) {
    if (candidate.key != "title" || candidate.origin != "h1") continue;
    const std::set<std::string> words = Words(candidate.value);
    double likeness = 0;
    for (const std::set<std::string>& other : stated) likeness = std::max(likeness, Likeness(words, other));
    if (likeness < kSameTitle || likeness <= best_likeness) continue;
    best = &candidate;
    best_likeness = likeness;
  }
  return best;
}

Candidate* BestStated(std::vector<Candidate>& all) {
  for (const std::string_view origin : kOrigins)
    for (Candidate& candidate : all)
      if (candidate.key == "title" && candidate.origin == origin) return &candidate;
  return nullptr;
}

}  // namespace

void ChooseTitle(std::vector<Candidate>& all) {
  StripSiteNames(all);
  Candidate* chosen = BestHeading(all);
  if (chosen == nullptr) chosen = BestStated(all);
  if (chosen != nullptr) chosen->chosen = true;
  all.erase(std::remove_if(all.begin(), all.end(), [](const Candidate& candidate) { return candidate.key == "heading"; }), all.end());
}

}  // namespace garner::html
