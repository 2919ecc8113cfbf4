#include "document_pass.h"

#include <algorithm>
#include <array>

#include "abroad.h"
#include "fold.h"
#include "garner/utf8.h"

namespace garner::entity_tagger {
namespace {

constexpr size_t kLongestKnownPhrase = 6;
// Names that share a first name are compared for slips with this many others at most.
constexpr size_t kComparedNames = 16;
// A single word is sought elsewhere only where it is surely a name.
constexpr float kSureOfLeftover = 0.79F;
// An unlisted name of one word that is less sure than this may as well be a misspelt one.
constexpr float kSureOfSpelling = 0.75F;
// Two capitals are the initials of too many names to stand for one that the document does not define.
constexpr size_t kShortestImplied = 3;
bool LooksLikeAcronym(std::string_view word) {
  if (word.size() < 2 || word.size() > 10) return false;
  size_t upper = 0;
  for (const char c : word) {
    if (c >= 'A' && c <= 'Z')
      ++upper;
    else if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.'))
      return false;
  }
  return upper >= 2;
}

// The capitals of `acronym` in this order among the first letters of the words.
bool InitialsMatch(std::string_view acronym, std::string_view initials) {
  size_t at = 0;
  bool first = true;
  for (const char c : acronym) {
    if (c < 'A' || c > 'Z') continue;
    const size_t found = initials.find(c, at);
    if (found == std::string_view::npos || (first && found != 0)) return false;
    first = false;
    at = found + 1;
  }
  return true;
}

// "Portgual": two letters of the name have changed places, which no other word explains.
bool IsSwap(std::string_view folded, std::string_view name) {
  static thread_local std::string other;
  Fold(name, other);
  if (folded.size() != other.size() || folded == other) return false;
  size_t at = 0;
  while (folded[at] == other[at]) ++at;
  return at + 1 < folded.size() && folded[at] == other[at + 1] && folded[at + 1] == other[at] &&
         folded.substr(at + 2) == other.substr(at + 2);
}

char Upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }

bool AllCaps(std::string_view text) {
  size_t upper = 0;
  for (const char c : text) {
    if (c >= 'a' && c <= 'z') return false;
    if (static_cast<unsigned char>(c) >= 0x80) return false;
    if (c >= 'A' && c <= 'Z') ++upper;
  }
  return upper >= 4;
}

// "MARY OKAFOR" as "Mary Okafor".
std::string TitleCase(std::string text) {
  bool start = true;
  for (char& c : text) {
    const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (letter && !start && c <= 'Z') c = static_cast<char>(c + 32);
    start = !letter && c != '\'';
  }
  return text;
}

// "Okafor", or "De la Cruz" with the particle that the full name has in its middle.
bool LoneSurname(uint32_t words, uint32_t kinds_of_first) { return words == 1 || (kinds_of_first & kParticle) != 0; }

std::string InitialsOf(std::string_view name) {
  std::string initials;
  bool start = true;
  for (const char c : name) {
    if (start && c >= 'A' && c <= 'Z') initials += c;
    start = c == ' ' || c == '-';
  }
  return initials;
}

}  // namespace

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

void DocumentPass::AddBlock(const Scene& scene, const std::vector<Name>& names) {
  const Tokens& tokens = scene.tokens;
  for (const Name& name : names) {
    Found found;
    found.mention.begin = tokens[name.begin].begin;
    found.mention.end = tokens[name.end - 1].end;
    found.mention.label = name.label;
    found.mention.confidence = name.confidence;
    found.listed = !name.canonical.empty();
    found.mention.canonical = found.listed ? std::string(name.canonical) : Clean(found.mention.begin, found.mention.end);
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
    found_.push_back(std::move(found));
    if (scene.Mark(name.end, '(')) AddDefinition(scene, name);
  }
  uint64_t previous = 0;
  size_t previous_token = tokens.size();
  for (size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    if (scene.Mark(i, '(') && scene.IsWord(i + 1) && scene.Mark(i + 2, ')') && i > 0) AddPlainDefinition(scene, i);
    if (!scene.Capital(i) || scene.Has(i, kFunction)) continue;
    Leftover leftover{token.begin,          token.end, token.hash,     token.kinds,
                      scene.WeakCapital(i), false,     token.all_caps, AfterGermanArticle(scene, i)};
    leftover.adjacent = previous_token + 1 == i && token.begin == previous + 1;
    previous = token.end;
    previous_token = i;
    leftovers_.push_back(leftover);
  }
}

