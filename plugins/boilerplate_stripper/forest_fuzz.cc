// Any bytes as a model: read whole or refused in words, and what was read predicts a probability.
#include <cstdint>
#include <cstdlib>

#include "forest.h"
#include "model_features.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace garner::boilerplate_stripper;
  const auto& names = ModelFeatures::Names();
  const garner::Result<Forest> forest = Forest::Parse({reinterpret_cast<const char*>(data), size}, names, "fuzz");
  if (!forest.ok()) {
    if (forest.status().message().empty()) std::abort();
    return 0;
  }
  const std::vector<float> row(names.size(), 0.5F);
  float probability = -1;
  forest->Predict(row.data(), 1, &probability);
  if (!(probability >= 0 && probability <= 1)) std::abort();
  return 0;
}
