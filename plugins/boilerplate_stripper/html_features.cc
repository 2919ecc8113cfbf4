#include "html_features.h"

#include <algorithm>
#include <unordered_map>

namespace garner::boilerplate_stripper {
namespace {

// A landmark or class that would take more than this share of the page's words says nothing.
constexpr double kMaxShareOfPage = 0.5;

float BadLandmark(const v1::HtmlEvidence& html) {
  const std::string& landmark = html.landmark();
  if (landmark == "nav" || landmark == "footer") return 1.0F;
  if (landmark == "aside" || landmark == "form") return 0.7F;
  if (landmark == "header") return 0.4F;
  return 0.0F;
}

// Words of the page that each landmark, or class, would speak against.
template <typename Key, typename KeyOf>
std::unordered_map<Key, uint64_t> WordsBy(const v1::Document& document, const std::vector<Facts>& facts, KeyOf key_of) {
  std::unordered_map<Key, uint64_t> words;
  for (size_t i = 0; i < facts.size(); ++i) {
    const v1::Block& block = document.blocks(static_cast<int>(i));
    if (block.has_html()) words[key_of(block)] += facts[i].words;
  }
  return words;
}

}  // namespace

void AddHtmlFeatures(const v1::Document& document, const std::vector<Facts>& facts, const PageElements& elements, std::vector<FeatureVector>& features) {
  if (!elements.any()) return;
  uint64_t all = 0;
  for (const Facts& block : facts) all += block.words;
  const auto limit = static_cast<uint64_t>(static_cast<double>(all) * kMaxShareOfPage);
  auto landmarks = WordsBy<std::string>(document, facts, [](const v1::Block& block) { return block.html().landmark(); });
  auto classes = WordsBy<int>(document, facts, [&](const v1::Block& block) { return static_cast<int>(elements.ClassKind(block)); });
  for (size_t i = 0; i < facts.size(); ++i) {
    const v1::Block& block = document.blocks(static_cast<int>(i));
    if (!block.has_html()) continue;
    const v1::HtmlEvidence& html = block.html();
    const Kind kind = elements.ClassKind(block);
    FeatureVector& out = features[i];
    if (landmarks[html.landmark()] <= limit) out[Feature::kBadLandmark] = BadLandmark(html);
    out[Feature::kGoodLandmark] = html.landmark() == "main" || html.landmark() == "article";
    if (kind != Kind::kNone && classes[static_cast<int>(kind)] <= limit) out[Feature::kBadClass] = 1;
    const uint64_t size = block.end() - block.begin();
    out[Feature::kLinkShare] =
        static_cast<float>(std::min(1.0, static_cast<double>(html.link_bytes()) / static_cast<double>(size)));
  }
}

}  // namespace garner::boilerplate_stripper