// "Long Name (LN)" where the long name is a name.
void DocumentPass::AddDefinition(const Scene& scene, const Name& name) {
  const size_t at = name.end + 1;
  if (!scene.IsWord(at) || !scene.Mark(at + 1, ')')) return;
  const std::string_view acronym = scene.Word(at);
  if (!LooksLikeAcronym(acronym) || (name.label != "ORG" && name.label != "EVENT" && name.label != "LAW" && name.label != "GPE"))
    return;
  const Mention& mention = found_.back().mention;
  const bool several_words = name.end - name.begin >= 2;
  const bool initials = InitialsMatch(acronym, InitialsOf(mention.canonical));
  // An acronym in the organisation's own language has other letters.
  if (name.label == "ORG" ? several_words : initials) acronyms_.emplace(std::string(acronym), mention.canonical);
}

// "Long Name (LN)" where no rule knew the long name, and "long common noun (LCN)", which names nothing.
void DocumentPass::AddPlainDefinition(const Scene& scene, size_t bracket) {
  const std::string_view acronym = scene.Word(bracket + 1);
  if (!LooksLikeAcronym(acronym) || scene.taken[bracket - 1]) return;
  size_t begin = bracket;
  std::string initials;
  bool capitals = true;
  while (begin > 0 && scene.IsWord(begin - 1) && bracket - begin < 10 && !scene.taken[begin - 1]) {
    --begin;
    const char initial = scene.Word(begin)[0];
    if (!scene.Has(begin, kFunction)) {
      initials.insert(initials.begin(), Upper(initial));
      capitals = capitals && scene.tokens[begin].capital;
    }
    if (initials.size() >= 2 && InitialsMatch(acronym, initials) && Upper(initial) == acronym[0] &&
        !scene.Has(begin, kFunction)) {
      if (!capitals) {
        acronyms_.emplace(std::string(acronym), "");
        return;
      }
      Found found;
      found.mention = {scene.tokens[begin].begin,
                       scene.tokens[bracket - 1].end,
                       "ORG",
                       Clean(scene.tokens[begin].begin, scene.tokens[bracket - 1].end),
                       "",
                       0.8F};
      found.words = static_cast<uint32_t>(bracket - begin);
      for (size_t k = begin; k < bracket; ++k) {
        found.phrase = found.phrase * 0x9E3779B97F4A7C15ULL + scene.tokens[k].hash;
        scene.taken[k] = true;
      }
      acronyms_.emplace(std::string(acronym), found.mention.canonical);
      // Its words were left over before the bracket was seen.
      while (!leftovers_.empty() && leftovers_.back().begin >= found.mention.begin) leftovers_.pop_back();
      found_.push_back(std::move(found));
      return;
    }
  }
}

// The acronyms that names of several words would have, where the document does not define them otherwise.
void DocumentPass::DefineCapitals() {
  for (Found& found : found_) {
    if (found.mention.label != "ORG" || found.words < 2 || AllCaps(found.mention.canonical)) continue;
    const std::string initials = InitialsOf(found.mention.canonical);
    if (initials.size() >= kShortestImplied && lists_.FindCapitals(initials) == nullptr)
      acronyms_.emplace(initials, found.mention.canonical);
  }
  for (Found& found : found_) {
    if (found.words != 1 || (found.mention.label != "ORG" && found.mention.confidence >= 0.9F)) continue;
    const auto known = acronyms_.find(std::string(text_.substr(found.mention.begin, found.mention.end - found.mention.begin)));
    if (known == acronyms_.end()) continue;
    if (known->second.empty()) {
      if (!found.listed) found.mention.confidence = -1;  // a common noun
      continue;
    }
    found.mention.label = "ORG";
    found.mention.canonical = known->second;
    found.mention.confidence = 0.95F;
  }
}

