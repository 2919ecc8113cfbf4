#include "names.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "heads.h"
#include "laws.h"
#include "persons.h"

namespace garner::entity_tagger {
namespace {

// The label of a listed phrase, where it is several things at once in this order.
std::string_view LabelOf(uint32_t kinds) {
  if ((kinds & (kCountry | kMajorCity)) != 0) return "GPE";
  if ((kinds & kGroup) != 0) return "NORP";
  if ((kinds & kOrganisation) != 0) return "ORG";
  if ((kinds & kPlace) != 0) return "LOC";
  return "GPE";
}

bool LedByLocative(const Scene& scene, size_t i) {
  if (i == 0) return false;
  if (scene.Has(i - 1, kLocative)) return true;
  return scene.Is(i - 1, "the") && i >= 2 && scene.Has(i - 2, kLocative);
}

bool IsSpokenIn(const Language& language, std::string_view country) {
  struct Home {
    std::string_view language, countries;
  };
  constexpr Home kHomes[] = {{"de", "AT CH DE LI LU"},
                             {"es", "AR BO CL CO CR CU DO EC ES GT HN MX NI PA PE PR PY SV UY VE"},
                             {"fr", "BE BF BJ CA CD CG CH CI CM FR GA GN HT LU MC MG ML NE SN TD TG"},
                             {"it", "CH IT SM"},
                             {"nl", "BE NL SR"},
                             {"pl", "PL"},
                             {"pt", "AO BR CV MZ PT"},
                             {"tr", "CY TR"}};
  return country.size() == 2 && std::any_of(std::begin(kHomes), std::end(kHomes), [&](const Home& home) {
           return language.Is(home.language) && home.countries.find(country) != std::string_view::npos;
         });
}

// ", Country" or ", Subdivision" behind a place.
bool CountryFollows(const Scene& scene, size_t end) {
  if (!scene.Mark(end, ',') || !scene.Capital(end + 1)) return false;
  const std::optional<Phrase> place = scene.Longest(end + 1, kCountry | kSubdivision | kMajorCity);
  return place.has_value();
}

// What stands before a hyphen in the place of a people's own name.
bool IsCombiningForm(std::string_view word) {
  constexpr std::string_view kForms[] = {"Afro",  "Anglo",   "Arabo", "Austro", "Euro", "Franco", "Gallo", "Germano", "Greco", "Hispano", "Ibero",
                                         "Indo",  "Israelo", "Italo", "Luso",   "Pan",  "Polono", "Russo", "Serbo",   "Sino",  "Turco",   "Ukraino"};
  return std::find(std::begin(kForms), std::end(kForms), word) != std::end(kForms);
}

class NameFinder {
 public:
  explicit NameFinder(Scene& scene) : s_(scene) {}

  std::vector<Name> Run() {
    for (size_t i = 0; i < s_.size();) i = Step(i);
    return std::move(names_);
  }

 private:
  size_t Step(size_t i) {
    if (s_.taken[i]) return i + 1;
    if (std::optional<Name> law = MatchLaw(s_, i)) return Take(*law);
    if (!s_.IsWord(i)) return i + 1;
    const bool articled = i > 0 && s_.Has(i, kParticle) && !s_.tokens[i].capital;
    if (!s_.tokens[i].capital) {
      if (s_.tokens[i].caseless) return CaselessName(i);
      if (const size_t past = PastTitle(s_, i); past > i && s_.Capital(past)) return AfterTitle(i, past);
      if (s_.Is(i, "the") && s_.Capital(i + 1)) return NameWithArticle(i);
      if (articled || s_.Word(i).find('-') != std::string_view::npos) return LowerCaseName(i);
      return i + 1;
    }
    return Capital(i);
  }

  size_t Take(const Name& name) {
    for (size_t k = name.begin; k < name.end; ++k) s_.taken[k] = true;
    names_.push_back(name);
    return name.end;
  }

  // "al-Shabaab", "sub-Saharan Africa", "post-Soviet", "pro-Russian".
  size_t LowerCaseName(size_t i) {
    const std::optional<Phrase> phrase = s_.Longest(i, kOrganisation | kPlace);
    if (phrase && s_.Word(i).find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != std::string_view::npos) {
      return Take({i, phrase->end, LabelOf(phrase->listed->kinds), phrase->canonical, 0.9F});
    }
    return i + 1;
  }

