// The hash that a word is looked up by: that of its core, folded. Not for output, as it depends on the byte order of the machine.
//
//   HashFolded("posted") == HashFoldedAscii("Posted").hash
//
// Most words fit into two machine words; those are folded and mixed here, without a copy or a call. Pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "garner/hash.h"

namespace garner::metadata_lines {

inline uint64_t LoadFour(const char* bytes) {
  uint32_t four = 0;
  std::memcpy(&four, bytes, sizeof four);
  return four;
}
inline uint64_t LoadEight(const char* bytes) { return LoadFour(bytes) | LoadFour(bytes + 4) << 32; }

// A core of up to 16 bytes: its first and last eight, or what there is of them. Put together in registers: one load of what several
// stores wrote would wait for them.
struct TwoWords {
  static constexpr size_t kMaxBytes = 16;

  uint64_t low = 0;
  uint64_t high = 0;

  explicit TwoWords(std::string_view core) {
    const size_t size = core.size();
    const auto byte = [&](size_t at) { return static_cast<uint64_t>(static_cast<unsigned char>(core[at])); };
    if (size >= 8) {
      low = LoadEight(core.data());
      high = LoadEight(core.data() + size - 8);
    } else if (size >= 4) {
      low = LoadFour(core.data()) | LoadFour(core.data() + size - 4) << 32;
    } else if (size > 0) {
      low = byte(0) | byte(size / 2) << 8 | byte(size - 1) << 16;
    }
  }

  uint64_t Hash(size_t size) const {
    uint64_t hash = (low ^ 0x9E3779B97F4A7C15U) * 0xD6E8FEB86659FD93U;
    hash ^= hash >> 32;
    hash = (hash + high + size) * 0xD6E8FEB86659FD93U;
    return hash ^ hash >> 29;
  }
};

inline uint64_t HashFolded(std::string_view folded) {
  return folded.size() > TwoWords::kMaxBytes ? Hash64(folded) : TwoWords(folded).Hash(folded.size());
}

// Eight bytes of ASCII, the capitals among them made small.
inline uint64_t LowerAscii(uint64_t word) {
  constexpr uint64_t kOnes = 0x0101010101010101U;
  const uint64_t from_a = word + kOnes * (0x80 - 'A');
  const uint64_t beyond_z = word + kOnes * (0x7F - 'Z');
  return word | (from_a & ~beyond_z & (kOnes * 0x80)) >> 2;
}

struct FoldedHash {
  uint64_t hash = 0;
  uint32_t first = 0;  // the first four bytes of the folded core, where it has them
  bool plain = false;  // folding changes nothing
};

// Of a core of 1 to 16 bytes of ASCII that folds by case alone (no kOddMark).
inline FoldedHash HashFoldedAscii(std::string_view core) {
  TwoWords words(core);
  const uint64_t low = LowerAscii(words.low);
  const uint64_t high = LowerAscii(words.high);
  FoldedHash out;
  out.plain = low == words.low && high == words.high;
  words.low = low;
  words.high = high;
  out.hash = words.Hash(core.size());
  out.first = static_cast<uint32_t>(low);
  return out;
}

}  // namespace garner::metadata_lines
