#include "abroad.h"

#include <algorithm>
#include <initializer_list>
#include <string>

#include "calendar.h"

namespace garner::entity_tagger {
namespace {

constexpr size_t kLongestName = 6;
constexpr size_t kLongestRun = 4;
constexpr uint32_t kNoName = kFunction | kTitle | kRole | kOrgHead | kNotOrg;

bool IsAny(const Scene& scene, size_t i, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return scene.Is(i, word); });
}

bool PartOfName(const Scene& scene, size_t i) {
  if (!scene.Capital(i) || scene.tokens[i].sentence_start || scene.tokens[i].glued) return false;
  return !scene.Has(i, kFunction | kOrgHead) || scene.tokens[i].initial;
}

// "de la", "von", and the capital one of "Jean Le Goff"; but "Ana y Luis" are two.
bool Particle(const Scene& scene, size_t i) {
  if (!scene.Has(i, kParticle) || IsAny(scene, i, {"y", "e"})) return false;
  return !scene.tokens[i].capital || (scene.Capital(i + 1) && !scene.tokens[i].sentence_start);
}

// One past the name that begins at i: capitals, initials, particles between them.
size_t NameEnd(const Scene& scene, size_t i) {
  size_t at = i + 1;
  while (at < i + kLongestName) {
    size_t past = at;
    while (past < at + 3 && Particle(scene, past)) ++past;
    if (!PartOfName(scene, past)) break;
    at = past + 1;
  }
  while (at > i + 1 && scene.tokens[at - 1].initial) --at;
  return at;
}

bool Given(const Scene& scene, size_t i) {
  if (scene.tokens[i].initial) return true;
  if (IsNoName(scene.tokens[i].hash, scene.language.tongue())) return false;  // "August"
  return scene.Has(i, kFirstName) && !scene.Has(i, kNoName | kCountry);
}

bool Family(const Scene& scene, size_t i) {
  if (scene.Has(i, kKnownSurname)) return true;
  return scene.Has(i, kSurname) && !scene.Has(i, kNoName | kCountry | kMajorCity | kSubdivision);
}

// "Московской": surnames have this form too, but not often behind a lone title.
bool Adjective(const Scene& scene, size_t i) {
  const std::string_view word = scene.Word(i);
  for (const std::string_view ending : std::initializer_list<std::string_view>{"ский", "ской", "ская", "ского", "скому", "ским"})
    if (word.size() > ending.size() && word.substr(word.size() - ending.size()) == ending) return true;
  return false;
}

// No list knows the word: a name where capitals are for names.
bool Unknown(const Scene& scene, size_t i) {
  return (scene.tokens[i].kinds & ~static_cast<uint32_t>(kPrefix)) == 0 &&
         !IsNoName(scene.tokens[i].hash, scene.language.tongue());
}

bool SpeechBeside(const Scene& scene, size_t i, size_t end) {
  return (scene.Has(end, kSay) && !scene.tokens[end].capital) ||
         (i > 0 && scene.Has(i - 1, kSay) && !scene.tokens[i - 1].capital);
}

// How sure it is that tokens [i, end) name a person; 0: no.
float Confidence(const Scene& scene, size_t i, size_t end, bool titled) {
  const size_t last = end - 1;
  const bool nouns = scene.language.Is("de");  // have capitals
  if (end == i + 1) {
    if (scene.Has(i, kKnownSurname) && !AfterGermanArticle(scene, i)) return SpeechBeside(scene, i, end) || titled ? 0.8F : 0.6F;
    const bool place = scene.Has(i, kNamed) && !(scene.Has(i, kSurname) && !scene.Has(i, kCountry | kMajorCity));
    if (!titled || place || scene.Has(i, kOrdinary) || scene.Capital(end)) return 0;
    if (scene.language.cyrillic()) return Family(scene, i) && !Adjective(scene, i) ? 0.8F : 0;
    return Family(scene, i) || (!nouns && Unknown(scene, i)) ? 0.8F : 0;
  }
  for (size_t k = i + 1; nouns && k < last; ++k)
    if (!scene.Has(k, kFirstName | kSurname | kParticle) && !scene.tokens[k].initial) return 0;
  const bool family = Family(scene, last);
  if (!Given(scene, i)) {
    for (size_t k = i + 1; k < last; ++k)
      if (Given(scene, k)) return 0;  // the name begins there
    if (scene.Has(i, kNoName | kNamed) || !family) return 0;
    return titled ? 0.8F : (!nouns && scene.language.cyrillic() && Unknown(scene, i) && !scene.WeakCapital(i) ? 0.6F : 0);
  }
  if (family) return scene.Ordinary(i) && !titled ? 0.6F : 0.85F;
  if (nouns) return 0;
  bool adjacent = true;
  for (size_t k = i + 1; k < last; ++k) adjacent = adjacent && Particle(scene, k);
  return Unknown(scene, last) && adjacent ? (titled || SpeechBeside(scene, i, end) ? 0.8F : 0.6F) : 0;
}

