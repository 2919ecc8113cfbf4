// An averaged structured perceptron over features by number.
//
//   Perceptron perceptron(data, feature_count, settings);
//   perceptron.Train(seed);      // more seeds: the mean of them all
//   perceptron.weights(), perceptron.transitions()
//
// Each sentence is tagged with the weights so far; where that is wrong the right tags' features gain and the wrong ones' lose.
// What counts in the end is the mean over all steps (Collins 2002). A share of the features is left out at each step, another one
// each time: what is known of a name by its words alone would else hide what its surroundings say, and unknown names have only
// these. The same data and seed give the same weights.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "tag_sequence.h"

namespace garner::entity_tagger {

struct TaggedData {
  std::vector<uint64_t> starts{0};  // of each token's features
  std::vector<uint32_t> features;
  std::vector<uint8_t> tags;
  std::vector<size_t> sentences{0};  // first tokens, and the end
};

struct PerceptronSettings {
  int passes = 5;
  double left_out = 0.3;
};

class Perceptron {
 public:
  Perceptron(const TaggedData& data, size_t features, const PerceptronSettings& settings);

  void Train(uint64_t seed);
  // Sums over the seeds.
  const std::vector<TagRow<float>>& weights() const { return weight_sum_; }
  const Transitions<float>& transitions() const { return transition_sum_; }

 private:
  void LearnFrom(size_t sentence);
  void Weigh(size_t begin, size_t end);
  void Correct(size_t begin, size_t end);

  const TaggedData& data_;
  PerceptronSettings settings_;
  std::mt19937_64 random_;
  // What each step changed is also added up times the number of the step: the mean is the weight less that over all steps.
  std::vector<TagRow<float>> weights_, weighted_, weight_sum_;
  Transitions<float> transitions_{}, transitions_weighted_{}, transition_sum_{};
  double step_ = 1;

  std::vector<TagRow<float>> emissions_;
  std::vector<uint8_t> tags_;
  std::vector<uint32_t> used_;  // features of the sentence that were not left out
  std::vector<size_t> used_starts_;
};

}  // namespace garner::entity_tagger
