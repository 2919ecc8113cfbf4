// What each word is worth: a weight for each bucket of hashed features, in a byte.
//
//   weights[feature]                // `feature`: 32 bits of hash, of which the first pick the bucket
//
// Immutable: safe from any thread.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace garner::boilerplate_stripper {

class WordWeights {
 public:
  static constexpr uint32_t kMaxBits = 20;

  // All words worth nothing.
  WordWeights() : WordWeights(0, 0, 0, {0}) {}
  // `steps`: 2 to the power of `bits` weights, each in units of `step`.
  WordWeights(uint32_t bits, float step, float bias, std::vector<int8_t> steps) : shift_(32 - bits), step_(step), bias_(bias), steps_(std::move(steps)) {}

  float operator[](uint32_t feature) const { return step_ * static_cast<float>(steps_[static_cast<uint64_t>(feature) >> shift_]); }
  float bias() const { return bias_; }

 private:
  uint32_t shift_ = 32;
  float step_ = 0;
  float bias_ = 0;
  std::vector<int8_t> steps_;
};

}  // namespace garner::boilerplate_stripper
