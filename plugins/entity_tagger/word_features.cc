#include "word_features.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "garner/utf8.h"

namespace garner::entity_tagger {
namespace {

constexpr uint64_t kMixer = 0x9E3779B97F4A7C15ULL;

constexpr uint64_t Mix(uint64_t a, uint64_t b) {
  uint64_t x = (a ^ (b + kMixer + (a << 6))) * 0xD6E8FEB86659FD93ULL;
  return x ^ (x >> 32);
}

// Bits of kinds that say what a word may name.
constexpr uint32_t kNaming = kNamed | kFirstName | kSurname | kOrdinary | kFunction | kKnownSurname;
// Beside the bits of WordEvidence::Seen.
constexpr uint32_t kCapitalised = 64, kInHeadline = 128;
// A longer word is as good as told by its beginning and its end.
constexpr size_t kShapedBytes = 24;

char ClassOf(char32_t value) {
  if (value < 0x80) {
    const char c = static_cast<char>(value);
    if (c >= 'A' && c <= 'Z') return 'X';
    if (c >= 'a' && c <= 'z') return 'x';
    if (c >= '0' && c <= '9') return 'd';
    return c;
  }
  const UChar32 cp = static_cast<UChar32>(value);
  if (u_isUUppercase(cp) || u_istitle(cp)) return 'X';
  if (u_isalpha(cp)) return 'x';
  if (u_isdigit(cp)) return 'd';
  return '?';
}

// "Xx", "XX", "X.X.", "xX": runs of more than two are cut to two.
uint64_t ShapeOf(std::string_view word) {
  uint64_t shape = kHashSeed;
  char last = 0, before = 0;
  for (size_t i = 0; i < word.size() && i < kShapedBytes;) {
    const CodePoint cp = NextCodePoint(word, i);
    i += cp.size;
    const char c = ClassOf(cp.value);
    if (c == last && c == before) continue;
    before = last;
    last = c;
    shape = (shape ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  }
  return shape;
}

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// Place in a name of several words.
uint32_t PlaceIn(size_t begin, size_t end, size_t i) {
  if (begin + 1 == end) return 3;
  return i == begin ? 0 : (i + 1 == end ? 2 : 1);
}

uint32_t NumberOf(std::string_view label) {
  constexpr std::array<std::string_view, 8> kLabels = {"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "LAW"};
  return static_cast<uint32_t>(std::find(kLabels.begin(), kLabels.end(), label) - kLabels.begin()) + 1;
}

uint32_t StepOf(float confidence) { return confidence >= 0.9F ? 2 : (confidence >= 0.7F ? 1 : 0); }

}  // namespace

SentenceFeatures::SentenceFeatures(const Scene& scene, const std::vector<Name>& names, const WordEvidence& evidence,
                                   const WordClasses& classes)
    : scene_(scene), names_(names), evidence_(evidence), classes_(classes) {
  before_.word = before_.exact = before_.shape = 1;
  after_.word = after_.exact = after_.shape = 2;
}

void SentenceFeatures::Read(const TokenRange& sentence) {
  sentence_ = sentence;
  words_.clear();
  for (size_t i = sentence.begin; i < sentence.end; ++i) words_.push_back(ReadWord(i));
  ReadPhrases();
  ReadNames();
}

SentenceFeatures::Word SentenceFeatures::ReadWord(size_t i) const {
  const Token& token = scene_.tokens[i];
  const std::string_view text = View(scene_.text, token);
  Word word;
  word.glued = !token.space_before;
  word.kinds = token.kinds & ~static_cast<uint32_t>(kPrefix);
  word.exact = Hash(text);
  word.shape = ShapeOf(text);
  if (token.type == Token::kNumber) {
    word.word = word.shape + text.size();
    return word;
  }
  word.word = token.type == Token::kWord ? token.hash : word.exact;
  if (token.type != Token::kWord) return word;
  word.classes = classes_.Of(ClassKey(token, false));
  if (word.classes.fine == 0) word.classes = classes_.Of(ClassKey(token, true));
  word.seen = (token.capital ? evidence_.Of(token.hash) | kCapitalised : 0U) | (scene_.headline ? kInHeadline : 0U);
  uint64_t hash = 3;
  for (size_t k = 0; k < 4 && k < text.size(); ++k) word.head[k] = hash = Mix(hash, static_cast<unsigned char>(Lower(text[k])));
  hash = 5;
  for (size_t k = 0; k < 4 && k < text.size(); ++k)
    word.tail[k] = hash = Mix(hash, static_cast<unsigned char>(Lower(text[text.size() - 1 - k])));
  return word;
}

void SentenceFeatures::ReadPhrases() {
  for (size_t i = sentence_.begin; i < sentence_.end;) {
    const std::optional<Phrase> phrase = scene_.IsWord(i) ? scene_.Longest(i, kNamed) : std::nullopt;
    if (!phrase) {
      ++i;
      continue;
    }
    for (size_t k = i; k < std::min(phrase->end, sentence_.end); ++k)
      words_[k - sentence_.begin].phrase = (phrase->listed->kinds & kNamed) * 8 + PlaceIn(i, phrase->end, k) + 1;
    i = phrase->end;
  }
}

void SentenceFeatures::ReadNames() {
  while (next_name_ < names_.size() && names_[next_name_].end <= sentence_.begin) ++next_name_;
  for (size_t at = next_name_; at < names_.size() && names_[at].begin < sentence_.end; ++at) {
    const Name& name = names_[at];
    for (size_t k = std::max(name.begin, sentence_.begin); k < std::min(name.end, sentence_.end); ++k)
      words_[k - sentence_.begin].rule =
          static_cast<uint16_t>(NumberOf(name.label) * 16 + PlaceIn(name.begin, name.end, k) * 4 + StepOf(name.confidence));
  }
}

const SentenceFeatures::Word& SentenceFeatures::At(size_t i, int offset) const {
  const auto at = static_cast<std::ptrdiff_t>(i - sentence_.begin) + offset;
  if (at < 0) return before_;
  return at < static_cast<std::ptrdiff_t>(words_.size()) ? words_[static_cast<size_t>(at)] : after_;
}

void SentenceFeatures::Write(size_t i, FeatureList* list) const {
  const Word& pp = At(i, -2);
  const Word& p = At(i, -1);
  const Word& w = At(i, 0);
  const Word& n = At(i, 1);
  const Word& nn = At(i, 2);
  list->count = 0;
  uint64_t number = 0;
  // Each call has a number of its own, also where it adds nothing.
  const auto add = [&](uint64_t value) { list->hashes[list->count++] = Mix(++number * kMixer, value); };
  const auto add_if = [&](bool there, uint64_t value) {
    ++number;
    if (there) list->hashes[list->count++] = Mix(number * kMixer, value);
  };
  const bool first = i == sentence_.begin;
  const uint64_t form = w.shape + (first ? 1 : 0);

  add(1);
  add(w.word);
  add(w.exact);
  add(p.word);
  add(n.word);
  add(pp.word);
  add(nn.word);
  add(Mix(p.word, w.word));
  add(Mix(w.word, n.word));
  add(Mix(p.word, n.word));
  add(Mix(Mix(pp.word, p.word), w.shape));
  add(Mix(Mix(n.word, nn.word), w.shape));
  add(Mix(n.word, nn.shape));
  add(Mix(Mix(pp.shape, p.word), w.shape));
  add(form);
  add(p.shape);
  add(n.shape);
  add(Mix(p.shape, w.shape));
  add(Mix(w.shape, n.shape));
  add(Mix(Mix(p.shape, w.shape), n.shape));
  add(Mix(w.word, n.shape));
  add(Mix(p.word, w.shape));
  add(Mix(n.word, w.shape));
  for (size_t k = 0; k < 4; ++k) add_if(w.head[k] != 0, w.head[k]);
  for (size_t k = 0; k < 4; ++k) add_if(w.tail[k] != 0, w.tail[k]);
  add_if(w.tail[2] != 0, Mix(w.tail[2], form));
  add_if(n.tail[2] != 0, n.tail[2]);
  add_if(p.tail[2] != 0, p.tail[2]);

  add(Mix(w.kinds, form));
  add(Mix(w.kinds & kNaming, p.kinds & kNaming));
  add(Mix(w.kinds & kNaming, n.kinds & kNaming));
  add_if(p.kinds != 0, p.kinds);
  add_if(n.kinds != 0, n.kinds);
  add_if(w.phrase != 0, w.phrase);
  add_if(w.phrase != 0, Mix(w.phrase, form));
  add_if(p.phrase != 0, p.phrase);
  add_if(n.phrase != 0, n.phrase);

  add(w.rule);
  add(Mix(w.rule, form));
  add(Mix(p.rule, w.rule));
  add(Mix(w.rule, n.rule));
  add_if(w.rule != 0, Mix(w.rule, w.word));
  add_if(w.rule != 0, Mix(w.rule, p.word));
  add_if(w.rule != 0, Mix(w.rule, n.word));

  add_if(w.seen != 0, Mix(w.seen, form));
  add_if(w.seen != 0, Mix(w.seen, w.rule));
  add_if(p.seen != 0 && w.seen != 0, Mix(p.seen, w.seen));
  add_if(n.seen != 0 && w.seen != 0, Mix(n.seen, w.seen));

  add_if(w.classes.fine != 0, w.classes.fine);
  add_if(w.classes.fine != 0, Mix(w.classes.coarse, w.shape));
  add_if(p.classes.fine != 0, p.classes.fine);
  add_if(n.classes.fine != 0, n.classes.fine);
  add_if(pp.classes.fine != 0, pp.classes.coarse);
  add_if(nn.classes.fine != 0, nn.classes.coarse);
  add(Mix(p.classes.coarse, w.classes.coarse));
  add(Mix(w.classes.coarse, n.classes.coarse));
  add(Mix(Mix(p.classes.coarse, w.shape), n.classes.coarse));
  // "@name" and "@ name" are not the same.
  add(Mix((w.glued ? 2U : 0U) + (n.glued ? 1U : 0U), w.shape));
  add(Mix(w.glued ? 1 : 0, Mix(p.word, w.shape)));
  add(Mix(n.glued ? 1 : 0, w.word));
}

}  // namespace garner::entity_tagger
