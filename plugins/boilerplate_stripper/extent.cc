#include "extent.h"

#include <algorithm>
#include <unordered_set>

namespace garner::boilerplate_stripper {
namespace {

// What a block adds to or takes from a stretch, in words.
double Worth(const Facts& facts) {
  constexpr double kInterface = -12;
  constexpr double kWeakInterface = -6;
  constexpr double kLabel = -3;
  constexpr double kMaxParagraph = 120;
  if (facts.code) return std::min<double>(facts.words, kMaxParagraph) / 4;
  if (facts.interrupts()) return kLabel;
  if (facts.strong_ui()) return kInterface;
  if (facts.ui()) return kWeakInterface;
  if (facts.prose()) return std::min<double>(facts.words, kMaxParagraph);
  if (facts.sentence()) return facts.words / 2.0;
  return kLabel;
}

// Interface that tells where the text ends.
bool IsAround(const Facts& facts) { return facts.ui() && !facts.interrupts(); }

double PageLikeness(const std::vector<Facts>& facts) {
  constexpr double kPlenty = 5;
  std::unordered_set<uint64_t> phrases;
  for (const Facts& block : facts)
    if (block.line.strength == Strength::kStrong && !block.one_link) phrases.insert(block.key);
  return std::min(1.0, static_cast<double>(phrases.size()) / kPlenty);
}

}  // namespace

double Dirt(const std::vector<Facts>& facts, size_t begin, size_t end) {
  constexpr double kPlentyShare = 0.08;
  constexpr double kPlentyLines = 4;
  constexpr double kWeakHit = 0.4;
  double lines = 0;
  double hits = 0;
  for (size_t i = begin; i < end; ++i) {
    lines += facts[i].prose() ? 0 : 1;
    if (facts[i].one_link) continue;
    hits += facts[i].strong_ui() ? 1 : (facts[i].ui() ? kWeakHit : 0);
  }
  if (hits == 0 || lines == 0) return 0;
  return std::min(1.0, hits / lines / kPlentyShare) * std::min(1.0, hits / kPlentyLines);
}
Extent FindExtent(const std::vector<Facts>& facts) {
  Extent best;
  double best_sum = 0;
  double sum = 0;
  size_t start = 0;
  for (size_t i = 0; i < facts.size(); ++i) {
    best.all_words += facts[i].words;
    if (sum <= 0) {
      sum = 0;
      start = i;
    }
    sum += Worth(facts[i]);
    if (sum > best_sum) {
      best_sum = sum;
      best.begin = start;
      best.end = i + 1;
    }
  }
  if (best_sum == 0) best.end = facts.size();
  for (size_t i = best.begin; i < best.end; ++i) best.words += facts[i].words;
  best.page = PageLikeness(facts);
  best.head_dirt = Dirt(facts, 0, best.begin) * best.page;
  best.tail_dirt = Dirt(facts, best.end, facts.size()) * best.page;
  best.head_ui_end = best.begin;
  while (best.head_ui_end > 0 && !IsAround(facts[best.head_ui_end - 1])) --best.head_ui_end;
  best.tail_ui_begin = best.end;
  while (best.tail_ui_begin < facts.size() && !IsAround(facts[best.tail_ui_begin])) ++best.tail_ui_begin;
  return best;
}

}  // namespace garner::boilerplate_stripper
