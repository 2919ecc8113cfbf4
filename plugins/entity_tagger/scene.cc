#include "scene.h"

namespace garner::entity_tagger {
namespace {

// What lists of one language's names have.
constexpr uint32_t kForeignKinds = kCountry | kMajorCity;

}  // namespace

std::optional<Phrase> Scene::Longest(size_t i, uint32_t kinds) const {
  std::optional<Phrase> best;
  if (!IsWord(i) || (tokens[i].kinds & (kinds | kPrefix)) == 0) return best;
  // What a name means in the text's own language comes before what it means elsewhere.
  if ((kinds & kForeignKinds) != 0 && !english()) best = LongestFrom(i, kinds & kForeignKinds, language.seed);
  const std::optional<Phrase> common = LongestFrom(i, kinds, kHashSeed);
  return !best || (common && common->end > best->end) ? common : best;
}

std::optional<Phrase> Scene::LongestFrom(size_t i, uint32_t kinds, uint64_t seed) const {
  std::optional<Phrase> best;
  const bool own = seed != kHashSeed;
  if (const Listed* capitals = own ? nullptr : lists.FindCapitals(Word(i)); capitals != nullptr && (capitals->kinds & kinds) != 0)
    best = Phrase{i + 1, capitals, lists.Canonical(*capitals), true, false};
  uint64_t hash = seed;
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
    if ((listed->kinds & kinds) != 0) best = Phrase{at + 1, listed, lists.Canonical(*listed), false, own};
    if ((listed->kinds & kPrefix) == 0) break;
  }
  return best;
}

}  // namespace garner::entity_tagger
