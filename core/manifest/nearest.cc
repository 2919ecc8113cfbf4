#include "core/manifest/nearest.h"

#include <algorithm>

#include "core/manifest/quote.h"

namespace garner {
namespace {

constexpr size_t kMaxCompared = 64;  // bytes; longer names are nobody's typo
constexpr size_t kMaxSteps = 3;
constexpr size_t kMaxListed = 12;  // names that a message lists

std::string Fold(std::string_view name) {
  std::string out(name);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == '-' || c == ' ') c = '_';
  }
  return out;
}

// Damerau-Levenshtein, the restricted form (no edit between the two halves of a swap), three rows at a time.
size_t Distance(std::string_view a, std::string_view b) {
  std::vector<size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, above);
    std::swap(above, row);
  }
  return above[b.size()];
}

}  // namespace

std::string Nearest(std::string_view name, const std::vector<std::string>& names) {
  if (name.empty() || name.size() > kMaxCompared) return "";
  const std::string folded = Fold(name);
  std::string best;
  size_t best_steps = kMaxSteps + 1;
  for (const std::string& candidate : names) {
    if (candidate.size() > kMaxCompared) continue;
    const size_t steps = Distance(folded, Fold(candidate));
    if (steps >= best_steps || steps > candidate.size() / 3) continue;
    best = candidate;
    best_steps = steps;
  }
  return best;
}

std::string SuggestNames(std::string_view name, const std::vector<std::string>& names) {
  const std::string nearest = Nearest(name, names);
  if (!nearest.empty()) return "; did you mean " + Quote(nearest) + "?";
  if (names.empty() || names.size() > kMaxListed) return "";
  return "; accepted: " + EscapeControls(JoinNames(names));
}

}  // namespace garner
