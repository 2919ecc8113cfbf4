// A gradient-boosted forest over named features, read from a compact file: the probability that a block is text.
//
//   Result<std::shared_ptr<const Forest>> forest = Forest::Load(path, ModelFeatures::Names());
//   (*forest)->Predict(rows, count, out);      // `rows`: count times feature_count() floats
//
// The file (little-endian): "GARNERF1", then uint32 features, trees, depth, float bias, uint32 bytes of the features' names; the names, one a
// line, filled up with line ends to a multiple of four bytes; then for each tree 2^depth - 1 uint32 features and as many float thresholds in
// breadth-first order (smaller goes left), and 2^depth float leaves. tools/train/boilerplate writes it.
//
// Those who load the same bytes share one forest, which nobody changes: safe from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "forest_avx2.h"
#include "garner/status.h"

namespace garner::boilerplate_stripper {

class Forest {
 public:
  static constexpr uint32_t kMaxFeatures = 4096;
  static constexpr uint32_t kMaxTrees = 4096;
  static constexpr uint32_t kMaxDepth = 10;

  // The model must have been trained for exactly these features.
  static Result<std::shared_ptr<const Forest>> Load(const std::string& path, const std::vector<std::string_view>& features);
  // The same from memory; `name` stands in messages.
  static Result<Forest> Parse(std::string_view bytes, const std::vector<std::string_view>& features, const std::string& name);

  void Predict(const float* rows, size_t count, float* out) const;
  // The same, always by the way that every processor has.
  void PredictByStep(const float* rows, size_t count, float* out) const;
  size_t feature_count() const { return features_; }

 private:
  // Adds the leaves of `count` rows, at most kForestRows, to their sums; `ordered` has room for kForestRows rows.
  using Adder = void (Forest::*)(const float* rows, size_t count, int32_t* ordered, float* sums) const;
  void PredictBy(Adder adder, const float* rows, size_t count, float* out) const;
  void AddTrees(const float* rows, size_t count, int32_t* ordered, float* sums) const;
  void AddTreesAtOnce(const float* rows, size_t count, int32_t* ordered, float* sums) const;

  size_t features_ = 0;
  size_t trees_ = 0;
  uint32_t depth_ = 0;
  float bias_ = 0;
  std::vector<Split> splits_;  // complete trees, one behind the other
  std::vector<float> leaves_;
};

}  // namespace garner::boilerplate_stripper
