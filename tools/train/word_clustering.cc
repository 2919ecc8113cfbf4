#include "word_clustering.h"

#include <algorithm>
#include <cmath>

namespace garner::entity_tagger {
namespace {

constexpr uint32_t kTabled = 1U << 16;

double Weight(uint32_t count) {
  static const std::vector<double> table = [] {
    std::vector<double> values(kTabled, 0.0);
    for (uint32_t i = 2; i < kTabled; ++i) values[i] = i * std::log(i);
    return values;
  }();
  return count < kTabled ? table[count] : count * std::log(count);
}

struct Neighbour {
  uint32_t word;
  uint32_t count;
};

// The pairs of neighbours in one direction, and how often each class stands beside each word.
class Side {
 public:
  Side(size_t words, size_t classes) : neighbours(words), with_(words * classes), of_class_(classes), classes_(classes) {}

  std::vector<std::vector<Neighbour>> neighbours;

  void Move(uint32_t word, size_t to, bool in) {
    uint32_t total = 0;
    for (const Neighbour& n : neighbours[word]) {
      uint32_t& with = with_[n.word * classes_ + to];
      with = in ? with + n.count : with - n.count;
      total += n.count;
    }
    of_class_[to] = in ? of_class_[to] + total : of_class_[to] - total;
  }
  // Adds to `gain` what each class would gain by the word.
  void Gains(uint32_t word, std::vector<double>* gain) const {
    uint32_t total = 0;
    for (const Neighbour& n : neighbours[word]) {
      const uint32_t* with = &with_[n.word * classes_];
      const double alone = Weight(n.count);
      for (size_t c = 0; c < classes_; ++c) (*gain)[c] += with[c] == 0 ? alone : Weight(with[c] + n.count) - Weight(with[c]);
      total += n.count;
    }
    for (size_t c = 0; c < classes_; ++c) (*gain)[c] -= Weight(of_class_[c] + total) - Weight(of_class_[c]);
  }

 private:
  std::vector<uint32_t> with_;  // [word][class]
  std::vector<uint32_t> of_class_;
  size_t classes_;
};

void Count(std::vector<std::pair<uint32_t, uint32_t>> pairs, Side* side) {
  std::sort(pairs.begin(), pairs.end());
  for (size_t i = 0; i < pairs.size();) {
    size_t end = i;
    while (end < pairs.size() && pairs[end] == pairs[i]) ++end;
    side->neighbours[pairs[i].first].push_back({pairs[i].second, static_cast<uint32_t>(end - i)});
    i = end;
  }
}

}  // namespace

void WordClustering::AddSentence(const std::vector<uint64_t>& words) {
  for (const uint64_t word : words) ++counts_[word];
  text_.insert(text_.end(), words.begin(), words.end());
  text_.push_back(0);
}

std::vector<std::pair<uint64_t, uint16_t>> WordClustering::Run(size_t classes, uint32_t min_count) const {
  std::vector<std::pair<uint64_t, uint32_t>> words;
  for (const auto& [word, count] : counts_)
    if (count >= min_count) words.emplace_back(word, count);
  std::sort(words.begin(), words.end(),
            [](const auto& a, const auto& b) { return a.second != b.second ? a.second > b.second : a.first < b.first; });
  // 0 is the end of a sentence and 1 any rare word: these tell of others and are in no class themselves.
  std::unordered_map<uint64_t, uint32_t> numbers{{0, 0}};
  for (uint32_t i = 0; i < words.size(); ++i) numbers[words[i].first] = i + 2;
  const size_t total = words.size() + 2;
  std::vector<std::pair<uint32_t, uint32_t>> after, before;
  uint32_t last = 0;
  for (const uint64_t word : text_) {
    const auto at = numbers.find(word);
    const uint32_t number = at == numbers.end() ? 1 : at->second;
    after.emplace_back(last, number);
    before.emplace_back(number, last);
    last = number;
  }
  Side behind(total, classes), ahead(total, classes);
  Count(std::move(after), &behind);
  Count(std::move(before), &ahead);

  std::vector<size_t> class_of(total);
  const auto move = [&](uint32_t word, size_t to, bool in) {
    behind.Move(word, to, in);
    ahead.Move(word, to, in);
  };
  for (uint32_t i = 2; i < total; ++i) move(i, class_of[i] = (i - 2) % classes, true);
  std::vector<double> gain(classes);
  for (size_t round = 0; round < kRounds; ++round) {
    for (uint32_t i = 2; i < total; ++i) {
      move(i, class_of[i], false);
      std::fill(gain.begin(), gain.end(), 0.0);
      behind.Gains(i, &gain);
      ahead.Gains(i, &gain);
      class_of[i] = static_cast<size_t>(std::max_element(gain.begin(), gain.end()) - gain.begin());
      move(i, class_of[i], true);
    }
  }
  std::vector<std::pair<uint64_t, uint16_t>> found;
  for (uint32_t i = 2; i < total; ++i) found.emplace_back(words[i - 2].first, static_cast<uint16_t>(class_of[i] + 1));
  return found;
}

}  // namespace garner::entity_tagger
