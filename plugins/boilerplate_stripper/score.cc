#include "score.h"

#include <cmath>

namespace garner::boilerplate_stripper {
namespace {

// A block is text until something says otherwise.
constexpr double kBias = -3.0;

// In the order of Feature. Two middling signals, or one that nothing else explains, outweigh the bias.
constexpr std::array<double, kFeatures> kWeights = {
    4.0,   // strong_line
    1.8,   // weak_line
    1.8,   // phrase_in_line
    1.2,   // phrases_in_prose
    4.5,   // placeholder
    1.3,   // ui_neighbours
    4.0,   // ui_cluster
    1.3,   // document_edge
    1.5,   // next_to_metadata
    0.7,   // echo
    1.0,   // doubled
    4.0,   // parallel_menu
    5.2,   // outside_dirty
    0.4,   // outside
    0.5,   // very_short
    -1.8,  // prose
    -1.5,  // long_prose
    -2.0,  // sentence
    -3.0,  // list_in_body
    -6.0,  // code
    -1.8,  // heading_of_body
    1.4,   // hangs_on
    4.2,   // bad_landmark
    -0.8,  // good_landmark
    2.2,   // bad_class
    1.8,   // link_share
};

}  // namespace

double Evidence(const FeatureVector& features) {
  double sum = kBias;
  for (size_t i = 0; i < kFeatures; ++i) sum += kWeights[i] * features.values[i];
  return sum;
}

double Probability(double evidence) { return 1.0 / (1.0 + std::exp(-evidence)); }

}  // namespace garner::boilerplate_stripper