  // "the Guardian", "the Amazon": what is listed with its article is nothing without it.
  size_t NameWithArticle(size_t i) {
    const std::optional<Phrase> phrase = s_.Longest(i, kOrganisation | kPlace);
    if (!phrase || phrase->end == i + 1 || !s_.tokens[phrase->end - 1].capital || s_.Capital(phrase->end)) return i + 1;
    const std::optional<Name> head = MatchHead(s_, i + 1);
    return head && head->end > phrase->end ? i + 1 : TakeListed(i, *phrase);
  }

  // Where there are no capitals nothing but the lists tells a name.
  size_t CaselessName(size_t i) {
    const std::optional<Phrase> phrase = s_.Longest(i, kCountry | kMajorCity);
    return phrase ? TakeListed(i, *phrase) : i + 1;
  }

  size_t AfterTitle(size_t i, size_t past) {
    if (std::optional<Name> person = MatchPerson(s_, past, true)) {
      const std::optional<Name> head = MatchHead(s_, past);
      if (!head || head->end <= person->end) return Take(*person);
    }
    return s_.tokens[i].capital && past == i + 1 ? 0 : past;
  }

  size_t Capital(size_t i) {
    const std::optional<Phrase> listed = Listed(i);
    const std::optional<Name> head = MatchHead(s_, i);
    if (head && !(listed && listed->end >= head->end) && !SplitsAtOrganisation(i, listed)) return Take(*head);
    if (const size_t past = PastTitle(s_, i); past > i && s_.Capital(past) && !(listed && listed->end > past)) {
      if (const size_t next = AfterTitle(i, past); next > i) return next;
    }
    if (listed) return TakeListed(i, *listed);
    if (IsJoinedPeople(i)) return Take({i, i + 1, "NORP", {}, 0.9F});
    if (std::optional<Name> person = MatchPerson(s_, i, false)) {
      // "in Fort Amber, Manitoba", "near Mill Hollow": what stands there is a place, if the name itself says nothing.
      const bool there = i > 0 && (s_.Is(i - 1, "in") || s_.Is(i - 1, "near"));
      if (person->confidence <= 0.7F && !Owns(person->end) &&
          ((there && !s_.Has(i, kFirstName)) || (LedByLocative(s_, i) && CountryFollows(s_, person->end)))) {
        person->label = "GPE";
        person->confidence = 0.6F;
      }
      return Take(*person);
    }
    if (const size_t next = Acronym(i); next > i) return next;
    return Unknown(i);
  }

  // "Franco-Ghanaian": what stands behind the hyphen is a people.
  bool IsJoinedPeople(size_t i) const {
    const std::string_view word = s_.Word(i);
    const size_t hyphen = word.rfind('-');
    if (hyphen == std::string_view::npos || hyphen + 2 >= word.size()) return false;
    const char next = word[hyphen + 1];
    if (next >= 'a' && next <= 'z') return false;
    const uint32_t people = KindsOf(word.substr(hyphen + 1));
    if ((people & kGroup) == 0) return false;
    // "Franco-German", and not "Mary Smith-French".
    return (people & (kSurname | kFirstName)) == 0 || IsCombiningForm(word.substr(0, hyphen)) ||
           (KindsOf(word.substr(0, hyphen)) & (kGroup | kCountry)) != 0;
  }

  uint32_t KindsOf(std::string_view word) const {
    if (const struct Listed* capitals = s_.lists.FindCapitals(word)) return capitals->kinds;
    static thread_local std::string folded;
    Fold(word, folded);
    const struct Listed* listed = s_.lists.Find(Hash(folded));
    return listed == nullptr ? 0 : listed->kinds;
  }

  // "US State Department" is a country and an organisation that is known by itself; "Ghana Supreme Court" is one name.
  bool SplitsAtOrganisation(size_t i, const std::optional<Phrase>& listed) const {
    if (!listed || (listed->listed->kinds & (kCountry | kOrganisation)) == 0 || !s_.Capital(listed->end)) return false;
    return s_.tokens[i].all_caps && s_.Longest(listed->end, kOrganisation).has_value();
  }

