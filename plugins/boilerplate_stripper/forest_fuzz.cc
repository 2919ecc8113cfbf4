// Any bytes as a model for plain text and as one for pages: read whole or refused in words, and what was read predicts a probability.
#include <cstdint>
#include <cstdlib>

#include "forest.h"
#include "model_features.h"
#include "page_features.h"
#include "page_model.h"

namespace garner::boilerplate_stripper {
namespace {

void CheckRefusal(const Status& status) {
  if (status.message().empty()) std::abort();
}

void CheckForest(const Forest& forest, size_t features) {
  const std::vector<float> row(features, 0.5F);
  float probability = -1;
  forest.Predict(row.data(), 1, &probability);
  if (!(probability >= 0 && probability <= 1)) std::abort();
}

void Check(std::string_view bytes) {
  const Result<Forest> forest = Forest::Parse(bytes, ModelFeatures::Names(), "fuzz");
  forest.ok() ? CheckForest(*forest, ModelFeatures::Names().size()) : CheckRefusal(forest.status());
  const Result<PageModel> page = PageModel::Parse(bytes, "fuzz");
  page.ok() ? CheckForest(page->forest, PageFeatures::Names().size()) : CheckRefusal(page.status());
  if (page.ok()) (void)page->words[0xFFFFFFFF];
}

}  // namespace
}  // namespace garner::boilerplate_stripper

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  garner::boilerplate_stripper::Check({reinterpret_cast<const char*>(data), size});
  return 0;
}
