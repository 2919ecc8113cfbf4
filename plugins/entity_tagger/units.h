// Units of measure by symbol and by name.
#pragma once

#include <cstdint>
#include <string_view>

namespace garner::entity_tagger {

// The unit as values write it ("km", "°C", "ft"): of a symbol, capitals counting ("MW" and "mW" differ), else of a name's folded
// form. Empty where it is none.
std::string_view UnitOf(std::string_view text, uint64_t folded);

}  // namespace garner::entity_tagger
