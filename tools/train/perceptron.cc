#include "perceptron.h"

#include <algorithm>
#include <numeric>

namespace garner::entity_tagger {

Perceptron::Perceptron(const TaggedData& data, size_t features, const PerceptronSettings& settings)
    : data_(data), settings_(settings), weights_(features), weighted_(features), weight_sum_(features) {}

void Perceptron::Train(uint64_t seed) {
  random_.seed(seed);
  std::fill(weights_.begin(), weights_.end(), TagRow<float>{});
  std::fill(weighted_.begin(), weighted_.end(), TagRow<float>{});
  transitions_ = transitions_weighted_ = {};
  step_ = 1;
  std::vector<size_t> order(data_.sentences.size() - 1);
  std::iota(order.begin(), order.end(), size_t{0});
  for (int pass = 0; pass < settings_.passes; ++pass) {
    // Not std::shuffle: every library has another.
    for (size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random_() % i]);
    for (const size_t sentence : order) LearnFrom(sentence);
  }
  const auto steps = static_cast<float>(step_);
  for (size_t f = 0; f < weights_.size(); ++f)
    for (size_t tag = 0; tag < kTags; ++tag) weight_sum_[f][tag] += weights_[f][tag] - weighted_[f][tag] / steps;
  for (size_t before = 0; before < kTags; ++before)
    for (size_t tag = 0; tag < kTags; ++tag)
      transition_sum_[before][tag] += transitions_[before][tag] - transitions_weighted_[before][tag] / steps;
}

void Perceptron::LearnFrom(size_t sentence) {
  const size_t begin = data_.sentences[sentence], end = data_.sentences[sentence + 1];
  Weigh(begin, end);
  BestTags(transitions_, emissions_, &tags_);
  Correct(begin, end);
  ++step_;
}

void Perceptron::Weigh(size_t begin, size_t end) {
  const auto cut = static_cast<uint64_t>(settings_.left_out * 65536);
  emissions_.assign(end - begin, {});
  used_.clear();
  used_starts_.assign(1, 0);
  uint64_t bits = 0;
  size_t draws = 0;
  for (size_t i = begin; i < end; ++i) {
    TagRow<float>& sum = emissions_[i - begin];
    for (uint64_t f = data_.starts[i]; f < data_.starts[i + 1]; ++f) {
      if (draws == 0) {
        bits = random_();
        draws = 4;
      }
      const bool left_out = (bits & 0xFFFFU) < cut;
      bits >>= 16;
      --draws;
      if (left_out) continue;
      used_.push_back(data_.features[f]);
      const TagRow<float>& row = weights_[data_.features[f]];
      for (size_t lane = 0; lane < kTagLanes; ++lane) sum[lane] += row[lane];
    }
    used_starts_.push_back(used_.size());
  }
}

void Perceptron::Correct(size_t begin, size_t end) {
  const auto step = static_cast<float>(step_);
  const auto change = [&](float* weight, float* weighted, float by) {
    *weight += by;
    *weighted += by * step;
  };
  for (size_t i = begin; i < end; ++i) {
    const uint8_t right = data_.tags[i], got = tags_[i - begin];
    for (size_t f = used_starts_[i - begin]; right != got && f < used_starts_[i - begin + 1]; ++f) {
      TagRow<float>&row = weights_[used_[f]], &weighted = weighted_[used_[f]];
      change(&row[right], &weighted[right], 1);
      change(&row[got], &weighted[got], -1);
    }
    if (i == begin) continue;
    const uint8_t right_before = data_.tags[i - 1], got_before = tags_[i - begin - 1];
    if (right == got && right_before == got_before) continue;
    change(&transitions_[right_before][right], &transitions_weighted_[right_before][right], 1);
    change(&transitions_[got_before][got], &transitions_weighted_[got_before][got], -1);
  }
}

}  // namespace garner::entity_tagger
