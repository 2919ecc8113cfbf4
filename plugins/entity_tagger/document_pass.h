// What only the whole document tells: which acronym stands for which name, whose surname a lone surname is, what a misspelt name
// means, and one canonical name for all mentions of the same thing.
//
//   DocumentPass pass(text, lists);
//   for each block: pass.AddBlock(scene, names);
//   pass.Finish(&mentions);
//
// Keeps names and left-over capitals only, in few bytes each, so it is small beside the text. Linear but for sorting. One thread.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "canonical_names.h"
#include "leftovers.h"
#include "scene.h"

namespace garner::entity_tagger {

struct Mention {
  uint64_t begin = 0;
  uint64_t end = 0;
  std::string_view label;
  std::string canonical;
  std::string value;
  float confidence = 0;
  bool own = false;  // on a list of the user's own
};

class DocumentPass {
 public:
  DocumentPass(std::string_view text, const Lists& lists);

  // `names` are those of this block, in order of place: what stands on lists of the user's own is never changed.
  void AddBlock(const Scene& scene, const std::vector<Name>& names);
  // Adds all mentions of names, in order of place. Call once, last.
  void Finish(std::vector<Mention>* mentions);

 private:
  // A name in the text. There may be hundreds of thousands: nothing here is larger than it must be.
  struct Found {
    uint64_t begin = 0;
    uint64_t phrase = 0;  // hash of its words
    uint64_t first = 0;
    uint64_t last = 0;
    uint32_t length = 0;
    uint32_t canonical = 0;  // its number
    uint32_t words = 0;
    uint32_t kinds = 0;  // of its first word
    float confidence = 0;
    uint8_t label = 0;  // index into labels_
    bool listed = false;
    bool own = false;
  };
  struct Known {
    uint32_t canonical = 0;
    float confidence = 0;
    uint8_t label = 0;
  };

  uint8_t LabelNumber(std::string_view label);
  void Adopt(uint64_t begin, uint64_t end, uint8_t label, uint32_t canonical, float confidence);
  void AddDefinition(const Scene& scene, const Name& name);
  void AddPlainDefinition(const Scene& scene, size_t bracket);
  bool ListedOrganisation(std::string_view name) const;
  void Vote();
  void DefineCapitals();
  void NamePersons();
  void MergeMisspeltPersons();
  void NameOthers();
  void TakeLeftovers();
  void DoubtPlaces();
  std::string_view CodeOf(const Found& found) const;
  size_t TakeLeftover(LeftoverReader& leftovers);
  bool TakeRepaired(uint64_t begin, uint64_t end, bool only_supported);
  void Repair(Found& found);
  const uint32_t* PersonOf(uint64_t surname, uint64_t before) const;
  std::string Clean(uint64_t begin, uint64_t end) const;
  std::string_view TextOf(const Found& found) const { return text_.substr(found.begin, found.length); }

  std::string_view text_;
  const Lists& lists_;
  // One bit for each word that the document has without a capital, by its hash, and for a few others too; WordEvidence knows that of a stretch only.
  static constexpr size_t kLowerCaseBitsPerByte = 16, kMostLowerCaseBits = size_t{1} << 20;
  std::vector<bool> lower_case_;
  CanonicalNames names_;
  std::vector<std::string_view> labels_;
  std::deque<Found> found_;  // grows without being copied
  std::deque<Found> added_;
  std::vector<Leftover> of_block_;  // until the block's definitions are known
  LeftoverLog leftovers_;
  std::unordered_map<std::string, uint32_t> acronyms_;  // acronym: canonical name; kNothing: stands for a common noun
  struct Bearer {
    uint64_t surname;
    uint64_t at;
    size_t found;  // index into found_
    bool operator<(const Bearer& other) const { return surname != other.surname ? surname < other.surname : at < other.at; }
  };
  std::vector<Bearer> bearers_;  // of each surname, in order of place
  std::unordered_map<uint64_t, Known> phrases_;
  std::vector<float> surest_;    // by number of the canonical name of a place
  std::vector<bool> doubted_;    // by number of the canonical name: may be another place of this name
  std::vector<bool> supported_;  // by number of the canonical name: listed, and in the document in its right form
};

}  // namespace garner::entity_tagger
