#include "decision.h"

#include <algorithm>
#include <utility>

#include "garner/metadata.h"
#include "keep_cut.h"
#include "model_features.h"
#include "page_features.h"

namespace garner::boilerplate_stripper {
namespace {

Kind MostFrequentPhrase(const Facts& facts) {
  Kind best = Kind::kNone;
  uint16_t count = 0;
  for (size_t kind = 1; kind < kKinds; ++kind) {
    if (!IsRule(static_cast<Kind>(kind)) || facts.parts[kind] <= count) continue;
    best = static_cast<Kind>(kind);
    count = facts.parts[kind];
  }
  return best;
}

Kind LandmarkKind(const v1::HtmlEvidence& html) {
  if (html.landmark() == "footer") return Kind::kCopyrightFooter;
  if (html.landmark() == "form") return Kind::kFormLabels;
  if (html.landmark() == "aside") return Kind::kRelatedItems;
  return Kind::kNavigation;
}

// The reason that weighs most, from the most to the least particular.
Kind DominantReason(const Facts& facts, const FeatureVector& features, const Judgement& judgement, const v1::Block& block, Kind class_kind) {
  if (facts.placeholder) return Kind::kTemplatePlaceholder;
  if (judgement.inherited && judgement.kind == Kind::kDonationAppeal) return Kind::kDonationAppeal;
  if (IsRule(facts.line.kind)) return facts.line.kind;
  if (const Kind kind = MostFrequentPhrase(facts); kind != Kind::kNone) return kind;
  if (features[Feature::kBadClass] > 0) return class_kind;
  if (block.has_html() && features[Feature::kBadLandmark] > 0) return LandmarkKind(block.html());
  if (IsRule(judgement.kind)) return judgement.kind;
  if (features[Feature::kParallelMenu] > 0) return Kind::kNavigation;
  if (features[Feature::kOutsideDirty] == 0 && features[Feature::kEcho] + features[Feature::kDoubled] > 0)
    return Kind::kShortRepeat;
  return Kind::kNavigation;
}

// Where next to nothing would stay, only what is beyond doubt may go.
bool LeavesTooLittle(const std::vector<Facts>& facts, const std::vector<Decided>& decided) {
  constexpr double kLeastShare = 0.04;
  uint64_t all = 0;
  uint64_t gone = 0;
  for (const Facts& block : facts) all += block.words;
  for (const Decided& one : decided) gone += facts[one.block].words;
  return static_cast<double>(all - gone) < kLeastShare * static_cast<double>(all);
}

Kind Reason(const Analysis& analysis, size_t i) {
  const v1::Block& block = analysis.document.blocks(static_cast<int>(i));
  return DominantReason(analysis.facts[i], analysis.features[i], analysis.judgements[i], block, analysis.elements.ClassKind(block));
}

double RuleScore(const Analysis& analysis, size_t i) { return Probability(analysis.judgements[i].evidence); }

bool Keeps(const Policy& policy, Kind kind) { return policy.keep[static_cast<size_t>(kind)]; }

std::vector<Decided> DecideByRules(const Analysis& analysis, const Policy& policy) {
  std::vector<Decided> decided;
  for (size_t i = 0; i < analysis.facts.size(); ++i) {
    const double score = RuleScore(analysis, i);
    if (score < policy.rule_threshold) continue;
    const Kind rule = Reason(analysis, i);
    if (!Keeps(policy, rule)) decided.push_back({i, rule, score, policy.rule_threshold});
  }
  if (LeavesTooLittle(analysis.facts, decided))
    decided.erase(std::remove_if(decided.begin(), decided.end(), [&](const Decided& one) { return !analysis.facts[one.block].strong_ui(); }),
                  decided.end());
  return decided;
}

// The probability of each block that it is text.
template <typename Features>
std::vector<float> TextProbabilities(const Analysis& analysis, const Features& features, const Forest& forest) {
  // Rows are made and used a chunk at a time: a document may have a million blocks.
  constexpr size_t kChunk = 128;
  const size_t size = analysis.facts.size();
  std::vector<float> probabilities(size);
  std::vector<float> rows(std::min(kChunk, size) * forest.feature_count());
  for (size_t begin = 0; begin < size; begin += kChunk) {
    const size_t count = std::min(kChunk, size - begin);
    for (size_t i = 0; i < count; ++i) features.WriteRow(begin + i, &rows[i * forest.feature_count()]);
    forest.Predict(rows.data(), count, &probabilities[begin]);
  }
  return probabilities;
}

class ModelDecision {
 public:
  // `text`: the probability of each block.
  ModelDecision(const Analysis& analysis, const Policy& policy, std::vector<float> text)
      : analysis_(analysis), policy_(policy), text_(std::move(text)) {
    std::vector<uint32_t> words;
    uint64_t all = 0;
    uint64_t prose = 0;
    for (const Facts& facts : analysis.facts) {
      words.push_back(facts.words);
      all += facts.words;
      prose += facts.prose() ? facts.words : 0;
    }
    rules_have_a_say_ = !analysis.elements.any() && 2 * prose > all;
    for (size_t i = 0; i < text_.size(); ++i)
      if (RulesOverrule(i)) text_[i] = std::min(text_[i], kOverruled);
    cut_ = BestCut(text_, words, policy.beta, LeastGain(analysis, policy), analysis.elements.any() ? kLeastPromise : 0);
  }

