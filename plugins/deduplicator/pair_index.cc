#include "pair_index.h"

#include <algorithm>
#include <bit>

#include "words.h"

namespace garner::deduplicator {
namespace {

// A word pair that more paragraphs share says nothing about who copied whom ("of the", a template's words).
constexpr uint32_t kMaxSharers = 16;
// Paragraphs compared in full with each one: those that share most pairs with it. Real short forms have one or two fuller forms.
constexpr size_t kMaxCandidates = 8;
constexpr uint64_t kMix = 0x9E3779B97F4A7C15U;

size_t CountPairs(const std::vector<Words>& texts) {
  size_t count = 0;
  for (const Words& words : texts) count += words.size() > 0 ? words.size() - 1 : 0;
  return count;
}

}  // namespace

PairIndex::PairIndex(const std::vector<Words>& texts) {
  const size_t pairs = CountPairs(texts);
  const auto bits = static_cast<unsigned>(std::bit_width(pairs + pairs / 2 + 8));
  slots_.resize(size_t{1} << bits);
  shift_ = 64 - bits;
  slot_of_.reserve(pairs);
  first_pair_.reserve(texts.size() + 1);
  distinct_.assign(texts.size(), 0);
  for (uint32_t text = 0; text < texts.size(); ++text) {
    first_pair_.push_back(slot_of_.size());
    for (size_t i = 1; i < texts[text].size(); ++i)
      slot_of_.push_back(Insert(HashPair(texts[text][i - 1], texts[text][i]), text));
  }
  first_pair_.push_back(slot_of_.size());
}

uint32_t PairIndex::Insert(uint64_t pair, uint32_t text) {
  const size_t mask = slots_.size() - 1;
  const auto check = static_cast<uint32_t>(pair);
  size_t at = (pair * kMix) >> shift_;
  while (slots_[at].last != 0 && slots_[at].check != check) at = (at + 1) & mask;
  Slot& slot = slots_[at];
  slot.check = check;
  if (slot.last != text + 1) {
    slot.last = text + 1;
    ++distinct_[text];
    if (slot.sharers <= kMaxSharers) ++slot.sharers;
  }
  return static_cast<uint32_t>(at);
}

bool PairIndex::MayBeContained(uint32_t text, double share) const {
  size_t shared = 0;
  for (size_t i = first_pair_[text]; i < first_pair_[text + 1]; ++i) shared += slots_[slot_of_[i]].sharers > 1;
  return static_cast<double>(shared) >= share * distinct_[text];
}

void PairIndex::Group(const std::vector<uint32_t>& wanted) {
  std::vector<bool> is_wanted(distinct_.size(), false);
  for (const uint32_t text : wanted) {
    is_wanted[text] = true;
    for (size_t i = first_pair_[text]; i < first_pair_[text + 1]; ++i) {
      Slot& slot = slots_[slot_of_[i]];
      slot.is_wanted = slot.sharers > 1 && slot.sharers <= kMaxSharers;
    }
  }
  for (uint32_t text = 0; text < distinct_.size(); ++text)
    for (size_t i = first_pair_[text]; i < first_pair_[text + 1]; ++i)
      if (slots_[slot_of_[i]].is_wanted) members_.emplace_back(slot_of_[i], text);
  std::sort(members_.begin(), members_.end());
  members_.erase(std::unique(members_.begin(), members_.end()), members_.end());
  for (uint32_t begin = 0, i = 0; i < members_.size(); ++i) {
    if (members_[i].first != members_[begin].first) begin = i;
    if (is_wanted[members_[i].second]) groups_.emplace_back(members_[i].second, begin);
  }
  std::sort(groups_.begin(), groups_.end());
  shared_.assign(distinct_.size(), 0);
}

std::vector<uint32_t> PairIndex::Candidates(uint32_t text) {
  std::vector<uint32_t> seen;
  const auto first = std::lower_bound(groups_.begin(), groups_.end(), std::pair<uint32_t, uint32_t>(text, 0));
  for (auto group = first; group != groups_.end() && group->first == text; ++group)
    for (size_t i = group->second; i < members_.size() && members_[i].first == members_[group->second].first; ++i) {
      const uint32_t other = members_[i].second;
      if (other != text && shared_[other]++ == 0) seen.push_back(other);
    }
  const auto better = [&](uint32_t a, uint32_t b) { return shared_[a] != shared_[b] ? shared_[a] > shared_[b] : a < b; };
  const size_t count = std::min(seen.size(), kMaxCandidates);
  std::partial_sort(seen.begin(), seen.begin() + static_cast<std::ptrdiff_t>(count), seen.end(), better);
  for (const uint32_t other : seen) shared_[other] = 0;
  seen.resize(count);
  return seen;
}

}  // namespace garner::deduplicator
