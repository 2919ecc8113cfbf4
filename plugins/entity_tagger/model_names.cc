#include "model_names.h"

#include <algorithm>
#include <array>

namespace garner::entity_tagger {
namespace {

constexpr std::array<std::string_view, kTypes> kLabels = {"PERSON", "ORG", "GPE"};
// A rule that is less sure than this does not stand against a model that sees no name.
constexpr float kSureRule = 0.95F;
// A rule that is so much surer than the model says what kind of name it is.
constexpr float kSurerRule = 0.4F;
// An ordinary word in its ordinary form is a name only where the model is surer than this; so is one without a capital among
// others that have it.
constexpr float kSureOfWord = 0.75F;
constexpr float kSureOfUnknown = 0.5F;
constexpr float kSureOfLowerCase = 0.6F;

bool IsPlace(std::string_view label) { return label == "GPE" || label == "LOC" || label == "FAC"; }
// What the model is not trained for.
bool IsOther(std::string_view label) { return label == "NORP" || label == "EVENT" || label == "LAW"; }
bool SameType(std::string_view a, std::string_view b) { return a == b || (IsPlace(a) && IsPlace(b)); }

// Marks around a name are none of it; "@" and "#" are, where they are written so.
bool Bounds(const Token& token) {
  if (token.type == Token::kPossessive) return true;
  return token.type == Token::kPunctuation && token.mark != '@' && token.mark != '#' && token.mark != '_' && token.mark != '\0';
}

void Trim(const Scene& scene, Name* name) {
  while (name->end > name->begin && Bounds(scene.tokens[name->end - 1])) --name->end;
  while (name->end > name->begin && Bounds(scene.tokens[name->begin])) ++name->begin;
}

// How much more the tags of the name are worth than none, a word.
float Margin(const std::vector<TagRow<int32_t>>& emissions, const std::vector<uint8_t>& tags, size_t begin, size_t end) {
  int64_t sum = 0;
  for (size_t i = begin; i < end; ++i) sum += emissions[i][tags[i]] - emissions[i][0];
  return static_cast<float>(sum) / static_cast<float>(end - begin);
}

// What kind of place the words themselves say it is.
std::string_view PlaceLabel(const Scene& scene, const Name& name) {
  if (name.end - name.begin < 2) return "GPE";
  if (scene.Has(name.end - 1, kFacHead)) return "FAC";
  if (scene.Has(name.end - 1, kLocHead) || scene.Has(name.begin, kLocPrefix)) return "LOC";
  return "GPE";
}

// Canonical name and kind of place of a name that no rule found, from the lists.
void LookUpName(const Scene& scene, Name* name) {
  const bool place = IsPlace(name->label);
  const uint32_t kinds =
      place ? (kCountry | kMajorCity | kCity | kSubdivision | kPlace) : (name->label == "ORG" ? kOrganisation : 0U);
  if (place) name->label = PlaceLabel(scene, *name);
  if (kinds == 0) return;
  const std::optional<Phrase> phrase = scene.Longest(name->begin, kinds);
  if (!phrase || phrase->end != name->end) return;
  name->canonical = phrase->canonical;
  if (place) name->label = (phrase->listed->kinds & (kinds & ~static_cast<uint32_t>(kPlace))) != 0 ? "GPE" : "LOC";
}

// Places whose names are things or doings where they have no capital.
constexpr std::array<std::string_view, 14> kThings = {"china", "turkey", "jersey", "guinea", "chad",    "bath",   "reading",
                                                      "nice",  "mobile", "cork",   "split",  "buffalo", "orange", "chili"};

bool IsThing(const Scene& scene, size_t i) {
  return !scene.tokens[i].capital &&
         std::any_of(kThings.begin(), kThings.end(), [&](std::string_view word) { return scene.Is(i, word); });
}

bool BeginsWithCapital(const Scene& scene) {
  for (const Token& token : scene.tokens)
    if (token.type == Token::kWord) return token.capital;
  return false;
}

class Merger {
 public:
  Merger(const Scene& scene, const std::vector<Name>& rules)
      : scene_(scene), rules_(rules), begins_with_capital_(BeginsWithCapital(scene)) {}

  std::vector<Name> Run(std::vector<Name> found) {
    for (Name& name : found) {
      LeaveOwner(&name);
      if (name.begin < name.end) Take(name);
    }
    for (; next_ < rules_.size(); ++next_) TakeAlone(rules_[next_]);
    return std::move(merged_);
  }

 private:
  // "china cups", "Council leader", "a new pier": an ordinary word in its ordinary form, or one without a capital where the text
  // has capitals, is a name only where the model is sure of it.
  bool SaysNothing(const Name& name) const {
    if (IsHandle(name)) return false;
    if (name.end != name.begin + 1)
      return begins_with_capital_ && !AnyCapital(name.begin, name.end) && name.confidence < kSureOfLowerCase;
    const Token& token = scene_.tokens[name.begin];
    if (token.type != Token::kWord) return false;
    if (IsThing(scene_, name.begin)) return true;
    if (!token.capital && begins_with_capital_) return name.confidence < kSureOfLowerCase;
    if (token.capital && !scene_.WeakCapital(name.begin)) return false;
    // "Meltwater reached the valley": a capital that says nothing, and a word of which nothing is known.
    const bool unknown = scene_.english() && !token.all_caps && !scene_.Has(name.begin, kNamed | kFirstName | kSurname);
    return name.confidence < (scene_.Ordinary(name.begin) ? kSureOfWord : (unknown ? kSureOfUnknown : 0.0F));
  }

