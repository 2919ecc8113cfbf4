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

const std::unordered_map<std::string_view, Kind>& ClassWords() {
  static const std::unordered_map<std::string_view, Kind> words = {
      {"share", Kind::kShareButtons},
      {"sharing", Kind::kShareButtons},
      {"social", Kind::kShareButtons},
      {"sharedaddy", Kind::kShareButtons},
      {"related", Kind::kRelatedItems},
      {"recommended", Kind::kRelatedItems},
      {"recommendations", Kind::kRelatedItems},
      {"outbrain", Kind::kRelatedItems},
      {"taboola", Kind::kRelatedItems},
      {"comment", Kind::kCommentForm},
      {"respond", Kind::kCommentForm},
      {"disqus", Kind::kCommentForm},
      {"cookie", Kind::kCookieNotice},
      {"cookies", Kind::kCookieNotice},
      {"consent", Kind::kCookieNotice},
      {"gdpr", Kind::kCookieNotice},
      {"newsletter", Kind::kNewsletter},
      {"subscribe", Kind::kNewsletter},
      {"signup", Kind::kNewsletter},
      {"breadcrumb", Kind::kNavigation},
      {"breadcrumbs", Kind::kNavigation},
      {"nav", Kind::kNavigation},
      {"navbar", Kind::kNavigation},
      {"navigation", Kind::kNavigation},
      {"menu", Kind::kNavigation},
      {"sidebar", Kind::kNavigation},
      {"footer", Kind::kCopyrightFooter},
      {"promo", Kind::kPromotion},
      {"advertisement", Kind::kPromotion},
      {"ads", Kind::kPromotion},
      {"sponsored", Kind::kPromotion},
      {"banner", Kind::kPromotion},
      {"pagination", Kind::kPager},
      {"pager", Kind::kPager},
      {"rating", Kind::kRatingWidget},
      {"login", Kind::kAppOrLoginPrompt},
      {"paywall", Kind::kAppOrLoginPrompt},
      {"donate", Kind::kDonationAppeal},
      {"donation", Kind::kDonationAppeal},
  };
  return words;
}

// Words of the page that each landmark, or class, would speak against.
template <typename Key, typename KeyOf>
std::unordered_map<Key, uint64_t> WordsBy(const v1::Document& document, const std::vector<Facts>& facts, KeyOf key_of) {
  std::unordered_map<Key, uint64_t> words;
  for (size_t i = 0; i < facts.size(); ++i) {
    const v1::Block& block = document.blocks(static_cast<int>(i));
    if (block.has_html()) words[key_of(block.html())] += facts[i].words;
  }
  return words;
}

}  // namespace

Kind ClassKind(const v1::HtmlEvidence& html) {
  for (const std::string& word : html.class_words()) {
    const auto found = ClassWords().find(word);
    if (found != ClassWords().end()) return found->second;
  }
  return Kind::kNone;
}

void AddHtmlFeatures(const v1::Document& document, const std::vector<Facts>& facts, std::vector<FeatureVector>& features) {
  const bool any =
      std::any_of(document.blocks().begin(), document.blocks().end(), [](const v1::Block& block) { return block.has_html(); });
  if (!any) return;
  uint64_t all = 0;
  for (const Facts& block : facts) all += block.words;
  const auto limit = static_cast<uint64_t>(static_cast<double>(all) * kMaxShareOfPage);
  auto landmarks = WordsBy<std::string>(document, facts, [](const v1::HtmlEvidence& html) { return html.landmark(); });
  auto classes = WordsBy<int>(document, facts, [](const v1::HtmlEvidence& html) { return static_cast<int>(ClassKind(html)); });
  for (size_t i = 0; i < facts.size(); ++i) {
    const v1::Block& block = document.blocks(static_cast<int>(i));
    if (!block.has_html()) continue;
    const v1::HtmlEvidence& html = block.html();
    const Kind kind = ClassKind(html);
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
