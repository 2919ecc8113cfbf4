#include "find_repeats.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "garner/utf8.h"

namespace garner::deduplicator {

std::vector<Repeat> FindRepeats(const v1::Document& document, uint32_t min_words) {
  std::vector<Repeat> repeats;
  std::unordered_map<std::string, int> first;
  for (int i = 0; i < document.blocks_size(); ++i) {
    const v1::Block& block = document.blocks(i);
    std::string key = FoldForComparison(std::string_view(document.text()).substr(block.begin(), block.end() - block.begin()));
    if (std::count(key.begin(), key.end(), ' ') + 1 < static_cast<std::ptrdiff_t>(min_words)) continue;
    const auto [at, added] = first.emplace(std::move(key), i);
    if (!added) repeats.push_back({i, at->second});
  }
  return repeats;
}

}  // namespace garner::deduplicator
