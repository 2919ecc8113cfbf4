#include "word_classes.h"

#include <cstring>

namespace garner::entity_tagger {
namespace {

struct Slot {
  uint32_t word;  // never 0 in a slot that is used
  uint16_t fine;
  uint16_t coarse;
};
static_assert(sizeof(Slot) == 8);

// A table that somebody else wrote may be full.
constexpr size_t kMaxProbes = 256;

uint32_t KeyOf(uint64_t word) { return static_cast<uint32_t>(word >> 32) | 1U; }
size_t PlaceOf(uint64_t word, size_t slots) { return static_cast<size_t>(((word & 0xFFFFFFFFU) * slots) >> 32); }

}  // namespace

WordClasses::Classes WordClasses::Of(uint64_t word) const {
  const size_t slots = table_.size() / sizeof(Slot);
  if (slots == 0) return {};
  size_t at = PlaceOf(word, slots);
  for (size_t probe = 0; probe < kMaxProbes; ++probe) {
    Slot slot;
    std::memcpy(&slot, table_.data() + at * sizeof(Slot), sizeof slot);
    if (slot.word == 0) break;
    if (slot.word == KeyOf(word)) return {slot.fine, slot.coarse};
    at = at + 1 == slots ? 0 : at + 1;
  }
  return {};
}

std::string WordClasses::Build(const std::vector<std::pair<uint64_t, Classes>>& words) {
  const size_t slots = words.size() * 2;
  std::vector<Slot> table(slots, Slot{0, 0, 0});
  for (const auto& [word, classes] : words) {
    size_t at = PlaceOf(word, slots);
    while (table[at].word != 0 && table[at].word != KeyOf(word)) at = at + 1 == slots ? 0 : at + 1;
    if (table[at].word == 0) table[at] = {KeyOf(word), classes.fine, classes.coarse};
  }
  return std::string(reinterpret_cast<const char*>(table.data()), table.size() * sizeof(Slot));
}

}  // namespace garner::entity_tagger
