// The file of compiled lists: what stands where, and under which keys names are found. Shared by the reader (lists.h) and the
// compiler (list_builder.h), nobody else needs it.
//
// Little-endian, every section a multiple of 4 bytes: the header; `slots` of 8 bytes, an open table of keys; `entries`, what the
// keys lead to (Listed), each different one once; `repairs`, names with a letter left out, sorted; `repair_names`; the places
// where strings end; the strings. A key that no other name shares leads to one of some forty thousand entries, so that a slot has
// room for 40 bits of its hash beside the number of the entry.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fold.h"

namespace garner::entity_tagger {

inline constexpr std::string_view kListsMagic = "GARNERL1";
inline constexpr char kListsFile[] = "entities.lists";

struct ListsHeader {
  char magic[8];
  uint32_t slots;
  uint32_t entries;
  uint32_t repairs;
  uint32_t repair_names;
  uint32_t strings;  // number 0 is empty
  uint32_t string_bytes;
};
static_assert(sizeof(ListsHeader) == 32);

struct Repair {
  uint32_t hash = 0;  // of the name with one letter left out, or of the name itself
  uint32_t name = 0;  // number of the RepairName
};

struct RepairName {
  uint32_t folded = 0;  // string
  uint32_t entry = 0;
};

inline constexpr uint32_t kMaxEntries = (1U << 24) - 1;
inline constexpr uint32_t kMaxSlots = 1U << 28;
inline constexpr uint64_t kEntryMask = (uint64_t{1} << 24) - 1;
inline constexpr size_t kShortestRepaired = 6;

// Hashes that end in different letters differ little in their upper half: they are stirred first.
inline size_t SlotOf(uint64_t hash, size_t slots) {
  const uint64_t mixed = (hash ^ (hash >> 29)) * 0x9E3779B97F4A7C15ULL;
  return static_cast<size_t>(((mixed >> 32) * slots) >> 32);
}
constexpr uint64_t SlotKey(uint64_t hash) { return hash << 24; }
inline uint32_t RepairHash(uint64_t hash) { return static_cast<uint32_t>(hash ^ (hash >> 32)); }

// "UN", "U.S.", "G20": such a name matches in this spelling only, under a key apart from folded ones.
inline bool InCapitals(std::string_view name) {
  if (name.size() > 8) return false;
  size_t upper = 0;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z')
      ++upper;
    else if (!(c >= '0' && c <= '9') && c != '.' && c != '&' && c != '/' && c != '+')
      return false;
  }
  return upper >= 1;
}
inline uint64_t CapitalsKey(std::string_view name) { return Hash(name, Hash("\x01")); }

// Doubled letters as one: whoever doubles the wrong letter of "Philippines" makes two slips.
inline std::string Squeeze(std::string_view word) {
  std::string squeezed;
  for (const char c : word)
    if (squeezed.empty() || squeezed.back() != c) squeezed += c;
  return squeezed;
}

}  // namespace garner::entity_tagger