  std::vector<Decided> Run() const {
    std::vector<Decided> decided;
    for (size_t i = 0; i < text_.size(); ++i) {
      const bool by_rules = RulesOverrule(i);
      if (StaysAnyway(i) || (!by_rules && text_[i] >= cut_)) continue;
      // Where the rules would not have it, the model is the reason.
      const bool model_alone = RuleScore(analysis_, i) < policy_.rule_threshold;
      const Kind reason = Reason(analysis_, i);
      if (Keeps(policy_, reason) || (model_alone && Keeps(policy_, Kind::kTrainedModel))) continue;
      if (by_rules) {
        decided.push_back({i, reason, RuleScore(analysis_, i), RulesThreshold(i)});
      } else {
        decided.push_back({i, model_alone ? Kind::kTrainedModel : reason, 1.0 - text_[i], std::max(0.0, 1.0 - cut_)});
      }
    }
    return decided;
  }

 private:
  // The less interface shows, the likelier the text was cleaned before: then a cut must promise more. That none shows means little in a
  // language whose interfaces the lexicons do not know.
  static double LeastGain(const Analysis& analysis, const Policy& policy) {
    constexpr double kOnPages = 0.015;
    constexpr double kWithLittle = 0.03;
    constexpr double kWithNone = 0.15;
    if (analysis.elements.any()) return 0;
    const double page = analysis.extent.page;
    if (page == 0 && Knows(policy, ChosenValue(analysis.document, "language"))) return kWithNone;
    return kWithLittle + (kOnPages - kWithLittle) * page;
  }

  static bool Knows(const Policy& policy, std::string_view language) {
    return language.empty() || policy.languages.count(std::string(language.substr(0, language.find('-')))) > 0;
  }

  // The models have seen few examples of code, and that for plain text none of tables.
  bool StaysAnyway(size_t i) const {
    if (!analysis_.elements.any()) return analysis_.facts[i].code;
    return analysis_.document.blocks(static_cast<int>(i)).role() == v1::Block::CODE;
  }

  // A page of which even the best cut promises less has no main content: a shop that shows its goods by a script only, a page of links.
  static constexpr double kLeastPromise = 0.2;
  static constexpr double kSure = 0.9;        // of the rules
  static constexpr float kTextForSure = 0.7F;  // of the model
  static constexpr float kOverruled = 0.05F;

  // An appeal is good prose: only the rules, which see it as a whole, can tell.
  double RulesThreshold(size_t i) const {
    return analysis_.judgements[i].kind == Kind::kDonationAppeal ? policy_.rule_threshold : kSure;
  }
  bool RulesOverrule(size_t i) const {
    const bool appeal = analysis_.judgements[i].kind == Kind::kDonationAppeal;
    return (appeal || (rules_have_a_say_ && text_[i] < kTextForSure)) && RuleScore(analysis_, i) >= RulesThreshold(i);
  }

  const Analysis& analysis_;
  const Policy& policy_;
  std::vector<float> text_;
  float cut_ = 0;
  bool rules_have_a_say_ = false;
};

bool IsPage(const Analysis& analysis) {
  constexpr uint64_t kLeastWords = 150;
  uint64_t words = 0;
  for (const Facts& facts : analysis.facts) words += facts.words;
  return words >= kLeastWords;
}

// Entries described line by line on what shows no interface: a comparison, a catalogue.
bool IsTable(const Analysis& analysis) {
  return analysis.extent.page == 0 &&
         std::any_of(analysis.facts.begin(), analysis.facts.end(), [](const Facts& facts) { return facts.record; });
}

bool KeepsContent(const Policy& policy, const Analysis& analysis, size_t block) {
  for (size_t kind = 0; kind < kContents; ++kind)
    if (policy.keep_content[kind] && IsContent(analysis, block, static_cast<Content>(kind))) return true;
  return false;
}

std::vector<Decided> DecideAboutAll(const Analysis& analysis, const Models& models, const Policy& policy) {
  if (analysis.elements.any()) return ModelDecision(analysis, policy, TextProbabilities(analysis, PageFeatures(analysis, models.page->words), models.page->forest)).Run();
  if (!IsPage(analysis) || IsTable(analysis)) return DecideByRules(analysis, policy);
  return ModelDecision(analysis, policy, TextProbabilities(analysis, ModelFeatures(analysis), *models.text)).Run();
}

}  // namespace

Policy PolicyFor(std::string_view favor) {
  if (favor == "precision") return {.rule_threshold = 0.3, .beta = 0.5};
  if (favor == "recall") return {.rule_threshold = 0.8, .beta = 2};
  return {};
}

std::vector<Decided> Decide(const Analysis& analysis, const Models& models, const Policy& policy) {
  std::vector<Decided> decided = DecideAboutAll(analysis, models, policy);
  const auto stays = [&](const Decided& one) { return KeepsContent(policy, analysis, one.block); };
  decided.erase(std::remove_if(decided.begin(), decided.end(), stays), decided.end());
  return decided;
}

}  // namespace garner::boilerplate_stripper
