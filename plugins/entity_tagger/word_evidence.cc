#include "word_evidence.h"

#include <algorithm>

namespace garner::entity_tagger {
namespace {

constexpr size_t kFirstSlots = 256;

uint32_t SeenAs(const Name& name, size_t i) {
  if (name.label == "PERSON") {
    return (i == name.begin && name.end > name.begin + 1 ? WordEvidence::kFirstOfPerson : 0U) |
           (i + 1 == name.end && name.end > name.begin + 1 ? WordEvidence::kLastOfPerson : 0U);
  }
  if (name.label == "ORG") return WordEvidence::kOfOrganisation;
  if (name.label == "GPE" || name.label == "LOC" || name.label == "FAC") return WordEvidence::kOfPlace;
  return 0;
}

}  // namespace

void WordEvidence::Clear() {
  slots_.assign(kFirstSlots, Slot());
  used_ = 0;
}

const WordEvidence::Slot& WordEvidence::Find(uint64_t word) const {
  const size_t mask = slots_.size() - 1;
  size_t at = (word ^ (word >> 32)) & mask;
  while (slots_[at].used && slots_[at].word != word) at = (at + 1) & mask;
  return slots_[at];
}

void WordEvidence::Add(uint64_t word, uint32_t seen) {
  if (slots_.empty()) Clear();
  if ((used_ + 1) * 2 > slots_.size()) {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& slot : old)
      if (slot.used) const_cast<Slot&>(Find(slot.word)) = slot;
  }
  Slot& slot = const_cast<Slot&>(Find(word));
  used_ += slot.used ? 0 : 1;
  slot = {word, slot.seen | seen, true};
}

void WordEvidence::AddNames(const Scene& scene, const std::vector<Name>& names) {
  size_t next = 0;
  for (size_t i = 0; i < scene.size(); ++i) {
    while (next < names.size() && names[next].end <= i) ++next;
    const Token& token = scene.tokens[i];
    if (token.type != Token::kWord || !token.capital) continue;
    const bool named = next < names.size() && names[next].begin <= i;
    Add(token.hash, (named ? SeenAs(names[next], i) : 0U) | (scene.WeakCapital(i) || token.all_caps ? 0U : kWithin));
  }
}

void WordEvidence::AddLowerCase(const Tokens& tokens) {
  if (used_ == 0) return;
  for (const Token& token : tokens) {
    if (token.type != Token::kWord || token.capital) continue;
    Slot& slot = const_cast<Slot&>(Find(token.hash));
    if (slot.used) slot.seen |= kLowerCase;
  }
}

uint32_t WordEvidence::Of(uint64_t word) const { return used_ == 0 ? 0 : Find(word).seen; }

}  // namespace garner::entity_tagger