void DocumentPass::NamePersons() {
  for (Found& found : found_) {
    if (found.mention.label != "PERSON") continue;
    if (AllCaps(found.mention.canonical)) found.mention.canonical = TitleCase(found.mention.canonical);
  }
  // The same first and last name: one person, under the name seen first.
  std::unordered_map<uint64_t, std::string> people;
  people.reserve(found_.size());
  for (Found& found : found_) {
    if (found.mention.label != "PERSON" || LoneSurname(found.words, found.kinds)) continue;
    const auto [at, added] = people.emplace(found.first * 31 + found.last, found.mention.canonical);
    found.mention.canonical = at->second;
  }
  MergeMisspeltPersons();
  for (size_t i = 0; i < found_.size(); ++i) {
    const Found& found = found_[i];
    if (found.mention.label == "PERSON" && !LoneSurname(found.words, found.kinds) && found.last != found.first)
      bearers_.push_back({found.last, found.mention.begin, i});
  }
  std::sort(bearers_.begin(), bearers_.end());
  for (Found& found : found_) {
    const bool unsure = found.mention.label == "GPE" && found.mention.confidence <= 0.7F;
    if (!LoneSurname(found.words, found.kinds) || (found.mention.label != "PERSON" && !unsure)) continue;
    if (const std::string* person = PersonOf(found.last, found.mention.begin)) {
      found.mention.label = "PERSON";
      found.mention.canonical = *person;
      found.mention.confidence = std::max(found.mention.confidence, 0.85F);
    }
  }
}

void DocumentPass::MergeMisspeltPersons() {
  struct Person {
    uint64_t first_name;
    const std::string* name;
    const uint32_t* mentions;
  };
  std::unordered_map<std::string, uint32_t> counts;
  counts.reserve(found_.size());
  std::vector<Person> people;
  for (const Found& found : found_) {
    if (found.mention.label != "PERSON" || found.words < 2) continue;
    const auto at = counts.emplace(found.mention.canonical, 0).first;
    if (++at->second > 1) continue;
    const std::string_view name = at->first;
    people.push_back({Hash(name.substr(0, name.find(' '))), &at->first, &at->second});
  }
  std::stable_sort(people.begin(), people.end(), [](const Person& a, const Person& b) { return a.first_name < b.first_name; });
  std::unordered_map<std::string, std::string> merged;
  std::string folded, other_folded;
  size_t group = 0;
  for (size_t i = 0; i < people.size(); ++i) {
    if (people[i].first_name != people[group].first_name) group = i;
    if (i == group) continue;
    Fold(*people[i].name, folded);
    for (size_t k = group; k < i && k < group + kComparedNames; ++k) {
      Fold(*people[k].name, other_folded);
      if (folded.size() < 10 || !OneSlipApart(folded, other_folded)) continue;
      const bool better = *people[i].mentions > *people[k].mentions;
      merged.emplace(*people[better ? k : i].name, *people[better ? i : k].name);
      break;
    }
  }
  if (merged.empty()) return;
  for (Found& found : found_) {
    if (found.mention.label != "PERSON") continue;
    for (int hops = 0; hops < 2; ++hops)
      if (const auto at = merged.find(found.mention.canonical); at != merged.end()) found.mention.canonical = at->second;
  }
}

const std::string* DocumentPass::PersonOf(uint64_t surname, uint64_t before) const {
  // Of several people with one surname the one named last, else the one named next.
  const auto next = std::upper_bound(bearers_.begin(), bearers_.end(), Bearer{surname, before, 0});
  if (next != bearers_.begin() && std::prev(next)->surname == surname) return &found_[std::prev(next)->found].mention.canonical;
  return next != bearers_.end() && next->surname == surname ? &found_[next->found].mention.canonical : nullptr;
}

void DocumentPass::Repair(Found& found) {
  if (found.listed || found.words != 1) return;
  if ((found.kinds & ~static_cast<uint32_t>(kPrefix)) != 0) return;
  Leftover as_leftover;
  as_leftover.begin = found.mention.begin;
  as_leftover.end = found.mention.end;
  // Where the name seems sure, the document has to have the right form too.
  if (TakeRepaired(as_leftover, found.mention.confidence > kSureOfSpelling)) found.mention.confidence = -1;
}

void DocumentPass::NameOthers() {
  for (const Found& found : found_)
    if (found.listed) ++canonicals_[found.mention.canonical];
  for (Found& found : found_) Repair(found);
  phrases_.reserve(found_.size());
  for (const Found& found : found_) {
    const Mention& m = found.mention;
    if (m.confidence < 0.6F || (found.words == 1 && found.listed)) continue;
    if (m.label == "PERSON" && found.words == 1 && (found.kinds & kFirstName) != 0 && m.canonical.find(' ') == std::string::npos)
      continue;
    phrases_.emplace(found.phrase, Known{m.label, m.canonical, std::min(m.confidence, 0.8F)});
  }
}

