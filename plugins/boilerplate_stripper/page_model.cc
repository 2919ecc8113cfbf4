#include "page_model.h"

#include <cmath>
#include <utility>
#include <vector>

#include "model_file.h"
#include "page_features.h"

namespace garner::boilerplate_stripper {

Result<WordWeights> TakeWordWeights(ModelReader& reader, const std::string& name) {
  if (!reader.TakeMagic("GARNERP1"))
    return Status(StatusKind::kConfig, name + ": no model of boilerplate_stripper for pages; tools/train/boilerplate writes one");
  uint32_t bits = 0;
  float step = 0;
  float bias = 0;
  if (!reader.Take(&bits) || !reader.Take(&step) || !reader.Take(&bias)) return Status(StatusKind::kConfig, name + ": the model ends before the weights of words");
  if (bits > WordWeights::kMaxBits || !std::isfinite(step) || !std::isfinite(bias))
    return Status(StatusKind::kConfig, name + ": the weights of words make no sense: 2^" + std::to_string(bits) + " of them");
  std::vector<int8_t> steps(size_t{1} << bits);
  if (!reader.TakeInto(steps.data(), steps.size())) return Status(StatusKind::kConfig, name + ": the model ends within the weights of words");
  return WordWeights(bits, step, bias, std::move(steps));
}

Result<PageModel> PageModel::Parse(std::string_view bytes, const std::string& name) {
  ModelReader reader(bytes);
  Result<WordWeights> words = TakeWordWeights(reader, name);
  if (!words.ok()) return words.status();
  Result<Forest> forest = Forest::Parse(reader.rest(), PageFeatures::Names(), name);
  if (!forest.ok()) return forest.status();
  return PageModel{*std::move(words), *std::move(forest)};
}

Result<std::shared_ptr<const PageModel>> PageModel::Load(const std::string& path) {
  return LoadShared<PageModel>(path, [&](std::string_view bytes) { return Parse(bytes, path); });
}

}  // namespace garner::boilerplate_stripper
