#include "decision.h"

#include <algorithm>

#include "html_features.h"
#include "score.h"

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
Kind DominantReason(const Facts& facts, const FeatureVector& features, const Judgement& judgement, const v1::Block& block) {
  if (facts.placeholder) return Kind::kTemplatePlaceholder;
  if (judgement.inherited && judgement.kind == Kind::kDonationAppeal) return Kind::kDonationAppeal;
  if (IsRule(facts.line.kind)) return facts.line.kind;
  if (const Kind kind = MostFrequentPhrase(facts); kind != Kind::kNone) return kind;
  if (block.has_html() && features[Feature::kBadClass] > 0) return ClassKind(block.html());
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

}  // namespace

double ThresholdFor(std::string_view favor) {
  if (favor == "precision") return 0.3;
  if (favor == "recall") return 0.8;
  return 0.5;
}

std::vector<Decided> Decide(const v1::Document& document, const std::vector<Facts>& facts,
                            const std::vector<FeatureVector>& features, const std::vector<Judgement>& judgements,
                            const Policy& policy) {
  std::vector<Decided> decided;
  for (size_t i = 0; i < facts.size(); ++i) {
    const double score = Probability(judgements[i].evidence);
    if (score < policy.threshold) continue;
    const Kind rule = DominantReason(facts[i], features[i], judgements[i], document.blocks(static_cast<int>(i)));
    if (!policy.keep[static_cast<size_t>(rule)]) decided.push_back({i, rule, score});
  }
  if (LeavesTooLittle(facts, decided))
    decided.erase(
        std::remove_if(decided.begin(), decided.end(), [&](const Decided& one) { return !facts[one.block].strong_ui(); }),
        decided.end());
  return decided;
}

}  // namespace garner::boilerplate_stripper
