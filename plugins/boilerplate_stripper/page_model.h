// The model for pages: what words are worth, and a forest that has what they make of a block among its features.
//
//   Result<std::shared_ptr<const PageModel>> model = PageModel::Load(path);
//
// The file (little-endian): "GARNERP1", uint32 bits, float step, float bias, 2^bits weights in a byte each, as WordWeights has them; then a forest as
// Forest has it, over PageFeatures::Names(). tools/train/boilerplate writes it. Immutable: safe from any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "forest.h"
#include "word_weights.h"

namespace garner::boilerplate_stripper {

struct PageModel {
  WordWeights words;
  Forest forest;

  static Result<std::shared_ptr<const PageModel>> Load(const std::string& path);
  // The same from memory; `name` stands in messages.
  static Result<PageModel> Parse(std::string_view bytes, const std::string& name);
};

class ModelReader;

// Takes "GARNERP1" and the weights off the front of a file; fails with words.
Result<WordWeights> TakeWordWeights(ModelReader& reader, const std::string& name);

}  // namespace garner::boilerplate_stripper
