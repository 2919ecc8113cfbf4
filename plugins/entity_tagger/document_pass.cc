#include "document_pass.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>

#include "abroad.h"
#include "fold.h"
#include "garner/utf8.h"
#include "name_forms.h"

namespace garner::entity_tagger {
namespace {

constexpr size_t kLongestKnownPhrase = 6;
// Names that share a first name are compared for slips with this many others at most.
constexpr size_t kComparedNames = 16;
// A single word is sought elsewhere only where it is surely a name.
constexpr float kSureOfLeftover = 0.79F;
// An unlisted name of one word that is less sure than this may as well be a misspelt one.
constexpr float kSureOfSpelling = 0.75F;
// A small town is not named often: less sure mentions than this are something else in half the cases.
constexpr float kSureOfTown = 0.6F;
// Two capitals are the initials of too many names to stand for one that the document does not define.
constexpr size_t kShortestImplied = 3;
// A surname is sought elsewhere where its bearer is surer than this, or has a first name that is known.
constexpr float kSureOfBearer = 0.8F;
// So many capitals are rather an acronym than a surname.
constexpr size_t kLongestInitials = 3;
// An acronym of the document's own that stands for a common noun.
constexpr uint32_t kNothing = ~uint32_t{0};

// "Okafor", or "De la Cruz" with the particle that the full name has in its middle.
bool LoneSurname(uint32_t words, uint32_t kinds_of_first) { return words == 1 || (kinds_of_first & kParticle) != 0; }

}  // namespace

DocumentPass::DocumentPass(std::string_view text, const Lists& lists)
    : text_(text), lists_(lists), lower_case_(std::clamp(text.size() * kLowerCaseBitsPerByte, kLowerCaseBitsPerByte, kMostLowerCaseBits)) {}

std::string DocumentPass::Clean(uint64_t begin, uint64_t end) const {
  std::string clean;
  bool space = false;
  for (uint64_t at = begin; at < end;) {
    const CodePoint cp = NextCodePoint(text_, at);
    if (IsSpace(cp.value)) {
      space = true;
    } else if (cp.value != 0xAD) {
      if (space && !clean.empty()) clean += ' ';
      space = false;
      clean += text_.substr(at, cp.size);
    }
    at += cp.size;
  }
  return clean;
}

uint8_t DocumentPass::LabelNumber(std::string_view label) {
  const auto known = std::find(labels_.begin(), labels_.end(), label);
  const auto number = static_cast<uint8_t>(known - labels_.begin());
  if (known == labels_.end()) labels_.push_back(label);
  return number;
}

void DocumentPass::AddBlock(const Scene& scene, const std::vector<Name>& names) {
  const Tokens& tokens = scene.tokens;
  for (const Name& name : names) {
    Found found;
    found.begin = tokens[name.begin].begin;
    found.length = static_cast<uint32_t>(tokens[name.end - 1].end - found.begin);
    found.label = LabelNumber(name.label);
    found.confidence = name.confidence;
    found.own = name.own;
    found.listed = !name.canonical.empty();
    found.canonical =
        found.listed ? names_.Number(name.canonical) : names_.Number(Clean(found.begin, found.begin + found.length));
    found.first = tokens[name.begin].hash;
    found.words = static_cast<uint32_t>(name.end - name.begin);
    found.kinds = tokens[name.begin].kinds;
    size_t last = name.end - 1;
    const auto suffix = [&](size_t k) {
      return scene.Is(k, "jr") || scene.Is(k, "jr.") || scene.Is(k, "sr") || scene.Is(k, "sr.") || scene.Is(k, "ii") ||
             scene.Is(k, "iii");
    };
    while (last > name.begin && suffix(last)) --last;
    found.last = tokens[last].hash;
    for (size_t k = name.begin; k < name.end; ++k) found.phrase = found.phrase * 0x9E3779B97F4A7C15ULL + tokens[k].hash;
    found_.push_back(found);
    if (scene.Mark(name.end, '(')) AddDefinition(scene, name);
  }
  uint64_t previous = 0;
  size_t previous_token = tokens.size();
  for (size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    if (scene.Mark(i, '(') && scene.IsWord(i + 1) && scene.Mark(i + 2, ')') && i > 0) AddPlainDefinition(scene, i);
    if (token.type == Token::kWord && !token.capital) lower_case_[token.hash % lower_case_.size()] = true;
    if (!scene.Capital(i) || scene.Has(i, kFunction)) continue;
    Leftover leftover;
    leftover.begin = token.begin;
    leftover.end = token.end;
    leftover.ordinary = (token.kinds & kOrdinary) != 0;
    leftover.unlisted = (token.kinds & ~static_cast<uint32_t>(kPrefix)) == 0;
    leftover.weak = scene.WeakCapital(i);
    leftover.no_surname = AfterGermanArticle(scene, i);
    leftover.adjacent = previous_token + 1 == i && token.begin == previous + 1;
    previous = token.end;
    previous_token = i;
    of_block_.push_back(leftover);
  }
  for (const Leftover& leftover : of_block_) leftovers_.Add(leftover);
  of_block_.clear();
}

// "Long Name (LN)" where the long name is a name.
void DocumentPass::AddDefinition(const Scene& scene, const Name& name) {
  const size_t at = name.end + 1;
  if (!scene.IsWord(at) || !scene.Mark(at + 1, ')')) return;
  const std::string_view acronym = scene.Word(at);
  if (!LooksLikeAcronym(acronym) || (name.label != "ORG" && name.label != "EVENT" && name.label != "LAW" && name.label != "GPE"))
    return;
  const uint32_t canonical = found_.back().canonical;
  const bool several_words = name.end - name.begin >= 2;
  const bool initials = InitialsMatch(acronym, InitialsOf(names_[canonical]));
  // An acronym in the organisation's own language has other letters.
  if (name.label == "ORG" ? several_words : initials) acronyms_.emplace(std::string(acronym), canonical);
}

bool DocumentPass::ListedOrganisation(std::string_view name) const {
  std::string folded;
  Fold(name, folded);
  const Listed* listed = lists_.Find(Hash(folded));
  return listed != nullptr && (listed->kinds & kOrganisation) != 0;
}

// "Long Name (LN)" where no rule knew the long name but a word of it says that it is an organisation, and "long common noun (LCN)",
// which names nothing.
void DocumentPass::AddPlainDefinition(const Scene& scene, size_t bracket) {
  const std::string_view acronym = scene.Word(bracket + 1);
  if (!LooksLikeAcronym(acronym) || scene.taken[bracket - 1]) return;
  size_t begin = bracket;
  std::string initials;
  bool capitals = true;
  bool organisation = false;
  while (begin > 0 && scene.IsWord(begin - 1) && bracket - begin < 10 && !scene.taken[begin - 1]) {
    --begin;
    const char initial = scene.Word(begin)[0];
    if (!scene.Has(begin, kFunction)) {
      initials.insert(initials.begin(), Upper(initial));
      capitals = capitals && scene.tokens[begin].capital;
      organisation = organisation || scene.Has(begin, kOrgHead | kOrgSuffix | kOrgOf);
    }
    if (initials.size() >= 2 && InitialsMatch(acronym, initials) && Upper(initial) == acronym[0] &&
        !scene.Has(begin, kFunction)) {
      if (!capitals || !organisation) {
        if (!ListedOrganisation(Clean(scene.tokens[begin].begin, scene.tokens[bracket - 1].end)))
          acronyms_.emplace(std::string(acronym), kNothing);
        return;
      }
      Found found;
      found.begin = scene.tokens[begin].begin;
      found.length = static_cast<uint32_t>(scene.tokens[bracket - 1].end - found.begin);
      found.label = LabelNumber("ORG");
      found.canonical = names_.Number(Clean(found.begin, found.begin + found.length));
      found.confidence = 0.8F;
      found.words = static_cast<uint32_t>(bracket - begin);
      for (size_t k = begin; k < bracket; ++k) {
        found.phrase = found.phrase * 0x9E3779B97F4A7C15ULL + scene.tokens[k].hash;
        scene.taken[k] = true;
      }
      acronyms_.emplace(std::string(acronym), found.canonical);
      // Its words were left over before the bracket was seen.
      while (!of_block_.empty() && of_block_.back().begin >= found.begin) of_block_.pop_back();
      found_.push_back(found);
      return;
    }
  }
}

// The acronyms that names of several words would have, where the document does not define them otherwise.
void DocumentPass::DefineCapitals() {
  const uint8_t org = LabelNumber("ORG");
  for (const Found& found : found_) {
    if (found.label != org || found.words < 2 || AllCaps(names_[found.canonical])) continue;
    const std::string initials = InitialsOf(names_[found.canonical]);
    if (initials.size() >= kShortestImplied && lists_.FindCapitals(initials) == nullptr)
      acronyms_.emplace(initials, found.canonical);
  }
  for (Found& found : found_) {
    if (found.own || found.words != 1 || (found.label != org && found.confidence >= 0.9F)) continue;
    const auto known = acronyms_.find(std::string(TextOf(found)));
    if (known == acronyms_.end()) continue;
    if (known->second == kNothing) {
      found.confidence = -1;  // a common noun, whatever the lists say of it
      continue;
    }
    found.label = org;
    found.canonical = known->second;
    found.confidence = 0.95F;
  }
}

void DocumentPass::NamePersons() {
  const uint8_t person = LabelNumber("PERSON"), gpe = LabelNumber("GPE");
  const auto full_name = [&](const Found& found) { return found.label == person && !LoneSurname(found.words, found.kinds); };
  for (Found& found : found_) {
    if (found.label != person || found.own || !AllCaps(names_[found.canonical])) continue;
    found.canonical = names_.Number(TitleCase(std::string(names_[found.canonical])));
  }
  // The same first and last name: one person, under the name that the user gives, else under that seen first.
  std::unordered_map<uint64_t, uint32_t> people;
  for (const Found& found : found_)
    if (found.own && full_name(found)) people.emplace(found.first * 31 + found.last, found.canonical);
  for (Found& found : found_) {
    if (!full_name(found)) continue;
    const auto [at, added] = people.emplace(found.first * 31 + found.last, found.canonical);
    if (!found.own) found.canonical = at->second;
  }
  MergeMisspeltPersons();
  for (size_t i = 0; i < found_.size(); ++i) {
    const Found& found = found_[i];
    const bool sure = found.confidence >= kSureOfBearer || (found.kinds & kFirstName) != 0;
    if (sure && full_name(found) && found.last != found.first) bearers_.push_back({found.last, found.begin, i});
  }
  std::sort(bearers_.begin(), bearers_.end());
  for (Found& found : found_) {
    const bool unsure = found.label == gpe && found.confidence <= 0.7F;
    if (found.own || !LoneSurname(found.words, found.kinds) || (found.label != person && !unsure)) continue;
    if (const uint32_t* bearer = PersonOf(found.last, found.begin)) {
      found.label = person;
      found.canonical = *bearer;
      found.confidence = std::max(found.confidence, 0.85F);
    }
  }
}

void DocumentPass::MergeMisspeltPersons() {
  struct Person {
    uint64_t first_name;
    uint32_t name;
  };
  const uint8_t label = LabelNumber("PERSON");
  std::vector<uint32_t> mentions(names_.size());
  std::vector<Person> people;
  for (const Found& found : found_) {
    if (found.label != label || found.words < 2 || ++mentions[found.canonical] > 1) continue;
    const std::string_view name = names_[found.canonical];
    people.push_back({Hash(name.substr(0, name.find(' '))), found.canonical});
  }
  std::stable_sort(people.begin(), people.end(), [](const Person& a, const Person& b) { return a.first_name < b.first_name; });
  std::unordered_map<uint32_t, uint32_t> merged;
  std::string folded, other_folded;
  size_t group = 0;
  for (size_t i = 0; i < people.size(); ++i) {
    if (people[i].first_name != people[group].first_name) group = i;
    if (i == group) continue;
    Fold(names_[people[i].name], folded);
    for (size_t k = group; k < i && k < group + kComparedNames; ++k) {
      Fold(names_[people[k].name], other_folded);
      if (folded.size() < 10 || !OneSlipApart(folded, other_folded)) continue;
      const bool better = mentions[people[i].name] > mentions[people[k].name];
      merged.emplace(people[better ? k : i].name, people[better ? i : k].name);
      break;
    }
  }
  if (merged.empty()) return;
  for (Found& found : found_) {
    if (found.label != label || found.own) continue;
    for (int hops = 0; hops < 2; ++hops)
      if (const auto at = merged.find(found.canonical); at != merged.end()) found.canonical = at->second;
  }
}

const uint32_t* DocumentPass::PersonOf(uint64_t surname, uint64_t before) const {
  // Of several people with one surname the one named last, else the one named next.
  const auto next = std::upper_bound(bearers_.begin(), bearers_.end(), Bearer{surname, before, 0});
  if (next != bearers_.begin() && std::prev(next)->surname == surname) return &found_[std::prev(next)->found].canonical;
  return next != bearers_.end() && next->surname == surname ? &found_[next->found].canonical : nullptr;
}

void DocumentPass::Repair(Found& found) {
  if (found.listed || found.words != 1) return;
  if ((found.kinds & ~static_cast<uint32_t>(kPrefix)) != 0) return;
  // Where the name seems sure, the document has to have the right form too.
  if (TakeRepaired(found.begin, found.begin + found.length, found.confidence > kSureOfSpelling)) found.confidence = -1;
}

void DocumentPass::NameOthers() {
  const uint8_t person = LabelNumber("PERSON");
  supported_.resize(names_.size());
  for (const Found& found : found_)
    if (found.listed) supported_[found.canonical] = true;
  for (Found& found : found_) Repair(found);
  for (const Found& found : found_) {
    if (found.confidence < 0.6F || (found.words == 1 && found.listed)) continue;
    if (found.label == person && found.words == 1 && (found.kinds & kFirstName) != 0 &&
        names_[found.canonical].find(' ') == std::string_view::npos)
      continue;
    phrases_.emplace(found.phrase, Known{found.canonical, std::min(found.confidence, 0.8F), found.label});
  }
}

void DocumentPass::Adopt(uint64_t begin, uint64_t end, uint8_t label, uint32_t canonical, float confidence) {
  Found found;
  found.begin = begin;
  found.length = static_cast<uint32_t>(end - begin);
  found.label = label;
  found.canonical = canonical;
  found.confidence = confidence;
  added_.push_back(found);
}

// A left-over capital that is one slip away from a country, large city or people: where the document has the right form too, or
// the word is long enough to be no chance.
bool DocumentPass::TakeRepaired(uint64_t begin, uint64_t end, bool only_supported) {
  if (end - begin < kShortestRepaired) return false;
  std::string folded;
  Fold(text_.substr(begin, end - begin), folded);
  const Listed* meant = lists_.FindMisspelt(folded);
  if (meant == nullptr) return false;
  const std::string_view canonical = lists_.Canonical(*meant);
  const std::optional<uint32_t> number = names_.Find(canonical);
  const bool supported = number && *number < supported_.size() && supported_[*number];
  if (only_supported && !supported) return false;
  const bool swapped = (meant->kinds & kCountry) != 0 && IsSwap(folded, canonical);
  if (!supported && !swapped && folded.size() < 9) return false;
  Adopt(begin, end, LabelNumber("GPE"), names_.Number(canonical), supported ? 0.85F : 0.7F);
  return true;
}

size_t DocumentPass::TakeLeftover(LeftoverReader& leftovers) {
  const Leftover& first = *leftovers.At(0);
  // The longest run of left-over words that is a name elsewhere in the document.
  uint64_t phrase = 0, best_end = 0;
  size_t best_words = 0;
  const Known* best = nullptr;
  for (size_t k = 0; k < kLongestKnownPhrase; ++k) {
    const Leftover* next = leftovers.At(k);
    if (next == nullptr || (k > 0 && !next->adjacent)) break;
    phrase = phrase * 0x9E3779B97F4A7C15ULL + next->hash;
    if (const auto at = phrases_.find(phrase);
        at != phrases_.end() && !(k == 0 && (at->second.confidence < kSureOfLeftover || (first.weak && first.ordinary)))) {
      best = &at->second;
      best_words = k + 1;
      best_end = next->end;
    }
  }
  if (best != nullptr) {
    Adopt(first.begin, best_end, best->label, best->canonical, best->confidence);
    return best_words;
  }
  const std::string_view word = text_.substr(first.begin, first.end - first.begin);
  if (const auto at = acronyms_.find(std::string(word)); at != acronyms_.end()) {
    if (at->second != kNothing) Adopt(first.begin, first.end, LabelNumber("ORG"), at->second, 0.9F);
    return 1;
  }
  // A word that the document has in lower case too, and an acronym, are no surname by themselves: "Sofa", "AI".
  const bool initials = word.size() <= kLongestInitials && LooksLikeAcronym(word);
  const bool a_word = initials || lower_case_[first.hash % lower_case_.size()];
  if ((!first.ordinary || !first.weak) && !first.no_surname && !a_word) {
    if (const uint32_t* person = PersonOf(first.hash, first.begin)) {
      Adopt(first.begin, first.end, LabelNumber("PERSON"), *person, 0.85F);
      return 1;
    }
  }
  const Leftover* next = leftovers.At(1);
  const bool beside = first.adjacent || (next != nullptr && next->adjacent);
  if (first.unlisted && !beside) TakeRepaired(first.begin, first.end, false);
  return 1;
}

void DocumentPass::TakeLeftovers() {
  LeftoverReader leftovers(leftovers_, text_);
  while (leftovers.At(0) != nullptr) leftovers.Skip(TakeLeftover(leftovers));
}

// One string is one thing in a document, if it is a name by its looks alone: the label that the surer mentions have.
void DocumentPass::Vote() {
  const std::array<uint8_t, 3> labels = {LabelNumber("PERSON"), LabelNumber("ORG"), LabelNumber("GPE")};
  using Sure = std::array<float, 3>;
  const auto number = [&](uint8_t label) {
    return static_cast<size_t>(std::find(labels.begin(), labels.end(), label) - labels.begin());
  };
  std::unordered_map<uint64_t, Sure> votes;
  for (const Found& found : found_)
    if (const size_t label = number(found.label); label < labels.size()) votes[found.phrase][label] += found.confidence;
  for (Found& found : found_) {
    const size_t label = number(found.label);
    if (label == labels.size() || found.listed || found.phrase == 0) continue;  // "@" is no string of letters
    const Sure& sure = votes[found.phrase];
    const auto most = static_cast<size_t>(std::max_element(sure.begin(), sure.end()) - sure.begin());
    if (sure[most] > sure[label]) found.label = labels[most];
  }
}

// "Paris, Texas" is not the Paris that everybody means, and Georgia in "Atlanta, Georgia" no country: such a name gets no code.
void DocumentPass::DoubtPlaces() {
  const uint8_t gpe = LabelNumber("GPE");
  doubted_.resize(names_.size());
  surest_.resize(names_.size());
  for (const Found& found : found_)
    if (found.label == gpe) surest_[found.canonical] = std::max(surest_[found.canonical], found.confidence);
  for (size_t i = 0; i + 1 < found_.size(); ++i) {
    const Found &city = found_[i], &land = found_[i + 1];
    if (city.label != gpe || land.label != gpe) continue;
    const uint64_t end = city.begin + city.length;
    if (land.begin <= end || text_.substr(end, land.begin - end) != ", ") continue;
    const Listed *inner = lists_.FindPlace(names_[city.canonical]), *outer = lists_.FindPlace(names_[land.canonical]);
    if (inner == nullptr || outer == nullptr || (inner->kinds & (kMajorCity | kCity)) == 0) continue;
    if ((outer->kinds & (kCountry | kSubdivision)) == 0 || (outer->kinds & kMajorCity) != 0) continue;
    const std::string_view inside = lists_.Code(*inner).country, outside = lists_.Code(*outer).country;
    if (inside.empty() || outside.empty() || inside == outside) continue;
    const bool state_too = (outer->kinds & kCountry) != 0 && (outer->kinds & kSubdivision) != 0;
    doubted_[state_too ? land.canonical : city.canonical] = true;
  }
}

// What identifies a country, state or city everywhere.
std::string_view DocumentPass::CodeOf(const Found& found) const {
  if (labels_[found.label] != "GPE" || doubted_[found.canonical]) return {};
  const Listed* place = lists_.FindPlace(names_[found.canonical]);
  if (place == nullptr) return {};
  const bool town = (place->kinds & (kCountry | kMajorCity | kSubdivision)) == 0;
  return town && surest_[found.canonical] < kSureOfTown ? std::string_view() : lists_.Code(*place).value;
}

void DocumentPass::Finish(std::vector<Mention>* mentions) {
  Vote();
  DefineCapitals();
  NamePersons();
  NameOthers();
  TakeLeftovers();
  found_.insert(found_.end(), added_.begin(), added_.end());
  added_.clear();
  phrases_.clear();
  bearers_ = {};
  std::sort(found_.begin(), found_.end(), [](const Found& a, const Found& b) { return a.begin < b.begin; });
  DoubtPlaces();
  mentions->reserve(mentions->size() + found_.size());
  for (; !found_.empty(); found_.pop_front()) {
    const Found& found = found_.front();
    if (found.confidence < 0) continue;
    const std::string_view label = labels_[found.label], canonical = names_[found.canonical];
    mentions->push_back({found.begin, found.begin + found.length, label, std::string(canonical), std::string(CodeOf(found)),
                         found.confidence, found.own});
  }
}

}  // namespace garner::entity_tagger
