// What the rules think of a block: a logistic model over the named features, with weights set by hand. The trained model takes it as one of
// its features. Pure.
//
//   double evidence = Evidence(features);        // log-odds, above 0: rather boilerplate
//   double score = Probability(evidence);
#pragma once

#include "block_features.h"

namespace garner::boilerplate_stripper {

double Evidence(const FeatureVector& features);

// 1 / (1 + e^-evidence).
double Probability(double evidence);

}  // namespace garner::boilerplate_stripper
