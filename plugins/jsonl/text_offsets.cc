#include "text_offsets.h"

#include <algorithm>
#include <numeric>

namespace garner::jsonl {

std::vector<uint64_t> ConvertOffsets(std::string_view text, const std::vector<uint64_t>& places, OffsetUnit unit) {
  if (unit == OffsetUnit::kBytes) return places;
  std::vector<size_t> order(places.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return places[a] < places[b]; });

  std::vector<uint64_t> converted(places.size());
  uint64_t at = 0;
  uint64_t count = 0;
  for (const size_t index : order) {
    for (; at < places[index] && at < text.size(); ++at) {
      const auto byte = static_cast<unsigned char>(text[at]);
      count += (byte & 0xC0) != 0x80;                          // a character begins
      count += unit == OffsetUnit::kUtf16 && byte >= 0xF0;     // a supplementary character takes a surrogate pair
    }
    converted[index] = count;
  }
  return converted;
}

}  // namespace garner::jsonl
