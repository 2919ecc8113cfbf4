#include "page_words.h"

#include <algorithm>

namespace garner::boilerplate_stripper {

PageWords::PageWords(const Analysis& analysis) : analysis_(analysis), hashes_(analysis.elements.words()) {
  elements_.reserve(analysis.elements.size());
  for (uint32_t i = 0; i < analysis.elements.size(); ++i) ReadElement(analysis.elements.at(i));
}

void PageWords::ReadElement(const PageElement& element) {
  Words words;
  words.begin = element.words_begin;
  words.end = std::min(element.words_end, words.begin + 1 + kMostWords);
  for (uint32_t i = words.begin; i < words.end; ++i)
    if (!StandsAround(hashes_[i], element.parent)) words.fresh |= 1U << (i - words.begin);
  elements_.push_back(words);
}

bool PageWords::StandsAround(uint64_t word, uint32_t element) const {
  for (size_t steps = 0; steps < kFarthest && element != PageElement::kNone; ++steps, element = analysis_.elements.at(element).parent) {
    const Words& words = elements_[element];
    if (std::find(hashes_.begin() + words.begin, hashes_.begin() + words.end, word) != hashes_.begin() + words.end) return true;
  }
  return false;
}

WordOdds PageWords::LogOdds(const WordWeights& weights) const {
  float sum = 0;
  const auto add = [&](uint32_t feature) { sum += weights[feature]; };
  // What all blocks of an element share is added up once.
  std::vector<float> fresh(elements_.size());
  std::vector<float> shared(elements_.size());
  for (uint32_t i = 0; i < elements_.size(); ++i) {
    const uint32_t parent = analysis_.elements.at(i).parent;
    sum = parent == PageElement::kNone ? 0 : fresh[parent];
    VisitNew(i, add);
    fresh[i] = sum;
    VisitElement(i, add);
    shared[i] = sum;
  }
  WordOdds odds;
  for (size_t i = 0; i < analysis_.facts.size(); ++i) {
    sum = 0;
    VisitText(i, add);
    odds.text.push_back(sum);
    const v1::Block& block = Block(i);
    odds.all.push_back(weights.bias() + sum + (block.html().has_element() ? shared[block.html().element()] : 0));
  }
  return odds;
}

}  // namespace garner::boilerplate_stripper
