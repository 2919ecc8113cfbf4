// What the rest of a document says about a word: whether it has a capital inside sentences, whether it occurs without one, and
// what the rules took it for elsewhere.
//
//   WordEvidence evidence;
//   for each block: evidence.AddNames(scene, names);
//   for each block: evidence.AddLowerCase(tokens);
//   uint32_t seen = evidence.Of(tokens[i].hash);
//
// One 16-byte slot a distinct capitalised word. One thread.
#pragma once

#include <cstdint>
#include <vector>

#include "scene.h"

namespace garner::entity_tagger {

class WordEvidence {
 public:
  enum Seen : uint32_t {
    kWithin = 1,     // inside a sentence, with a capital where that says something
    kLowerCase = 2,  // without one
    kFirstOfPerson = 4,
    kLastOfPerson = 8,
    kOfOrganisation = 16,
    kOfPlace = 32,
  };

  void Clear();
  // What the rules found in a block. Call for all blocks before the first AddLowerCase.
  void AddNames(const Scene& scene, const std::vector<Name>& names);
  void AddLowerCase(const Tokens& tokens);
  // Bits of Seen.
  uint32_t Of(uint64_t word) const;

 private:
  struct Slot {
    uint64_t word = 0;
    uint32_t seen = 0;
    bool used = false;
  };
  const Slot& Find(uint64_t word) const;
  void Add(uint64_t word, uint32_t seen);

  std::vector<Slot> slots_;
  size_t used_ = 0;
};

}  // namespace garner::entity_tagger
