// The names and words that the rules know, from the compiled file of the plugin's lists.
//
//   Result<std::shared_ptr<const Lists>> lists = Lists::Load(data_dir);
//   const Listed* entry = (*lists)->Find(Hash("ghana"));
//
// The file is mapped and never copied; those who load the same folder share one mapping, and processes share its pages. The build
// makes it of the text files in data/ (compile_lists.cc). Load checks the whole of it and fails, with a message, where it is
// missing, cut off or anything else. Immutable, so safe from any thread. Phrases are found by 64 bits of hash alone, 40 of them
// in the slot: a false hit is rarer than a broken memory cell, and the worst it can do is a wrong mark.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "garner/status.h"
#include "list_format.h"
#include "mapped_file.h"

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

// What is known of a key. Numbers are those of strings.
struct Listed {
  uint32_t kinds = 0;
  uint32_t canonical = 0;  // see Lists::Canonical
  uint32_t code = 0;       // see Lists::Code
};

struct PlaceCode {
  std::string_view value;    // ISO 3166 ("FR", "US-CA"), or "geonames:" and a number
  std::string_view country;  // ISO 3166-1: the one it lies in
};

class Lists {
 public:
  static Result<std::shared_ptr<const Lists>> Load(const std::string& data_dir);
  // Over bytes that begin at a multiple of 8 and outlive the lists; `name` stands in messages.
  static Result<Lists> Parse(std::string_view bytes, const std::string& name);

  // By the hash of a folded word or phrase (words joined by one space); null where there is none.
  const Listed* Find(uint64_t hash) const;
  // The canonical name of an entry with one of the kinds in kNamed, else empty. A view into the lists.
  std::string_view Canonical(const Listed& listed) const { return String(listed.canonical); }
  // What identifies a place everywhere; empty where nothing is known or several have the name.
  PlaceCode Code(const Listed& listed) const;
  // The place that has this canonical name; null where there is none.
  const Listed* FindPlace(std::string_view canonical) const;
  // A name in capitals: by the hash of its exact spelling.
  const Listed* FindCapitals(std::string_view word) const { return Find(CapitalsKey(word)); }
  // The country, large city or people whose name is one slip away from a word that is on no list: a letter too many, one missing,
  // one wrong or two swapped, or letters doubled wrongly. Null where there is none or more than one. `folded` is the word's
  // folded form.
  const Listed* FindMisspelt(std::string_view folded) const;

 private:
  Lists() = default;
  std::string_view String(uint32_t number) const {
    const uint32_t begin = number == 0 ? 0 : ends_[number - 1];
    return strings_.substr(begin, ends_[number] - begin);
  }
  std::string Wrong() const;

  MappedFile file_;
  ListsHeader header_{};
  const uint64_t* slots_ = nullptr;
  const Listed* entries_ = nullptr;
  const Repair* repairs_ = nullptr;
  const RepairName* repair_names_ = nullptr;
  const uint32_t* ends_ = nullptr;
  std::string_view strings_;
};

// True where `a` becomes `b` by one insertion, deletion, substitution or swap of neighbours (bytes).
bool OneSlipApart(std::string_view a, std::string_view b);

}  // namespace garner::entity_tagger
