#include "heads.h"

#include <algorithm>
#include <initializer_list>

#include "abroad.h"
#include "laws.h"

namespace garner::entity_tagger {
namespace {

constexpr size_t kLongestRun = 8;
constexpr uint32_t kHeads = kOrgHead | kFacHead | kLocHead | kGpeHead | kEventHead | kLawHead;

bool IsAny(const Scene& scene, size_t i, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return scene.Is(i, word); });
}

// A title that introduces a person ends the name before it: "Central Bank Governor Mary Okafor".
bool StartsPerson(const Scene& scene, size_t i) {
  return scene.Has(i, kTitle) && scene.Capital(i + 1) && scene.Has(i + 1, kFirstName) && !scene.Has(i + 1, kOrdinary | kHeads);
}

// One past the capitalised words from i: "&" and a possessive between two of them belong to the run.
size_t RunEnd(const Scene& scene, size_t i) {
  size_t at = i;
  while (at < i + kLongestRun) {
    if (scene.Capital(at) && !(at > i && StartsPerson(scene, at))) {
      ++at;
    } else if (at > i && scene.Mark(at, '&') && scene.Capital(at + 1)) {
      at += 2;
    } else if (at > i && at < scene.size() && scene.tokens[at].type == Token::kPossessive && scene.Capital(at + 1) &&
               IsAny(scene, at - 1,
                     {"people", "peoples", "children", "women", "men", "workers", "king", "queen", "veterans", "girls", "boys",
                      "farmers", "teachers", "writers", "players"})) {
      at += 2;
    } else {
      break;
    }
  }
  return at;
}

// An ordinary word, if also somebody's name or that of a small town.
bool Common(const Scene& scene, size_t i) {
  return scene.Has(i, kOrdinary | kHeads) && !scene.Has(i, kNamed & ~(kCity | kSubdivision));
}

// "Electoral and Boundaries Commission": two ordinary words before one head are one name, "Mali and World Bank" are two.
size_t PastAnd(const Scene& scene, size_t i, size_t run) {
  if (!scene.Is(run, "and") || !scene.Capital(run + 1) || scene.Has(run - 1, kHeads | kTitle)) return run;
  // "the Belt and Road Initiative": behind an article or owner one unknown word will do as well.
  const bool led = i > 0 && (scene.Is(i - 1, "the") || scene.tokens[i - 1].type == Token::kPossessive);
  const bool unknown = run == i + 1 && led && !scene.Has(i, kNamed & ~(kCity | kSubdivision));
  if (!Common(scene, run - 1) && !unknown) return run;
  if (!Common(scene, run + 1) || (scene.Has(run + 1, kTitle) && !scene.Has(run + 1, kHeads))) return run;
  const size_t end = RunEnd(scene, run + 1);
  for (size_t at = run + 2; at < end; ++at)
    if (scene.Has(at, kHeads)) return end;
  return run;
}

// "Road Initiative" behind "Belt and": the end of a name that began before "and". It is taken whole or not at all.
bool CutAtAnd(const Scene& scene, size_t i) {
  if (i < 2 || !scene.Is(i - 1, "and") || !scene.IsWord(i - 2) || !scene.tokens[i - 2].capital || scene.taken[i - 2])
    return false;
  const bool common = Common(scene, i) || (Common(scene, i - 2) && !scene.tokens[i - 2].sentence_start);
  return common && !scene.Has(i - 2, kHeads | kNamed | kTitle | kFunction);
}

// Past "of X", "for X and Y", "of the X of Y" behind a head.
size_t Extend(const Scene& scene, size_t end) {
  for (int turn = 0; turn < 4; ++turn) {
    size_t at = end;
    const bool joins = scene.Is(at, "and") || scene.Mark(at, '&');
    if (!joins && !IsAny(scene, at, {"of", "for", "on", "against"})) break;
    if (joins && turn == 0) break;
    ++at;
    if (scene.Is(at, "the")) ++at;
    if (!scene.Capital(at) || scene.tokens[at].sentence_start) break;
    const size_t run = RunEnd(scene, at);
    if (joins) {
      // "Ministry of Health and Social Affairs", but "University of Leeds and Oxford University", "Bank of Ghana and Kenya".
      const auto stops = [&](size_t k) { return scene.Has(k, kOrgHead | kTitle | kFirstName) && !scene.Has(k, kOrdinary); };
      bool apart = scene.Has(end - 1, kNamed) || scene.Has(at, kNamed & ~(kCity | kSubdivision)) || scene.Has(at, kTitle);
      // "Department of Health and Human Services": a head word that ordinary words lead to is the same name's.
      const bool common = Common(scene, end - 1) && Common(scene, at) && run > at + 1;
      for (size_t k = at; k < run && !common; ++k) apart = apart || stops(k) || scene.Has(k, kOrgHead);
      if (apart) break;
    }
    // A country ends the name: "Bank of Japan Governor ...".
    if (const std::optional<Phrase> country = scene.Longest(at, kCountry); country && country->end <= run) {
      end = country->end;
      break;
    }
    size_t stop = at;
    while (stop < run && !(stop > at && scene.Has(stop, kTitle) && !scene.Has(stop, kHeads))) ++stop;
    end = stop;
  }
  return end;
}