  std::optional<Phrase> Listed(size_t i) const {
    std::optional<Phrase> phrase = s_.Longest(i, kNamed);
    if (!phrase) return s_.language.cyrillic() ? Inflected(i) : phrase;
    const uint32_t kinds = phrase->listed->kinds;
    const bool single = phrase->end == i + 1;
    // The end of a phrase has its capital as well: "New york" is two words by chance.
    const bool lower_end = !s_.english() && (kinds & kOrganisation) != 0;  // "Nations unies"
    if (!single && !lower_end && s_.IsWord(phrase->end - 1) && !s_.tokens[phrase->end - 1].capital) return std::nullopt;
    if (!single && Weak(kinds) && !s_.english() && s_.Has(i, kFunction)) return std::nullopt;  // "El Banco"
    if (!single) return Weak(kinds) && s_.WeakCapital(i) && s_.Ordinary(i) ? std::nullopt : phrase;
    return Trusted(i, *phrase) ? phrase : std::nullopt;
  }
  std::optional<Phrase> Inflected(size_t i) const {
    static thread_local std::string folded;
    Fold(s_.Word(i), folded);
    const struct Listed* listed = FindInflected(s_.lists, s_.language, folded);
    if (listed == nullptr) return std::nullopt;
    return Phrase{i + 1, listed, s_.lists.Canonical(*listed)};
  }
  static bool Weak(uint32_t kinds) { return (kinds & (kCountry | kMajorCity | kGroup | kOrganisation | kPlace)) == 0; }

  // Whether a single listed word means what the list says, here.
  bool Trusted(size_t i, const Phrase& phrase) const {
    const uint32_t kinds = phrase.listed->kinds;
    const bool ordinary = s_.Ordinary(i);
    const bool led = LedByLocative(s_, i);
    if (phrase.exact) return !s_.headline || !(s_.Is(i, "us") || s_.Is(i, "who"));
    if (s_.tokens[i].all_caps && s_.Word(i).size() <= 3) return false;  // "CAN", "PER": an acronym, not a name in capitals
    if (ordinary && (kinds & kCountry) != 0 && !phrase.own) {
      // "Turkey" opens a sentence as a country more often than as a meal; "Island" is Iceland in German only.
      static thread_local std::string folded;
      Fold(phrase.canonical, folded);
      return Hash(folded) == s_.tokens[i].hash && !s_.headline;
    }
    if (ordinary && !phrase.own && s_.WeakCapital(i) && !CountryFollows(s_, phrase.end)) return false;
    if ((kinds & kNamed & ~uint32_t{kMajorCity | kCity}) == 0 && BehindGermanArticle(i)) return false;
    if ((kinds & (kCountry | kMajorCity)) != 0) {
      const bool name_follows = !s_.headline && s_.Has(i, kFirstName) && s_.Capital(i + 1) && s_.Has(i + 1, kSurname) &&
                                !s_.Has(i + 1, kOrdinary | (kNamed & ~(kCity | kSubdivision)));
      return !name_follows;
    }
    if ((kinds & kGroup) != 0) return !(s_.Has(i, kFirstName) && s_.Capital(i + 1) && s_.Has(i + 1, kSurname));
    if ((kinds & (kOrganisation | kPlace)) != 0) {
      if (s_.Has(i, kFirstName) && s_.Capital(i + 1)) return false;
      if ((kinds & kPlace) != 0 && ordinary && !(i > 0 && s_.Is(i - 1, "the")) && !led) return false;
      return true;
    }
    // A smaller town or a province: its name is often a person's or a thing's.
    if (IsHomeTown(i, phrase)) return true;
    if (s_.language.Is("de"))
      return CountryFollows(s_, phrase.end) ||
             (led && !ordinary && !s_.Has(i, kFirstName | kSurname) && !s_.Capital(i + 1));  // "in Not", "im Wesen"
    if (led || CountryFollows(s_, phrase.end)) return !(s_.Capital(i + 1) && s_.Has(i, kFirstName));
    if (ordinary || s_.Has(i, kFirstName | kSurname) || s_.Capital(i + 1)) return false;
    return !s_.WeakCapital(i) && s_.english();
  }

