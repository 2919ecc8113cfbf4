// Where to cut: the probability from which on blocks stay, so that the expected F-measure of the text that stays is the best for this
// document. A fixed cut loses: pages whose blocks are all doubtful need a lower one than those that are clear.
//
//   const float cut = BestCut(text_probabilities, words, 1.0, 0.02);   // block i stays where text_probabilities[i] >= cut
//
// Pure; sorts the blocks, O(n log n).
#pragma once

#include <cstdint>
#include <vector>

namespace garner::boilerplate_stripper {

// `beta` weighs recall against precision: above 1 keeps more. Where no cut promises to be better by `least_gain` than none, there is none: a
// text that is clean already stays whole. 0 for no cut; kCutsAll where the best promises less than `least`.
inline constexpr float kCutsAll = 2;
float BestCut(const std::vector<float>& text_probabilities, const std::vector<uint32_t>& words, double beta, double least_gain, double least);

}  // namespace garner::boilerplate_stripper
