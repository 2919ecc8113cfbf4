// What the classes that compute features for a model share: numbers on a scale that trees split well, and who takes each value or each name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "analysis.h"

namespace garner::boilerplate_stripper {

// A distance beyond what matters, in blocks.
inline constexpr uint32_t kFar = 1000;

// log2(1 + value), from a table where the value is small, as it mostly is.
float Log(uint64_t value);

// 0 of nothing.
inline float Share(double part, double whole) { return whole > 0 ? static_cast<float>(part / whole) : 0.0F; }

struct FeatureValues {
  float* next;
  void operator()(std::string_view, float value) { *next++ = value; }
};

// What features are named by: any document will do.
struct OneBlock {
  OneBlock() : document(Make()), analysis(document, Lexicon()) {}
  const v1::Document document;
  const Analysis analysis;

 private:
  static v1::Document Make() {
    v1::Document made;
    made.set_text("x");
    made.add_blocks()->set_end(1);
    return made;
  }
};

struct FeatureNames {
  std::vector<std::string_view>& out;
  void operator()(std::string_view name, float) { out.push_back(name); }
};

}  // namespace garner::boilerplate_stripper
