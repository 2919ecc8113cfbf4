#include "persons.h"

#include "abroad.h"
#include "calendar.h"

namespace garner::entity_tagger {
namespace {

constexpr size_t kLongestName = 6;
constexpr uint32_t kHeads = kOrgHead | kFacHead | kLocHead | kGpeHead | kEventHead | kLawHead;

bool PartOfName(const Scene& scene, size_t i) {
  if (!scene.Capital(i) || scene.tokens[i].sentence_start) return false;
  if (scene.Has(i, kFunction | kNotOrg) && !scene.Has(i, kFirstName | kSurname)) return false;
  if (scene.Has(i, kGroup) && !scene.Has(i, kSurname | kFirstName)) return false;
  return true;
}

// One past the name that begins at i: capitals, initials, particles between them.
size_t NameEnd(const Scene& scene, size_t i) {
  size_t at = i + 1;
  while (at < i + kLongestName) {
    if (PartOfName(scene, at)) {
      // "Maria Keller University" is none of hers.
      if (at > i + 1 && scene.Has(at, kTitle) && !scene.Has(at, kSurname)) break;
      ++at;
      continue;
    }
    size_t past = at;
    while (past < at + 3 && scene.Has(past, kParticle) && !scene.tokens[past].capital) ++past;
    if (past == at || !PartOfName(scene, past)) break;
    at = past + 1;
  }
  // A full stop after the last initial ends the sentence more often than a name.
  while (at > i + 1 && scene.tokens[at - 1].initial) --at;
  return at;
}

// "said X Y", "the company's founder, X Y".
bool PersonPrecedes(const Scene& scene, size_t i) {
  if (i > 0 && scene.Has(i - 1, kSay) && !scene.tokens[i - 1].capital) return true;
  return i > 1 && scene.Mark(i - 1, ',') && scene.Has(i - 2, kTitle | kRole) && !scene.tokens[i - 2].capital;
}

// "X Y said", "X Y, head of ...", "X Y (31)", "X Y, 31,".
bool PersonFollows(const Scene& scene, size_t end) {
  if (scene.Has(end, kSay) && !scene.tokens[end].capital) return true;
  if (!scene.Mark(end, ',')) return scene.Is(end, "who");
  size_t at = end + 1;
  if (at < scene.size() && scene.tokens[at].type == Token::kNumber && scene.tokens[at].end - scene.tokens[at].begin == 2 &&
      scene.Mark(at + 1, ','))
    return true;
  for (int skip = 0; skip < 4 && at < scene.size(); ++skip, ++at) {
    if (scene.tokens[at].type == Token::kPossessive) continue;
    if (!scene.IsWord(at)) return false;
    if (scene.Has(at, kRole | kTitle) && (!scene.tokens[at].capital || skip == 0 || scene.Has(at, kTitle))) return true;
    if (scene.Has(at, kFunction) && skip > 0 && !scene.Is(at, "the") && !scene.Is(at, "a")) return false;
  }
  return false;
}

bool Plain(const Scene& scene, size_t i) {
  return !scene.Has(i, kOrdinary | kFunction | kNamed | kHeads | kNotOrg | kTitle) &&
         !IsNoName(scene.tokens[i].hash, scene.language.tongue());
}

bool HasHead(const Scene& scene, size_t begin, size_t end) {
  for (size_t i = begin; i < end; ++i)
    if (scene.Has(i, kHeads) && !scene.Has(i, kFirstName | kSurname)) return true;
  return false;
}

// "Putin says", "Merkel's call", "under Mandela": a surname that stands for one widely known person.
float KnownAlone(const Scene& scene, size_t i) {
  if (!scene.Has(i, kKnownSurname) || scene.Has(i, kOrdinary | kNamed) || scene.Capital(i + 1)) return 0;
  if (i > 0 && scene.IsWord(i - 1) && scene.tokens[i - 1].capital && !scene.tokens[i - 1].sentence_start) return 0;
  const bool owns = i + 1 < scene.size() && scene.tokens[i + 1].type == Token::kPossessive;
  if (owns || PersonPrecedes(scene, i) || PersonFollows(scene, i + 1)) return 0.75F;
  const bool led = i > 0 && scene.Has(i - 1, kFunction) && !scene.Is(i - 1, "the") && !scene.Is(i - 1, "a");
  return led ? 0.6F : 0.5F;
}

// How sure it is that tokens [i, end) name a person; 0: no.
float Confidence(const Scene& scene, size_t i, size_t end, bool titled) {
  const size_t words = end - i;
  const size_t last = end - 1;
  const bool first_name = scene.Has(i, kFirstName);
  const bool ordinary = scene.Has(i, kOrdinary | kFunction);
  const bool weak = scene.WeakCapital(i);
  const bool surname = scene.Has(last, kSurname);
  const bool place = scene.Has(i, kCountry | kMajorCity);
  if (titled)
    return scene.Has(i, kNamed & ~(kCity | kMajorCity)) && !first_name && !surname
               ? 0
               : (ordinary && !first_name && words == 1 ? 0 : 0.9F);
  if (words >= 2) {
    if (HasHead(scene, i + 1, end)) return 0;
    const bool named_last = scene.Has(last, kCountry) && !surname;
    if (named_last) return 0;
    if (scene.tokens[i].initial) return scene.Ordinary(last) && !surname ? 0 : 0.85F;
    if (first_name && !ordinary && !place) return scene.Ordinary(last) && weak && !surname ? 0.45F : 0.9F;
    if (first_name && place) return surname && !scene.Has(last, kOrdinary | kNamed) ? 0.8F : 0;
    if (first_name && ordinary) return (surname && !scene.Ordinary(last)) ? 0.8F : (weak || scene.Ordinary(last) ? 0 : 0.45F);
    const bool context = PersonPrecedes(scene, i) || PersonFollows(scene, end);
    if (Plain(scene, i) && surname && !scene.headline) return context ? 0.85F : 0.6F;
    bool plain = true;
    for (size_t k = i; k < end; ++k) plain = plain && (Plain(scene, k) || (k > i && scene.Has(k, kParticle)));
    if (context && plain) return 0.8F;
    if (plain && scene.english() && !scene.headline && words <= 3) return 0.4F;
    return 0;
  }
  if (scene.headline) return 0;
  if (const CalendarWord* word = LookUp(scene.tokens[i].hash, scene.language.tongue());
      word != nullptr && (word->type == CalendarWord::kMonth || word->type == CalendarWord::kWeekday))
    return 0;  // "a single warm August"
  if (const float known = KnownAlone(scene, i); known > 0) return known;
  const bool context = PersonFollows(scene, end) || PersonPrecedes(scene, i);
  if (first_name && !ordinary && !scene.Has(i, kNamed) && (!weak || context)) return context ? 0.85F : 0.55F;
  if (context && surname && !ordinary && !scene.Has(i, kNamed)) return 0.75F;
  return 0;
}

}  // namespace

size_t PastTitle(const Scene& scene, size_t i) {
  // "former President", "leader Mr.": titles come in rows.
  size_t past = i;
  while (!scene.english() && past < i + 4 && scene.Has(past, kTitle)) ++past;
  if (!scene.english()) return past;
  for (int turn = 0; turn < 4; ++turn) {
    const std::optional<Phrase> title = scene.Longest(past, kTitle);
    if (!title) break;
    past = title->end;
  }
  return past;
}

std::optional<Name> MatchPerson(const Scene& scene, size_t i, bool titled) {
  if (!scene.english()) return MatchPersonAbroad(scene, i, titled);
  if (!scene.Capital(i) || scene.tokens[i].glued) return std::nullopt;
  const Token& first = scene.tokens[i];
  if (scene.Has(i, kFunction) && scene.WeakCapital(i)) return std::nullopt;  // "In Mensah's view"
  if (first.all_caps && !scene.Has(i, kFirstName | kSurname)) return std::nullopt;
  if (scene.headline && scene.Ordinary(i) && !scene.Has(i, kFirstName)) return std::nullopt;
  size_t end = NameEnd(scene, i);
  for (size_t k = titled ? i + 1 : i + 2; scene.headline && k < end; ++k)
    if (scene.Has(k, kOrdinary | kFunction | kNamed)) end = k;  // "Maria Okafor Visits Leeds"
  // Shorten where the longer name does not convince: "Angela Merkel Monday", "Kofi Annan Foundation".
  for (; end > i; --end) {
    if (end < i + 1) break;
    const CalendarWord* word = LookUp(scene.tokens[end - 1].hash, scene.language.tongue());
    const bool calendar = word != nullptr && end - 1 > i &&
                          (word->type == CalendarWord::kMonth || word->type == CalendarWord::kWeekday) && word->language == 'e';
    if (calendar) continue;
    if (scene.Has(end - 1, kParticle) && !scene.tokens[end - 1].capital) continue;
    const float confidence = Confidence(scene, i, end, titled);
    if (confidence > 0) return Name{i, end, "PERSON", {}, confidence};
    if (end == i + 1) break;
  }
  return std::nullopt;
}

}  // namespace garner::entity_tagger
