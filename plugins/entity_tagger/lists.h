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
enum Kind : uint32_t {
  kPrefix = 1U << 0,  // the beginning of a longer phrase
  kOrdinary = 1U << 1,
  kFunction = 1U << 2,
  kFirstName = 1U << 3,
  kSurname = 1U << 4,
  kCountry = 1U << 5,
  kMajorCity = 1U << 6,
  kCity = 1U << 7,
  kSubdivision = 1U << 8,
  kPlace = 1U << 9,
  kGroup = 1U << 10,
  kOrganisation = 1U << 11,
  kOrgHead = 1U << 12,
  kOrgSuffix = 1U << 13,
  kOrgOf = 1U << 14,
  kFacHead = 1U << 15,
  kLocHead = 1U << 16,
  kLocPrefix = 1U << 17,
  kGpeHead = 1U << 18,
  kGpePrefix = 1U << 19,
  kEventHead = 1U << 20,
  kEventPrefix = 1U << 21,
  kLawHead = 1U << 22,
  kLawPrefix = 1U << 23,
  kTitle = 1U << 24,
  kRole = 1U << 25,
  kSay = 1U << 26,
  kLocative = 1U << 27,
  kKin = 1U << 28,
  kNotOrg = 1U << 29,
  kParticle = 1U << 30,
  kKnownSurname = 1U << 31,
};
inline constexpr uint32_t kNamed = kCountry | kMajorCity | kCity | kSubdivision | kPlace | kGroup | kOrganisation;

struct Listed {
  uint64_t hash = 0;
  uint32_t kinds = 0;
  uint32_t canonical = 0;  // see Lists::Canonical
};

class Lists {
 public:
  static Result<std::shared_ptr<const Lists>> Load(const std::string& data_dir);

  // By the hash of a folded word or phrase (words joined by one space); null where there is none.
  const Listed* Find(uint64_t hash) const;
  // The canonical name of an entry with one of the kinds in kNamed, else empty. A view into the lists.
  std::string_view Canonical(const Listed& listed) const { return canonicals_[listed.canonical]; }
  // A name in capitals: by the hash of its exact spelling.
  const Listed* FindCapitals(std::string_view word) const;
  // The country, large city or people whose name is one slip away from a word that is on no list: a letter too many, one missing,
  // one wrong or two swapped, or letters doubled wrongly. Null where there is none or more than one. `folded` is the word's
  // folded form.
  const Listed* FindMisspelt(std::string_view folded) const;

 private:
  Lists() = default;
  Status Read(const std::string& path, std::string_view* content);
  void AddNames(std::string_view content, uint32_t kind);
  void AddTable(std::string_view content, uint32_t kind, int canonical_column);
  void AddKeywords(std::string_view content);
  void AddLanguages(std::string_view content);
  void Add(std::string_view name, uint32_t kind, std::string_view canonical);
  void AddForRepair(std::string_view folded, uint32_t of);
  struct Pending {
    uint64_t hash = 0;
    uint32_t kinds = 0;
    std::string_view canonical;
  };
  void Put(uint64_t hash, uint32_t kinds, std::string_view canonical);
  void Flush();
  void Apply(const Pending& pending);
  Listed& Slot(uint64_t hash);
  void Grow();

  std::vector<std::unique_ptr<std::string>> files_;
  std::vector<Listed> slots_;
  std::vector<std::string_view> canonicals_{std::string_view()};
  size_t used_ = 0;
  static constexpr size_t kInFlight = 16;
  Pending pending_[kInFlight];
  size_t put_ = 0;
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
