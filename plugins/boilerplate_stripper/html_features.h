// The features of the rules that rest on HTML evidence. Documents of other formats are left as they are.
#pragma once

#include <vector>

#include "block_features.h"
#include "facts.h"
#include "page_elements.h"

namespace garner::boilerplate_stripper {

// Evidence of a landmark or class is set aside where it would speak against about half of the page's words or more: there one
// wrong wrapper holds the article.
void AddHtmlFeatures(const v1::Document& document, const std::vector<Facts>& facts, const PageElements& elements, std::vector<FeatureVector>& features);

}  // namespace garner::boilerplate_stripper
