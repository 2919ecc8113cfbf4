#include "scene.h"

namespace garner::entity_tagger {

std::optional<Phrase> Scene::Longest(size_t i, uint32_t kinds) const {
  std::optional<Phrase> best;
  if (!IsWord(i) || (tokens[i].kinds & (kinds | kPrefix)) == 0) return best;
  if (const Listed* capitals = lists.FindCapitals(Word(i)); capitals != nullptr && (capitals->kinds & kinds) != 0)
    best = Phrase{i + 1, capitals, lists.Canonical(*capitals), true};
  uint64_t hash = kHashSeed;
  for (size_t at = i; at < size() && at < i + 10; ++at) {
    const Token& token = tokens[at];
    if (at > i && (token.type == Token::kPunctuation ? token.mark != '&' && token.mark != ',' : false)) break;
    if (at > i && token.space_before) hash = Hash(" ", hash);
    if (token.type == Token::kWord || token.type == Token::kNumber) {
      // The folded form is hashed byte by byte, as the list was.
      static thread_local std::string folded;
      Fold(View(text, token), folded);
      hash = Hash(folded, hash);
    } else if (token.type == Token::kPossessive) {
      hash = Hash(token.mark == '"' ? "'" : "'s", hash);
    } else {
      hash = Hash(std::string_view(&token.mark, 1), hash);
    }
    const Listed* listed = lists.Find(hash);
    if (listed == nullptr) {
      if (token.mark == ',' || (at + 1 < size() && !tokens[at + 1].space_before)) continue;  // keys have marks for space only
      break;
    }
    if ((listed->kinds & kinds) != 0) best = Phrase{at + 1, listed, lists.Canonical(*listed)};
    if ((listed->kinds & kPrefix) == 0) break;
  }
  return best;
}

}  // namespace garner::entity_tagger
