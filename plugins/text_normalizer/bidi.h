// Directional controls that do nothing, or reach further than their author meant.
//
// Marks stay in text with letters from right to left. Embeddings, overrides and isolates stay there where they are closed within the block.
// In text without such letters all of them go, but for closed overrides, which turn what is read around. Pure function, linear.
#pragma once

#include <string_view>
#include <vector>

#include "garner/span.h"

namespace garner::text_normalizer {

// The controls of a block that should go, in order.
std::vector<Span> FindIdleBidiControls(std::string_view block);

}  // namespace garner::text_normalizer
