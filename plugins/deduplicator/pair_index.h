// Tells which paragraphs of a document share word pairs. Linear in the words; a document without repeats costs one pass.
//
//   PairIndex index(texts);                       // texts[i]: the words of paragraph i
//   if (index.MayBeContained(i, 0.7)) wanted.push_back(i);
//   index.Group(wanted);
//   for (uint32_t j : index.Candidates(i)) ...    // i of `wanted`
//
// One thread; reads the words that it was made from only while it is made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "paragraphs.h"

namespace garner::deduplicator {

class PairIndex {
 public:
  explicit PairIndex(const std::vector<Words>& texts);

  // Enough pairs of the paragraph stand somewhere else, so that others, all together, may contain this share of it. Never wrong
  // in saying no.
  bool MayBeContained(uint32_t text, double share) const;

  // Prepares Candidates for these paragraphs. Call once.
  void Group(const std::vector<uint32_t>& wanted);

  // The paragraphs that share most of the rarer pairs with it, at most eight, the earlier one first where they share as many.
  std::vector<uint32_t> Candidates(uint32_t text);

 private:
  // A pair's place in an open-addressing table. Which pair it is, 32 bits of its hash say: a mistake costs a useless comparison.
  struct Slot {
    uint32_t check = 0;
    uint32_t last : 26;    // the last paragraph seen with it, from 1; 0: the slot is free
    uint32_t sharers : 5;  // paragraphs that have it, up to one more than may share a rare pair
    uint32_t is_wanted : 1;
    Slot() : last(0), sharers(0), is_wanted(0) {}
  };

  uint32_t Insert(uint64_t pair, uint32_t text);

  std::vector<Slot> slots_;
  unsigned shift_ = 0;
  std::vector<uint32_t> slot_of_;                       // of all pairs of all paragraphs, in order
  std::vector<size_t> first_pair_;                      // of each paragraph, and the end
  std::vector<uint32_t> distinct_;                      // pairs of each paragraph
  std::vector<std::pair<uint32_t, uint32_t>> members_;  // (slot, paragraph), by slot
  std::vector<std::pair<uint32_t, uint32_t>> groups_;   // (paragraph, begin of the group in members_), by paragraph
  std::vector<uint32_t> shared_;                        // scratch of Candidates
};

}  // namespace garner::deduplicator