std::string_view LabelOf(uint32_t kinds) {
  if ((kinds & kLawHead) != 0) return "LAW";
  if ((kinds & kEventHead) != 0) return "EVENT";
  if ((kinds & kOrgHead) != 0) return "ORG";
  if ((kinds & kFacHead) != 0) return "FAC";
  if ((kinds & kLocHead) != 0) return "LOC";
  return "GPE";
}

bool TakesOf(uint32_t kinds) { return (kinds & (kOrgOf | kLawHead)) != 0; }

// "Republic of Ghana", "Battle of Adwa", "Hurricane Ida", "Lake Turkana".
std::optional<Name> FromPrefix(const Scene& scene, size_t i) {
  const std::optional<Phrase> prefix = scene.Longest(i, kLocPrefix | kGpePrefix | kEventPrefix | kLawPrefix);
  if (!prefix) return std::nullopt;
  size_t at = prefix->end;
  const uint32_t kinds = prefix->listed->kinds;
  const bool of = scene.Is(at - 1, "of") || scene.Is(at - 1, "on");
  if (of && scene.Is(at, "the")) ++at;
  if (!scene.Capital(at) || (at == i + 1 && scene.tokens[at].sentence_start)) return std::nullopt;
  if (!of && at != i + 1 && (kinds & kEventPrefix) == 0) return std::nullopt;
  if ((kinds & kGpePrefix) != 0) {
    const std::optional<Phrase> place = scene.Longest(at, kCountry | kMajorCity | kCity | kSubdivision);
    if (!place) return std::nullopt;
    return Name{i, place->end, "GPE", place->canonical, 0.9F};
  }
  const std::string_view label = (kinds & kLocPrefix) != 0 ? "LOC" : (kinds & kEventPrefix) != 0 ? "EVENT" : "LAW";
  size_t end = std::min(RunEnd(scene, at), at + (of ? 4 : 1));
  if (label == "LOC" && scene.Has(at, kHeads & ~kLocHead)) return std::nullopt;
  if (label == "LOC" && scene.Ordinary(at) && scene.headline) return std::nullopt;
  if (label == "LAW") end = Extend(scene, end);
  return Name{i, end, label, {}, 0.85F};
}

std::optional<Name> Company(const Scene& scene, size_t i, size_t run) {
  for (size_t at = i + 1; at < run; ++at)
    if (scene.Has(at, kOrgSuffix) && !scene.Has(i, kFunction)) return Name{i, at + 1, "ORG", {}, 0.9F};
  // "Acme, Inc."
  if (scene.Mark(run, ',') && scene.Has(run + 1, kOrgSuffix) && scene.Capital(run + 1) && run > i && !scene.Has(i, kFunction))
    return Name{i, run + 2, "ORG", {}, 0.9F};
  return std::nullopt;
}

// "Volkswagen AG" and what abroad.h knows.
std::optional<Name> HeadAbroad(const Scene& scene, size_t i) {
  if (!scene.Capital(i) || scene.Has(i, kFunction | kTitle | kRole)) return std::nullopt;
  const size_t run = RunEnd(scene, i);
  const bool nouns = scene.language.Is("de");
  if (std::optional<Name> company = Company(scene, i, run); company && (!nouns || company->end <= i + 3)) return company;
  return MatchOrganisationAbroad(scene, i);
}

// The second word of "Grand Prix" behind a name.
bool EndsEvent(const Scene& scene, size_t i, size_t at) {
  if (at < i + 2 || !scene.Has(at - 1, kPrefix)) return false;
  const std::optional<Phrase> phrase = scene.Longest(at - 1, kEventHead);
  return phrase && phrase->end == at + 1;
}

