// The names and words that the rules know, from the plugin's data files.
//
//   Result<std::shared_ptr<const Lists>> lists = Lists::Load(data_dir);
//   const Listed* entry = (*lists)->Find(Hash("ghana"));
//
// Loaded once a process and folder and shared by all instances; immutable afterwards, so safe from any thread. Load fails where a
// file is missing or unreadable. Phrases are found by hash alone: 64 bits over a quarter of a million keys make a false hit rarer
// than a broken memory cell, and the worst it can do is a wrong mark.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "garner/status.h"

namespace garner::entity_tagger {

// What a word or phrase may be: bits of Listed::kinds.
enum Kind : uint64_t {
  kPrefix = 1ULL << 0,  // the beginning of a longer phrase
  kOrdinary = 1ULL << 1,
  kFunction = 1ULL << 2,
  kFirstName = 1ULL << 3,
  kSurname = 1ULL << 4,
  kCountry = 1ULL << 5,
  kMajorCity = 1ULL << 6,
  kCity = 1ULL << 7,
  kSubdivision = 1ULL << 8,
  kPlace = 1ULL << 9,
  kGroup = 1ULL << 10,
  kOrganisation = 1ULL << 11,
  kOrgHead = 1ULL << 12,
  kOrgSuffix = 1ULL << 13,
  kOrgOf = 1ULL << 14,
  kFacHead = 1ULL << 15,
  kLocHead = 1ULL << 16,
  kLocPrefix = 1ULL << 17,
  kGpeHead = 1ULL << 18,
  kGpePrefix = 1ULL << 19,
  kEventHead = 1ULL << 20,
  kEventPrefix = 1ULL << 21,
  kLawHead = 1ULL << 22,
  kLawPrefix = 1ULL << 23,
  kTitle = 1ULL << 24,
  kRole = 1ULL << 25,
  kSay = 1ULL << 26,
  kLocative = 1ULL << 27,
  kKin = 1ULL << 28,
  kNotOrg = 1ULL << 29,
  kParticle = 1ULL << 30,
};
inline constexpr uint64_t kNamed = kCountry | kMajorCity | kCity | kSubdivision | kPlace | kGroup | kOrganisation;

struct Listed {
  uint64_t hash = 0;
  uint64_t kinds = 0;
  // Of the kinds in kNamed; a view into the lists.
  std::string_view canonical;
};

class Lists {
 public:
  static Result<std::shared_ptr<const Lists>> Load(const std::string& data_dir);

  // By the hash of a folded word or phrase (words joined by one space); null where there is none.
  const Listed* Find(uint64_t hash) const;
  // A name in capitals: by the hash of its exact spelling.
  const Listed* FindCapitals(std::string_view word) const;
  // The country, large city or people whose name is one slip away from a word that is on no list: a letter too many, one missing,
  // one wrong or two swapped. Null where there is none or more than one. `folded` is the word's folded form.
  const Listed* FindMisspelt(std::string_view folded) const;

 private:
  Lists() = default;
  Status Read(const std::string& path, std::string_view* content);
  void AddNames(std::string_view content, uint64_t kind);
  void AddTable(std::string_view content, uint64_t kind, int canonical_column);
  void AddKeywords(std::string_view content);
  void Add(std::string_view name, uint64_t kind, std::string_view canonical);
  void AddForRepair(std::string_view folded, uint32_t of);
  Listed& Slot(uint64_t hash);
  void Grow();

  std::vector<std::unique_ptr<std::string>> files_;
  std::vector<Listed> slots_;
  size_t used_ = 0;
  struct Repair {
    uint64_t hash;  // of the name with one letter left out, or of the name itself
    uint32_t name;  // index into repair_names_
  };
  std::vector<Repair> repairs_;  // sorted by hash
  struct RepairName {
    std::string folded;
    uint64_t hash;
  };
  std::vector<RepairName> repair_names_;
};

// True where `a` becomes `b` by one insertion, deletion, substitution or swap of neighbours (bytes).
bool OneSlipApart(std::string_view a, std::string_view b);

}  // namespace garner::entity_tagger
