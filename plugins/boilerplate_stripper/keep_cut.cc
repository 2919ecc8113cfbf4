#include "keep_cut.h"

#include <algorithm>
#include <numeric>

namespace garner::boilerplate_stripper {

float BestCut(const std::vector<float>& text_probabilities, const std::vector<uint32_t>& words, double beta, double least_gain, double least) {
  std::vector<uint32_t> order(words.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    return text_probabilities[a] != text_probabilities[b] ? text_probabilities[a] > text_probabilities[b] : a < b;
  });
  double expected = 0;  // words that are text, by the probabilities
  for (size_t i = 0; i < words.size(); ++i) expected += static_cast<double>(text_probabilities[i]) * words[i];
  const double weight = beta * beta;
  double kept = 0;
  double hits = 0;
  double best = 0;
  double whole = 0;  // the measure when everything stays
  float cut = 0;
  for (size_t i = 0; i < order.size(); ++i) {
    kept += words[order[i]];
    hits += static_cast<double>(text_probabilities[order[i]]) * words[order[i]];
    // Blocks of one probability go or stay together.
    if (i + 1 < order.size() && text_probabilities[order[i + 1]] == text_probabilities[order[i]]) continue;
    const double measure = kept > 0 ? (1 + weight) * hits / (kept + weight * expected) : 0;
    whole = measure;
    if (measure <= best) continue;
    best = measure;
    cut = text_probabilities[order[i]];
  }
  if (best < least) return kCutsAll;
  return best - whole < least_gain ? 0 : cut;
}

}  // namespace garner::boilerplate_stripper
