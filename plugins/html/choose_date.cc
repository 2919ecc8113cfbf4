#include "choose_date.h"

#include <algorithm>
#include <string_view>

namespace garner::html {
namespace {

constexpr size_t kDayBytes = 10;  // of "2025-09-04"
// What states a date with less confidence needs another origin that states the same day.
constexpr double kSure = 0.6;

enum class Counts {
  kAlways,
  kBesideTitle,  // where it stands there
  kAlone,        // where the page has no other day of the same origin
};

struct Rank {
  std::string_view origin;
  Counts counts;
};

// By measured precision, and by who was right where two of them differ.
constexpr Rank kRanks[] = {{"url", Counts::kAlways},     {"opengraph", Counts::kAlways},      {"dateline", Counts::kAlways},
                           {"meta", Counts::kAlways},    {"microdata", Counts::kBesideTitle}, {"time", Counts::kBesideTitle},
                           {"json_ld", Counts::kAlways}, {"microdata", Counts::kAlone}};

// Those that may state the time too, and less than a day.
constexpr std::string_view kStated[] = {"opengraph", "meta", "json_ld", "microdata", "time"};

std::string_view Day(const Candidate& candidate) { return std::string_view(candidate.value).substr(0, kDayBytes); }

bool IsSupported(const Candidate& one, const std::vector<Candidate>& all) {
  if (one.confidence >= kSure || one.origin != "json_ld") return true;
  return std::any_of(all.begin(), all.end(), [&](const Candidate& other) {
    return other.key == one.key && other.origin != one.origin && Day(other) == Day(one);
  });
}

bool IsAlone(const Candidate& one, const std::vector<Candidate>& all) {
  return std::all_of(all.begin(), all.end(), [&](const Candidate& other) {
    return other.key != one.key || other.origin != one.origin || Day(other) == Day(one);
  });
}

bool CountsAs(const Candidate& candidate, const Rank& rank, const std::vector<Candidate>& all) {
  if (candidate.key != "date_published" || candidate.origin != rank.origin || candidate.value.size() < kDayBytes) return false;
  if (rank.counts == Counts::kBesideTitle && !candidate.beside_title) return false;
  if (rank.counts == Counts::kAlone && !IsAlone(candidate, all)) return false;
  return IsSupported(candidate, all);
}

Candidate* Best(std::vector<Candidate>& all) {
  for (const Rank& rank : kRanks)
    for (Candidate& candidate : all)
      if (CountsAs(candidate, rank, all)) return &candidate;
  // A month or a year is taken only from what says that it is the date of publication.
  for (const std::string_view origin : {"opengraph", "meta", "json_ld"})
    for (Candidate& candidate : all)
      if (candidate.key == "date_published" && candidate.origin == origin && candidate.value.size() < kDayBytes &&
          IsSupported(candidate, all))
        return &candidate;
  return nullptr;
}

// Of those that state the same day, one that states the time as well.
Candidate* WithTime(Candidate* chosen, std::vector<Candidate>& all) {
  if (chosen->value.size() != kDayBytes) return chosen;
  for (const std::string_view origin : kStated)
    for (Candidate& candidate : all)
      if (candidate.key == "date_published" && candidate.origin == origin && candidate.value.size() > kDayBytes &&
          Day(candidate) == chosen->value)
        return &candidate;
  return chosen;
}

}  // namespace

void ChooseDate(std::vector<Candidate>& all) {
  if (Candidate* best = Best(all); best != nullptr) WithTime(best, all)->chosen = true;
}

}  // namespace garner::html
