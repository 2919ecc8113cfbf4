// Any bytes as a model: refused in words, or used without harm.
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "name_model.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace garner::entity_tagger;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const garner::Result<NameModel> model = NameModel::Parse(bytes, "fuzz");
  if (!model.ok()) {
    if (model.status().message().empty()) std::abort();
    return 0;
  }
  FeatureList list;
  for (uint64_t i = 0; i < FeatureList::kMax; ++i) list.hashes[list.count++] = (i + 1) * 0x9E3779B97F4A7C15ULL;
  TagRow<int16_t> sum{};
  model->AddUp(list, &sum);
  if (std::isnan(model->Confidence(sum[0]))) std::abort();
  (void)model->classes().Of(list.hashes[0]);
  return 0;
}