// A left-over capital that is one slip away from a country, large city or people: where the document has the right form too, or
// the word is long enough to be no chance.
bool DocumentPass::TakeRepaired(const Leftover& leftover, bool only_supported) {
  if (leftover.end - leftover.begin < kShortestRepaired) return false;
  std::string folded;
  Fold(text_.substr(leftover.begin, leftover.end - leftover.begin), folded);
  const Listed* meant = lists_.FindMisspelt(folded);
  if (meant == nullptr) return false;
  const bool supported = Supported(lists_.Canonical(*meant));
  if (only_supported && !supported) return false;
  const bool swapped = (meant->kinds & kCountry) != 0 && IsSwap(folded, lists_.Canonical(*meant));
  if (!supported && !swapped && folded.size() < 9) return false;
  added_.push_back({leftover.begin, leftover.end, "GPE", std::string(lists_.Canonical(*meant)), "", supported ? 0.85F : 0.7F});
  return true;
}

size_t DocumentPass::TakeLeftover(size_t i) {
  const Leftover& first = leftovers_[i];
  // The longest run of left-over words that is a name elsewhere in the document.
  uint64_t phrase = 0;
  size_t best_end = i;
  const Known* best = nullptr;
  for (size_t k = i; k < leftovers_.size() && k < i + kLongestKnownPhrase && (k == i || leftovers_[k].adjacent); ++k) {
    phrase = phrase * 0x9E3779B97F4A7C15ULL + leftovers_[k].hash;
    if (const auto at = phrases_.find(phrase);
        at != phrases_.end() &&
        !(k == i && (at->second.confidence < kSureOfLeftover || (first.weak && (first.kinds & kOrdinary) != 0)))) {
      best = &at->second;
      best_end = k + 1;
    }
  }
  if (best != nullptr) {
    added_.push_back({first.begin, leftovers_[best_end - 1].end, best->label, best->canonical, "", best->confidence});
    return best_end;
  }
  if (const auto at = acronyms_.find(std::string(text_.substr(first.begin, first.end - first.begin))); at != acronyms_.end()) {
    if (!at->second.empty()) added_.push_back({first.begin, first.end, "ORG", at->second, "", 0.9F});
    return i + 1;
  }
  const bool plain = (first.kinds & kOrdinary) == 0;
  if ((plain || !first.weak) && !first.no_surname) {
    if (const std::string* person = PersonOf(first.hash, first.begin)) {
      added_.push_back({first.begin, first.end, "PERSON", *person, "", 0.85F});
      return i + 1;
    }
  }
  const bool beside = first.adjacent || (i + 1 < leftovers_.size() && leftovers_[i + 1].adjacent);
  if ((first.kinds & ~static_cast<uint32_t>(kPrefix)) == 0 && !beside) TakeRepaired(first, false);
  return i + 1;
}

void DocumentPass::TakeLeftovers() {
  for (size_t i = 0; i < leftovers_.size();) i = TakeLeftover(i);
}

// One string is one thing in a document, if it is a name by its looks alone: the label that the surer mentions have.
void DocumentPass::Vote() {
  using Sure = std::array<float, 3>;
  const auto number = [](std::string_view label) -> size_t {
    if (label == "PERSON") return 0;
    if (label == "ORG") return 1;
    return label == "GPE" ? 2 : 3;
  };
  constexpr std::array<std::string_view, 3> kLabels = {"PERSON", "ORG", "GPE"};
  std::unordered_map<uint64_t, Sure> votes;
  for (const Found& found : found_)
    if (const size_t label = number(found.mention.label); label < 3) votes[found.phrase][label] += found.mention.confidence;
  for (Found& found : found_) {
    const size_t label = number(found.mention.label);
    if (label == 3 || found.listed || found.phrase == 0) continue;  // "@" is no string of letters
    const Sure& sure = votes[found.phrase];
    const auto most = static_cast<size_t>(std::max_element(sure.begin(), sure.end()) - sure.begin());
    if (sure[most] > sure[label]) found.mention.label = kLabels[most];
  }
}

std::vector<Mention> DocumentPass::Finish() {
  Vote();
  DefineCapitals();
  NamePersons();
  NameOthers();
  TakeLeftovers();
  std::vector<Mention> mentions = std::move(added_);
  for (Found& found : found_)
    if (found.mention.confidence >= 0) mentions.push_back(std::move(found.mention));
  std::sort(mentions.begin(), mentions.end(), [](const Mention& a, const Mention& b) { return a.begin < b.begin; });
  return mentions;
}

}  // namespace garner::entity_tagger