// "Penal Code" and "Kyoto Protocol" are laws, "Promo Code" and "Business Law" are not: words for much else need a word of the law
// or a place before them, or say what they are of.
bool NamesALaw(const Scene& scene, size_t i, size_t head) {
  if (!IsAny(scene, head, {"code", "protocol", "law", "laws", "agreement", "regulation", "bill", "pact", "regulations"}))
    return true;
  if (head == i || IsAny(scene, head + 1, {"of", "on"})) return scene.Is(head + 1, "of") || scene.Is(head + 1, "on");
  constexpr uint32_t kPlaces = kCountry | kMajorCity | kCity | kSubdivision | kGroup;
  for (size_t at = i; at < head; ++at) {
    if (scene.Has(at, kPlaces) && !scene.Has(at, kOrdinary)) return true;
    if (IsAny(scene, at, {"penal",          "criminal",  "civil",       "electrical",  "building",    "plumbing",
                          "labor",          "labour",    "tax",         "fire",        "family",      "commercial",
                          "revenue",        "procedure", "vehicle",     "education",   "electoral",   "election",
                          "constitutional", "uniform",   "military",    "martial",     "sharia",      "trade",
                          "peace",          "ceasefire", "accession",   "partnership", "withdrawal",  "association",
                          "protection",     "federal",   "national",    "immigration", "citizenship", "appropriations",
                          "infrastructure", "rights",    "reform",      "media",       "land",        "basic",
                          "climate",        "maritime",  "extradition", "nuclear",     "security",    "state",
                          "fisheries",      "health",    "safety",      "framework"}))
      return true;
  }
  return false;
}

// A surname that is also a head word: "Rebecca Hall".
bool LooksLikePerson(const Scene& scene, size_t i, size_t head, uint32_t kinds) {
  if (head != i + 1 || (kinds & kOrgHead) != 0) return false;
  if ((kinds & kEventHead) != 0 && !scene.Has(head, kSurname)) return false;  // "Rio Olympics"
  return scene.Has(i, kFirstName) && !scene.Has(i, kOrdinary | kCountry | kMajorCity) &&
         !IsAny(scene, head,
                {"airport", "bridge", "stadium", "street", "avenue", "river", "island", "islands", "mountains", "province",
                 "county", "oblast", "desert", "cathedral", "airfield"});
}

}  // namespace

std::optional<Name> MatchHead(const Scene& scene, size_t i) {
  if (!scene.english()) return HeadAbroad(scene, i);
  const bool counted = IsAny(scene, i, {"first", "second"}) && scene.Is(i + 1, "world");  // "Second World War"
  if (!scene.Capital(i) || (scene.Has(i, kFunction) && !counted)) return std::nullopt;
  if (std::optional<Name> name = FromPrefix(scene, i)) return name;
  const size_t run = PastAnd(scene, i, RunEnd(scene, i));
  if (std::optional<Name> company = Company(scene, i, run)) return company;

  size_t head = scene.size();
  for (size_t at = run; at-- > i;) {
    if (!scene.Has(at, kHeads) && !EndsEvent(scene, i, at)) continue;
    if (at == i && !(TakesOf(scene.tokens[at].kinds) && IsAny(scene, at + 1, {"of", "for", "on"}))) continue;
    // "Foreign Minister Park ...": a title makes a surname of it.
    if (at > i && scene.Has(at - 1, kTitle) && scene.Capital(at + 1) && !scene.Has(at, kOrgHead)) continue;
    head = at;
    break;
  }
  if (head == scene.size() || CutAtAnd(scene, i)) return std::nullopt;
  const uint32_t kinds = scene.Has(head, kHeads) ? scene.tokens[head].kinds : uint32_t{kEventHead};
  const std::string_view label = LabelOf(kinds);
  if (LooksLikePerson(scene, i, head, kinds)) return std::nullopt;
  if (label == "LAW" && !NamesALaw(scene, i, head)) return std::nullopt;
  size_t end = head + 1;
  if (TakesOf(kinds) || (label == "FAC" && scene.Is(end, "of"))) end = Extend(scene, end);
  if (label == "EVENT" && IsAny(scene, end, {"i", "ii", "iii"}) && scene.Capital(end)) ++end;
  if (label == "LAW" && end > i + 1) end = PastYearOfLaw(scene, end);
  if (end == i + 1) return std::nullopt;
  if (head == i && scene.headline) return std::nullopt;
  // "Many Schools", "Other Parties": an ordinary word that opens the sentence says nothing before an ordinary head.
  if (end == i + 2 && head == i + 1 && scene.WeakCapital(i) && scene.Ordinary(i) && scene.Ordinary(head) && scene.headline)
    return std::nullopt;
  return Name{i, end, label, {}, 0.85F};
}

}  // namespace garner::entity_tagger
