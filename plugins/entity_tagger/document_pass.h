// What only the whole document tells: which acronym stands for which name, whose surname a lone surname is, what a misspelt name
// means, and one canonical name for all mentions of the same thing.
//
//   DocumentPass pass(text, lists);
//   for each block: pass.AddBlock(scene, names);
//   std::vector<Mention> mentions = pass.Finish();
//
// Keeps names and left-over capitals only, so it is small beside the text. Linear but for sorting. One thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "scene.h"

namespace garner::entity_tagger {

struct Mention {
  uint64_t begin = 0;
  uint64_t end = 0;
  std::string_view label;
  std::string canonical;
  std::string value;
  float confidence = 0;
};

class DocumentPass {
 public:
  DocumentPass(std::string_view text, const Lists& lists) : text_(text), lists_(lists) {}

  // `names` are those of FindNames for this block.
  void AddBlock(const Scene& scene, const std::vector<Name>& names);
  // All mentions of names in order of place. Call once, last.
  std::vector<Mention> Finish();

 private:
  struct Found {
    Mention mention;
    uint64_t phrase = 0;  // hash of its words
    uint64_t first = 0;
    uint64_t last = 0;
    uint32_t words = 0;
    uint32_t kinds = 0;  // of its first word
    bool listed = false;
  };
  struct Leftover {
    uint64_t begin = 0;
    uint64_t end = 0;
    uint64_t hash = 0;
    uint32_t kinds = 0;
    bool weak = false;      // its capital says nothing
    bool adjacent = false;  // only a space stands between it and the one before
    bool all_caps = false;
    bool no_surname = false;  // an article makes a trade of it
  };
  struct Known {
    std::string_view label;
    std::string canonical;
    float confidence = 0;
  };

  void AddDefinition(const Scene& scene, const Name& name);
  void AddPlainDefinition(const Scene& scene, size_t bracket);
  void Vote();
  void DefineCapitals();
  void NamePersons();
  void MergeMisspeltPersons();
  void NameOthers();
  void TakeLeftovers();
  size_t TakeLeftover(size_t i);
  bool TakeRepaired(const Leftover& leftover, bool only_supported);
  void Repair(Found& found);
  const std::string* PersonOf(uint64_t surname, uint64_t before) const;
  std::string Clean(uint64_t begin, uint64_t end) const;
  bool Supported(std::string_view canonical) const { return canonicals_.count(std::string(canonical)) > 0; }

  std::string_view text_;
  const Lists& lists_;
  // One bit for each word that the document has without a capital, by its hash; in a document of very many words, for some others too.
  static constexpr size_t kLowerCaseBits = size_t{1} << 20;
  std::vector<bool> lower_case_ = std::vector<bool>(kLowerCaseBits);
  std::vector<Found> found_;
  std::vector<Leftover> leftovers_;
  std::vector<Mention> added_;
  std::unordered_map<std::string, std::string> acronyms_;  // acronym: canonical name; empty: stands for a common noun
  struct Bearer {
    uint64_t surname;
    uint64_t at;
    size_t found;  // index into found_
    bool operator<(const Bearer& other) const { return surname != other.surname ? surname < other.surname : at < other.at; }
  };
  std::vector<Bearer> bearers_;  // of each surname, in order of place
  std::unordered_map<uint64_t, Known> phrases_;
  std::unordered_map<std::string, uint32_t> canonicals_;
};

}  // namespace garner::entity_tagger
