#include "choose_title.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "ascii.h"
#include "site_name.h"
#include "words.h"

namespace garner::html {
namespace {

constexpr std::string_view kOrigins[] = {"opengraph", "json_ld", "microdata", "twitter", "meta", "html_title", "h1"};
// A heading that shares this much of its words with a stated title is the page's title itself. The only one of the first level
// may share less where something else speaks for it, or little for what is stated.
constexpr double kSameTitle = 0.6;
constexpr double kSupportedTitle = 0.3;
// How much more of the heading's words than of the stated title's the address has to have, to speak for the heading.
constexpr double kTelling = 0.1;

// Each title is compared with each: no page needs more of them, nor longer names of its site.
constexpr size_t kMaxStated = 16;
constexpr size_t kMaxSites = 32;
constexpr size_t kMaxSiteBytes = 200;

// Twice the common words over all words: 1 for the same words.
double Likeness(const std::set<std::string>& a, const std::set<std::string>& b) {
  if (a.empty() || b.empty()) return 0;
  const auto common = std::count_if(a.begin(), a.end(), [&](const std::string& word) { return b.count(word) > 0; });
  return 2.0 * static_cast<double>(common) / static_cast<double>(a.size() + b.size());
}

// How many of the words are those of the address.
double Share(const std::set<std::string>& words, const std::set<std::string>& address) {
  if (words.empty()) return 0;
  const auto common = std::count_if(words.begin(), words.end(), [&](const std::string& word) { return address.count(word) > 0; });
  return static_cast<double>(common) / static_cast<double>(words.size());
}

// True for "de" and "pt-br", by which sites tell their first pages apart, and for "index.html".
bool NamesFirstPage(std::string_view segment) {
  if (segment.substr(0, 6) == "index.") return true;
  const bool language = segment.size() >= 2 && IsLetter(segment[0]) && IsLetter(segment[1]);
  return language && (segment.size() == 2 || (segment.size() == 5 && (segment[2] == '-' || segment[2] == '_')));
}

// True for an address that has nothing behind its host, or only what a first page has there.
bool IsHomePage(std::string_view url) {
  const size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return false;
  const size_t slash = url.find('/', scheme + 3);
  if (slash == std::string_view::npos) return true;
  std::string_view path = url.substr(slash + 1);
  if (!path.empty() && path.back() == '/') path.remove_suffix(1);
  return path.empty() || NamesFirstPage(path);
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

std::vector<std::string> LabelsOf(const std::vector<std::string>& addresses) {
  std::vector<std::string> labels;
  for (const std::string& address : addresses) AddHostLabels(address, labels);
  return labels;
}

bool IsHeading(const Candidate& candidate) { return candidate.key == "title" && candidate.origin == "h1"; }

TitleContext ContextOf(const std::vector<Candidate>& all) {
  TitleContext context;
  for (const Candidate& candidate : all) {
    if (candidate.key == "publisher" && candidate.value.size() <= kMaxSiteBytes) context.sites.push_back(candidate.value);
    if (candidate.key == "canonical_url") AddHostLabels(candidate.value, context.sites);
    if (IsHeading(candidate)) context.shown.push_back(candidate.value);
    if (candidate.key == "heading") context.headings.push_back(candidate.value);
    if (candidate.key == "canonical_url" && candidate.origin != "json_ld")
      context.home_page = context.home_page || IsHomePage(candidate.value);
  }
  if (context.sites.size() > kMaxSites) context.sites.resize(kMaxSites);
  return context;
}

void StripSiteNames(TitleContext& context, std::vector<Candidate>& all) {
  std::vector<Candidate*> stated;
  for (Candidate& candidate : all)
    if (candidate.key == "title" && !IsHeading(candidate) && stated.size() < kMaxStated) stated.push_back(&candidate);
  for (Candidate* title : stated) {
    context.titles.clear();
    // Those stated elsewhere: most titles are stated several times with the site's name, which proves nothing.
    for (const Candidate* other : stated)
      if (other->value != title->value) context.titles.push_back(other->value);
    title->value = WithoutSiteName(title->value, context);
  }
}

bool IsOnlyHeading(const std::vector<Candidate>& all) { return std::count_if(all.begin(), all.end(), IsHeading) == 1; }

Candidate* BestStated(const TitleContext& context, std::vector<Candidate>& all) {
  Candidate* last_choice = nullptr;
  for (const std::string_view origin : kOrigins) {
    for (Candidate& candidate : all) {
      if (candidate.key != "title" || candidate.origin != origin) continue;
      if (!IsHomeWord(candidate.value) && (context.home_page || !IsSiteName(candidate.value, context.sites))) return &candidate;
      if (last_choice == nullptr) last_choice = &candidate;
    }
  }
  return last_choice;
}

// True where the page's address is made of the heading's words rather than of those that the markup states.
bool AddressSpeaksFor(const Candidate& heading, const Candidate& stated, const std::vector<Candidate>& all) {
  const auto address =
      std::find_if(all.begin(), all.end(), [](const Candidate& candidate) { return candidate.key == "canonical_url"; });
  if (address == all.end()) return false;
  const size_t scheme = address->value.find("://");
  const size_t path = address->value.find('/', scheme == std::string::npos ? 0 : scheme + 3);
  if (path == std::string::npos) return false;
  const std::set<std::string> words = Words(std::string_view(address->value).substr(path));
  return Share(Words(heading.value), words) > Share(Words(stated.value), words) + kTelling;
}

// True where two origins state the same title in so many words.
bool IsStatedTwice(const std::vector<Candidate>& all) {
  std::map<std::set<std::string>, std::string_view> origins;
  for (const Candidate& candidate : all) {
    if (candidate.key != "title" || IsHeading(candidate)) continue;
    const auto [found, is_new] = origins.try_emplace(Words(candidate.value), candidate.origin);
    if (!is_new && found->second != candidate.origin) return true;
  }
  return false;
}

// The heading that says much the same as what is stated. `dated`: a date stands beside it, as beside the title of a text.
Candidate* BestHeading(const TitleContext& context, bool dated, std::vector<Candidate>& all) {
  std::vector<std::set<std::string>> stated;
  for (const Candidate& candidate : all)
    if (candidate.key == "title" && !IsHeading(candidate)) stated.push_back(Words(candidate.value));
  const Candidate* best_stated = BestStated(context, all);
  const bool only = IsOnlyHeading(all);
  const bool doubtful = !IsStatedTwice(all);
  Candidate* best = nullptr;
  double best_likeness = 0;
  for (Candidate& candidate : all) {
    if (!IsHeading(candidate)) continue;
    const std::set<std::string> words = Words(candidate.value);
    double likeness = 0;
    for (const std::set<std::string>& other : stated) likeness = std::max(likeness, Likeness(words, other));
    if (likeness <= best_likeness || likeness < kSupportedTitle) continue;
    if (likeness < kSameTitle) {
      if (!only || IsSiteName(candidate.value, context.sites)) continue;
      if (!dated && !doubtful && !AddressSpeaksFor(candidate, *best_stated, all)) continue;
    }
    best = &candidate;
    best_likeness = likeness;
  }
  return best;
}

// Where the markup states nothing but "Home", or on a page inside the site the site's name with or without its slogan, the only heading says more.
Candidate* HeadingForSiteName(const Candidate* stated, const TitleContext& context, const std::vector<std::string>& linked,
                              std::vector<Candidate>& all) {
  if (stated == nullptr || IsHeading(*stated) || !IsOnlyHeading(all)) return nullptr;
  const bool says_nothing = IsHomeWord(stated->value) || (!context.home_page && (IsSiteName(stated->value, context.sites) ||
                                                                                BeginsWithSite(stated->value, LabelsOf(linked))));
  if (!says_nothing) return nullptr;
  const auto heading = std::find_if(all.begin(), all.end(), IsHeading);
  return IsSiteName(heading->value, context.sites) ? nullptr : &*heading;
}

}  // namespace

void ChooseTitle(bool heading_is_dated, const std::vector<std::string>& linked, std::vector<Candidate>& all) {
  TitleContext context = ContextOf(all);
  StripSiteNames(context, all);
  Candidate* chosen = BestHeading(context, heading_is_dated, all);
  if (chosen == nullptr) chosen = BestStated(context, all);
  if (Candidate* heading = HeadingForSiteName(chosen, context, linked, all); heading != nullptr) chosen = heading;
  if (chosen != nullptr && !IsHeading(*chosen) && !context.home_page) chosen->value = std::string(FirstPart(chosen->value));
  if (chosen != nullptr) chosen->chosen = true;
  all.erase(std::remove_if(all.begin(), all.end(), [](const Candidate& candidate) { return candidate.key == "heading"; }),
            all.end());
}

}  // namespace garner::html