bool CaseOfPlace(const Scene& scene, size_t i) {
  static thread_local std::string folded;
  Fold(scene.Word(i), folded);
  return FindInflected(scene.lists, scene.language, folded) != nullptr;
}

bool Connects(const Scene& scene, size_t i) {
  if (!scene.IsWord(i) || scene.tokens[i].capital) return false;
  if (scene.language.Is("de")) return scene.Is(i, "für");
  return IsAny(scene, i, {"de", "du", "des", "d'", "del", "la", "las", "los", "el", "l'", "les", "y", "et", "pour", "para"});
}

size_t PastCapitals(const Scene& scene, size_t at) {
  const size_t limit = at + kLongestRun;
  while (at < limit && scene.Capital(at) && !scene.Has(at, kFunction | kTitle) && !scene.tokens[at].sentence_start) ++at;
  return at;
}

}  // namespace

bool AfterGermanArticle(const Scene& scene, size_t i) {
  return scene.language.Is("de") && i > 0 &&
         IsAny(
             scene, i - 1,
             {"der", "die", "das", "dem", "den", "des", "ein", "eine", "einen", "einem", "einer", "eines", "kein", "im", "beim"});
}

std::optional<Name> MatchPersonAbroad(const Scene& scene, size_t i, bool titled) {
  if (!scene.Capital(i) || scene.tokens[i].glued) return std::nullopt;
  if (scene.Has(i, kFunction) && !scene.tokens[i].initial) return std::nullopt;
  if (scene.tokens[i].all_caps && !scene.Has(i, kFirstName | kSurname)) return std::nullopt;
  if (!titled && AfterGermanArticle(scene, i)) return std::nullopt;             // "den Roman Stiller"
  if (scene.language.cyrillic() && CaseOfPlace(scene, i)) return std::nullopt;  // "президентом Казахстана"
  for (size_t end = NameEnd(scene, i); end > i; --end) {
    if (scene.Has(end - 1, kParticle) && !scene.tokens[end - 1].capital) continue;
    if (const float confidence = Confidence(scene, i, end, titled); confidence > 0) return Name{i, end, "PERSON", {}, confidence};
  }
  return std::nullopt;
}

std::optional<Name> MatchOrganisationAbroad(const Scene& scene, size_t i) {
  if (!scene.Capital(i) || !scene.Has(i, kOrgHead)) return std::nullopt;
  size_t end = i + 1;
  if (scene.language.Is("de")) {
    const std::optional<Phrase> place = scene.Longest(i + 1, kMajorCity | kCity | kSubdivision);
    if (place && scene.Capital(i + 1)) return Name{i, place->end, "ORG", {}, 0.8F};
  } else {
    end = PastCapitals(scene, end);
  }
  for (int turn = 0; turn < 3; ++turn) {
    size_t at = end;
    const bool joins = scene.Is(at, "y") || scene.Is(at, "et");
    if (joins && (turn == 0 || scene.Has(end - 1, kNamed))) break;
    while (at < end + 3 && Connects(scene, at)) ++at;
    if (at == end || !scene.Capital(at) || (joins && scene.Has(at, kNamed | kOrgHead))) break;
    const size_t past = PastCapitals(scene, at);
    if (past == at) break;
    end = past;
  }
  if (end == i + 1) return std::nullopt;
  return Name{i, end, "ORG", {}, 0.75F};
}

}  // namespace garner::entity_tagger
