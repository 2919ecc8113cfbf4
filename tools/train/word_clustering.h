// Word classes from running text by exchange: each word moves to the class under which its neighbours, before and behind it, are
// told best.
//
//   WordClustering clustering(64);
//   clustering.AddSentence({hash, hash, ...});
//   std::vector<std::pair<uint64_t, uint16_t>> classes = clustering.Run();
//
// Deterministic: words begin in the order of their frequency, ties by hash. Time is about rounds x classes x pairs of neighbours.
#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

namespace garner::entity_tagger {

class WordClustering {
 public:
  static constexpr size_t kRounds = 8;

  void AddSentence(const std::vector<uint64_t>& words);
  // The class (from 1) of each word that occurs `min_count` times or more.
  std::vector<std::pair<uint64_t, uint16_t>> Run(size_t classes, uint32_t min_count) const;

 private:
  std::vector<uint64_t> text_;  // 0 between sentences
  std::unordered_map<uint64_t, uint32_t> counts_;
};

}  // namespace garner::entity_tagger
