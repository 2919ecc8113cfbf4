// The way down trees of depth four for 32 rows at once, on processors with AVX2: all fifteen questions of a tree are asked, and the answers choose
// among each other. Adds in the same order as the way by steps, so the sums are the same to the last bit. Pure function.
#pragma once

#include <cstddef>
#include <cstdint>

namespace garner::boilerplate_stripper {

struct Split {
  uint32_t feature = 0;
  int32_t threshold = 0;  // smaller goes left
};

inline constexpr size_t kForestRows = 32;

bool HasAvx2();

// `columns` holds kForestRows values of each feature, one feature behind the other; `splits` 15 and `leaves` 16 for each tree. Adds to `sums`, one a row.
// Only where HasAvx2().
void AddTreesOfDepthFour(const Split* splits, const float* leaves, size_t trees, const int32_t* columns, float* sums);

}  // namespace garner::boilerplate_stripper
