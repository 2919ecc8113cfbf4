// A table from hashes to small numbers: eight bytes an entry, so that what all word lists know stays in the cache.
//
//   HashIndex index;
//   index.Add(HashFolded("posted"), 7);
//   index.Find(HashFolded("posted"))     // 7
//
// Tells hashes apart by their upper 48 bits. Immutable once it is filled; safe to share between threads then.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace garner::metadata_lines {

// A set of hashes that may say yes by mistake, never no.
template <size_t kBits>
class BitFilter {
 public:
  void Add(uint64_t hash) { bits_[Place(hash) / 64] |= uint64_t{1} << (Place(hash) % 64); }
  bool MayHold(uint64_t hash) const { return (bits_[Place(hash) / 64] >> (Place(hash) % 64) & 1) != 0; }

 private:
  static size_t Place(uint64_t hash) { return hash >> (64 - kBits); }
  std::array<uint64_t, (size_t{1} << kBits) / 64> bits_ = {};
};

class HashIndex {
 public:
  static constexpr uint32_t kMaxNumber = 0xFFFF;

  // `number` is 1 to kMaxNumber. Of two for one hash the first counts.
  void Add(uint64_t hash, uint32_t number) {
    if (Find(hash) != 0) return;
    ++used_;
    if (used_ * 3 > slots_.size() * 2) Grow();
    Put((hash & ~kNumber) | number);
    seen_.Add(hash);
  }

  // Puts of(number) in the place of every number.
  template <typename Of>
  void Renumber(Of of) {
    for (uint64_t& slot : slots_)
      if (slot != 0) slot = (slot & ~kNumber) | of(static_cast<uint32_t>(slot & kNumber));
  }

  // 0 where there is none. Most hashes end at the filter, which is small enough for the fastest cache.
  uint32_t Find(uint64_t hash) const {
    if (!seen_.MayHold(hash)) return 0;
    size_t at = Place(hash);
    while (slots_[at] != 0 && ((slots_[at] ^ hash) & ~kNumber) != 0) at = Next(at);
    return static_cast<uint32_t>(slots_[at] & kNumber);
  }

 private:
  static constexpr uint64_t kNumber = 0xFFFF;  // of a slot; 0 is an empty slot

  size_t Place(uint64_t hash) const { return static_cast<size_t>(hash >> 16) & (slots_.size() - 1); }
  size_t Next(size_t at) const { return (at + 1) & (slots_.size() - 1); }

  void Put(uint64_t slot) {
    size_t at = Place(slot);
    while (slots_[at] != 0) at = Next(at);
    slots_[at] = slot;
  }

  void Grow() {
    const std::vector<uint64_t> old = std::exchange(slots_, std::vector<uint64_t>(slots_.size() * 2));
    for (const uint64_t slot : old)
      if (slot != 0) Put(slot);
  }

  std::vector<uint64_t> slots_ = std::vector<uint64_t>(16);  // a power of two, a third of them empty
  size_t used_ = 0;
  BitFilter<16> seen_;
};

}  // namespace garner::metadata_lines
