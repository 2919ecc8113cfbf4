// Decides what goes and says why.
//
//   for (const Removal& removal : Decide(facts, features, judgements, document, policy)) ...
//
// Pure, linear.
#pragma once

#include <vector>

#include "block_features.h"
#include "boundary.h"

namespace garner::boilerplate_stripper {

struct Policy {
  double threshold = 0.5;           // of the probability
  std::array<bool, kKinds> keep{};  // kinds that stay whatever their score
};

struct Decided {
  size_t block = 0;
  Kind rule = Kind::kNone;
  double score = 0;
};

// "balanced", "precision" or "recall" as a threshold.
double ThresholdFor(std::string_view favor);

std::vector<Decided> Decide(const v1::Document& document, const std::vector<Facts>& facts,
                            const std::vector<FeatureVector>& features, const std::vector<Judgement>& judgements,
                            const Policy& policy);

}  // namespace garner::boilerplate_stripper