  // "@harbour_news", "# harbour": these are written without capitals.
  bool IsHandle(const Name& name) const {
    const auto marks = [&](size_t i) { return scene_.Mark(i, '@') || scene_.Mark(i, '#'); };
    return marks(name.begin) || (name.begin > 0 && marks(name.begin - 1));
  }

  void TakeAlone(const Name& rule) {
    if (IsOther(rule.label) || Stands(rule)) merged_.push_back(rule);
  }

  // What is on a list under this very name. Two capitals may be anything: "RT".
  bool Stands(const Name& rule) const {
    if (rule.confidence < kSureRule || rule.canonical.empty()) return false;
    const Token& first = scene_.tokens[rule.begin];
    return rule.label == "GPE" || rule.end > rule.begin + 1 || first.end - first.begin > 2;
  }

  // "Ghana's Supreme Court" is two names where the owner is one that the lists know, "Ghana's central square" is one.
  void LeaveOwner(Name* name) {
    while (next_ < rules_.size() && rules_[next_].end <= name->begin) TakeAlone(rules_[next_++]);
    if (next_ == rules_.size() || rules_[next_].begin != name->begin || rules_[next_].end >= name->end) return;
    const size_t owner = rules_[next_].end;
    if (owner + 1 >= name->end || scene_.tokens[owner].type != Token::kPossessive) return;
    const bool goes_on = AnyCapital(owner + 1, name->end);
    if (goes_on && !(Stands(rules_[next_]) && scene_.tokens[owner + 1].capital)) return;
    Take(rules_[next_]);
    name->begin = goes_on ? owner + 1 : name->end;
  }

  void Take(Name name) {
    while (next_ < rules_.size() && rules_[next_].end <= name.begin) TakeAlone(rules_[next_++]);
    const size_t first = next_;
    size_t last = first;
    while (last < rules_.size() && rules_[last].begin < name.end) ++last;
    if (first == last && (merged_.empty() || merged_.back().end <= name.begin)) {
      if (SaysNothing(name)) return;
      LookUpName(scene_, &name);
      merged_.push_back(name);
      return;
    }
    next_ = last;
    if (!merged_.empty() && merged_.back().end > name.begin) return;
    if (last == first + 1 && Yields(name, rules_[first])) {
      Agree(name, rules_[first]);
      return;
    }
    LookUpName(scene_, &name);
    // A rule's name that goes on behind this one may meet the next as well: it has lost already.
    merged_.push_back(name);
  }

  // Whether the rule's words are the name, whatever it is.
  bool Yields(const Name& name, const Name& rule) const {
    if (rule.begin == name.begin && rule.end == name.end) return true;
    if (rule.label == "NORP") return rule.begin == name.begin && rule.end < name.end && !AnyCapital(rule.end, name.end);
    return IsOther(rule.label) && rule.begin <= name.begin && rule.end >= name.end;
  }

  // "Soviet republics" is no name for all that follows the adjective.
  bool AnyCapital(size_t begin, size_t end) const {
    for (size_t i = begin; i < end; ++i)
      if (scene_.tokens[i].capital || scene_.tokens[i].type == Token::kNumber) return true;
    return false;
  }

  // A city may mean its club; a country is one also where it acts.
  bool IsCountry(const Name& rule) const {
    const std::optional<Phrase> phrase = rule.label == "GPE" ? scene_.Longest(rule.begin, kCountry) : std::nullopt;
    return phrase && phrase->end == rule.end;
  }

  void Agree(const Name& name, const Name& rule) {
    Name both = rule;
    const bool another_type = !IsOther(rule.label) && !SameType(rule.label, name.label) && name.confidence + kSurerRule >= rule.confidence;
    if (another_type && !(name.label == "ORG" && IsCountry(rule))) {
      both = name;
      LookUpName(scene_, &both);
    } else if (SameType(rule.label, name.label)) {
      both.confidence = std::max(rule.confidence, name.confidence);
    }
    // The rule may begin before a name that is already there.
    if (!merged_.empty() && merged_.back().end > both.begin) return;
    merged_.push_back(both);
  }

  const Scene& scene_;
  const std::vector<Name>& rules_;
  bool begins_with_capital_;
  std::vector<Name> merged_;
  size_t next_ = 0;
};

}  // namespace

std::vector<Name> ModelNames(const Scene& scene, SentenceFeatures features, const NameModel& model) {
  std::vector<Name> names;
  std::vector<TagRow<int32_t>> emissions;
  std::vector<uint8_t> tags;
  FeatureList list;
  for (const TokenRange& sentence : SentencesOf(scene.tokens)) {
    emissions.clear();
    features.Read(sentence);
    for (size_t i = sentence.begin; i < sentence.end; ++i) {
      features.Write(i, &list);
      TagRow<int16_t> sum{};
      model.AddUp(list, &sum);
      TagRow<int32_t>& row = emissions.emplace_back();
      std::copy(sum.begin(), sum.end(), row.begin());
    }
    BestTags(model.transitions(), emissions, &tags);
    for (size_t i = 0; i < tags.size();) {
      if (tags[i] == 0) {
        ++i;
        continue;
      }
      size_t last = i;
      while (Opens(tags[last])) ++last;
      Name name{sentence.begin + i, sentence.begin + last + 1, kLabels[TypeOf(tags[i])], {}, 0};
      name.confidence = model.Confidence(Margin(emissions, tags, i, last + 1));
      Trim(scene, &name);
      if (name.end > name.begin) names.push_back(name);
      i = last + 1;
    }
  }
  return names;
}

std::vector<Name> MergeNames(const Scene& scene, const std::vector<Name>& rules, std::vector<Name> found) {
  return Merger(scene, rules).Run(std::move(found));
}

}  // namespace garner::entity_tagger
