// The score of a block: a logistic model over the named features. The weights are set by hand; a trained model may take this
// file's place without another file noticing.
//
//   double evidence = Evidence(features);        // log-odds, above 0: rather boilerplate
//   double score = Probability(evidence);
#pragma once

#include "block_features.h"

namespace garner::boilerplate_stripper {

double Evidence(const FeatureVector& features);

// 1 / (1 + e^-evidence).
double Probability(double evidence);

// What `feature` adds to the log-odds of this vector.
double Contribution(const FeatureVector& features, Feature feature);

}  // namespace garner::boilerplate_stripper