  // "das Essen", "beim Essen": towns have none, nouns do.
  bool BehindGermanArticle(size_t i) const {
    if (!s_.language.Is("de") || i == 0) return false;
    constexpr std::string_view kArticles[] = {"das", "dem", "des", "zum", "beim", "vom", "im", "am", "ein", "kein", "sein", "ihr"};
    return std::any_of(std::begin(kArticles), std::end(kArticles), [&](std::string_view article) { return s_.Is(i - 1, article); });
  }

  // A town where the text's language is spoken needs little to be meant: "le maire de Rouen", "von Lübeck". In German every noun has a capital.
  bool IsHomeTown(size_t i, const Phrase& phrase) const {
    if ((phrase.listed->kinds & kCity) == 0 || s_.Has(i, kFirstName | kOrdinary | kFunction) || s_.Capital(i + 1)) return false;
    if (i > 0 && s_.IsWord(i - 1) && s_.tokens[i - 1].capital && !s_.Has(i - 1, kFunction | kLocative)) return false;
    if (!IsSpokenIn(s_.language, s_.lists.Code(*phrase.listed).country)) return false;
    const bool of = i > 0 && (s_.Is(i - 1, "de") || s_.Is(i - 1, "d'") || s_.Is(i - 1, "di"));
    if (LedByLocative(s_, i) || of) return true;
    return !s_.language.Is("de") && !s_.Has(i, kSurname) && !s_.WeakCapital(i);
  }

  size_t TakeListed(size_t i, const Phrase& phrase) {
    const std::string_view label = LabelOf(phrase.listed->kinds);
    // An article belongs to The Hague, but not to a newspaper's or organisation's mark.
    const size_t begin = label != "GPE" && s_.Is(i, "the") ? i + 1 : i;
    return Take({begin, phrase.end, label, phrase.canonical, Weak(phrase.listed->kinds) ? 0.7F : 0.95F});
  }

  // An acronym that nobody knows: an organisation where its grammar says so. The document pass knows more (definitions).
  size_t Acronym(size_t i) {
    const Token& token = s_.tokens[i];
    const size_t length = token.end - token.begin;
    if (!token.all_caps || s_.headline || !s_.english() || length < 2 || length > 6 ||
        s_.Has(i, kNotOrg | kOrdinary | kFunction) || token.glued)
      return i;
    if (s_.Mark(i + 1, '-') || s_.Word(i).find_first_of("0123456789-") != std::string_view::npos) return i;
    const bool led = i > 0 && s_.Is(i - 1, "the");
    if (length >= 3 && (led || Owns(i + 1))) return Take({i, i + 1, "ORG", {}, 0.6F});
    return i;
  }

  bool Owns(size_t i) const { return i < s_.size() && s_.tokens[i].type == Token::kPossessive; }

  // "in Oromia", "the Oromia region".
  size_t Unknown(size_t i) {
    const bool single = !s_.Capital(i + 1) && !(i > 0 && s_.IsWord(i - 1) && s_.tokens[i - 1].capital);
    const bool name =
        !s_.Ordinary(i) && !s_.WeakCapital(i) && s_.english() && !s_.tokens[i].all_caps && !s_.Has(i, kTitle | kOrgHead);
    if (!single || !name) return i + 1;
    const bool region = s_.Has(i + 1, kGpeHead) && !s_.tokens[i + 1].capital && !s_.Is(i + 1, "state");
    if (region) return Take({i, i + 1, "GPE", {}, 0.7F});
    const bool kin = s_.Has(i + 1, kKin) && !s_.tokens[i + 1].capital && i > 0 && s_.Is(i - 1, "the");
    if (kin) return Take({i, i + 1, "PERSON", {}, 0.6F});  // "the Okafor family"
    if (i > 0 && (s_.Is(i - 1, "in") || s_.Is(i - 1, "near")) && !s_.Has(i, kFirstName) && !Owns(i + 1))
      return Take({i, i + 1, "GPE", {}, 0.5F});
    return i + 1;
  }

  Scene& s_;
  std::vector<Name> names_;
};

}  // namespace

std::vector<Name> FindNames(Scene& scene) { return NameFinder(scene).Run(); }

}  // namespace garner::entity_tagger
