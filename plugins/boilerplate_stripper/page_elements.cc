#include "page_elements.h"

#include <tsl/robin_map.h>

#include <algorithm>
#include <string_view>

#include "garner/hash.h"

namespace garner::boilerplate_stripper {
namespace {

struct Named {
  std::string_view name;
  Element element;
};

constexpr Named kNamed[] = {
    {"nav", Element::kNav},         {"header", Element::kHeader},  {"footer", Element::kFooter},      {"aside", Element::kAside},
    {"main", Element::kMain},       {"article", Element::kArticle}, {"section", Element::kSection},    {"form", Element::kForm},
    {"table", Element::kTable},     {"td", Element::kCell},        {"th", Element::kCell},            {"ul", Element::kList},
    {"ol", Element::kList},         {"menu", Element::kList},      {"li", Element::kItem},            {"dl", Element::kDescriptions},
    {"figure", Element::kFigure},   {"button", Element::kButton},  {"a", Element::kLink},             {"label", Element::kControl},
    {"select", Element::kControl},  {"option", Element::kControl}, {"textarea", Element::kControl},   {"fieldset", Element::kControl},
    {"blockquote", Element::kQuote}, {"details", Element::kDetails}, {"p", Element::kParagraph},       {"h1", Element::kHeading},
    {"h2", Element::kHeading},      {"h3", Element::kHeading},     {"h4", Element::kHeading},         {"h5", Element::kHeading},
    {"h6", Element::kHeading},      {"pre", Element::kCode},       {"code", Element::kCode},          {"span", Element::kSpan},
    {"div", Element::kDiv},
};

struct KindWord {
  std::string_view word;
  Kind kind;
};

// Class words that say what a part of a page is.
constexpr KindWord kKindWords[] = {
    {"share", Kind::kShareButtons},         {"sharing", Kind::kShareButtons},   {"social", Kind::kShareButtons},       {"sharedaddy", Kind::kShareButtons},
    {"related", Kind::kRelatedItems},       {"recommended", Kind::kRelatedItems}, {"recommendations", Kind::kRelatedItems}, {"outbrain", Kind::kRelatedItems},
    {"taboola", Kind::kRelatedItems},       {"comment", Kind::kCommentForm},    {"respond", Kind::kCommentForm},       {"disqus", Kind::kCommentForm},
    {"cookie", Kind::kCookieNotice},        {"cookies", Kind::kCookieNotice},   {"consent", Kind::kCookieNotice},      {"gdpr", Kind::kCookieNotice},
    {"newsletter", Kind::kNewsletter},      {"subscribe", Kind::kNewsletter},   {"signup", Kind::kNewsletter},         {"breadcrumb", Kind::kNavigation},
    {"breadcrumbs", Kind::kNavigation},     {"nav", Kind::kNavigation},         {"navbar", Kind::kNavigation},         {"navigation", Kind::kNavigation},
    {"menu", Kind::kNavigation},            {"sidebar", Kind::kNavigation},     {"footer", Kind::kCopyrightFooter},    {"promo", Kind::kPromotion},
    {"advertisement", Kind::kPromotion},    {"ads", Kind::kPromotion},          {"sponsored", Kind::kPromotion},       {"banner", Kind::kPromotion},
    {"pagination", Kind::kPager},           {"pager", Kind::kPager},            {"rating", Kind::kRatingWidget},       {"login", Kind::kAppOrLoginPrompt},
    {"paywall", Kind::kAppOrLoginPrompt},   {"donate", Kind::kDonationAppeal},  {"donation", Kind::kDonationAppeal},
};

Element ElementNamed(std::string_view name) {
  static const auto table = [] {
    tsl::robin_map<std::string_view, Element> made;
    for (const Named& row : kNamed) made.try_emplace(row.name, row.element);
    return made;
  }();
  const auto found = table.find(name);
  return found == table.end() ? Element::kOther : found->second;
}

Kind KindOf(uint64_t word) {
  static const auto table = [] {
    tsl::robin_map<uint64_t, Kind> made;
    for (const KindWord& row : kKindWords) made.try_emplace(Hash64(row.word), row.kind);
    return made;
  }();
  const auto found = table.find(word);
  return found == table.end() ? Kind::kNone : found->second;
}

// Of both, in this order.
uint64_t Mixed(uint64_t a, uint64_t b) {
  constexpr uint64_t kOdd = 0x9E3779B97F4A7C15;
  const uint64_t sum = (a * kOdd) ^ (b + kOdd + (a >> 29));
  return (sum ^ (sum >> 32)) * kOdd;
}

uint8_t OneFurther(uint8_t distance) { return distance < PageElement::kFar ? static_cast<uint8_t>(distance + 1) : distance; }

// What an element has from the one around it, or, `around` being null, from the body.
void Inherit(const PageElement* around, PageElement& element) {
  // A class word speaks for what is this many elements further in.
  constexpr uint8_t kReach = 7;
  if (around == nullptr) {
    element.to_element.fill(PageElement::kFar);
    element.to_group.fill(PageElement::kFar);
    return;
  }
  element.depth = static_cast<uint16_t>(std::min(around->depth + 1, 0xFFFF));
  std::transform(around->to_element.begin(), around->to_element.end(), element.to_element.begin(), OneFurther);
  std::transform(around->to_group.begin(), around->to_group.end(), element.to_group.begin(), OneFurther);
  if (around->kind_distance >= kReach) return;
  element.kind = around->kind;
  element.kind_distance = OneFurther(around->kind_distance);
}

}  // namespace

void Inside::Add(const Inside& other) {
  blocks += other.blocks;
  words += other.words;
  prose += other.prose;
  sentences += other.sentences;
  bytes += other.bytes;
  link_bytes += other.link_bytes;
}

PageElements::PageElements(const v1::Document& document, const std::vector<Facts>& facts) {
  any_ = std::any_of(document.blocks().begin(), document.blocks().end(), [](const v1::Block& block) { return block.has_html(); });
  if (!any_) return;
  ReadElements(document);
  SumUp(document, facts);
}

void PageElements::ReadElements(const v1::Document& document) {
  elements_.resize(static_cast<size_t>(document.html_elements_size()));
  tsl::robin_map<uint64_t, uint32_t> siblings;
  const auto family = [&](const PageElement& element) { return Mixed(element.parent, element.signature); };
  for (size_t i = 0; i < elements_.size(); ++i) {
    const v1::HtmlElement& read = document.html_elements(static_cast<int>(i));
    PageElement& element = elements_[i];
    const PageElement* around = read.has_parent() ? &elements_[read.parent()] : nullptr;
    if (around != nullptr) element.parent = read.parent();
    Inherit(around, element);
    element.element = ElementNamed(read.name());
    element.to_element[static_cast<size_t>(element.element)] = 0;
    ReadWords(read, element);
    element.signature = Hash64(read.class_words(), Hash64(read.name()));
    element.path = Mixed(around != nullptr ? around->path : 0, element.signature);
    ++siblings[family(element)];
  }
  for (PageElement& element : elements_) element.siblings = siblings[family(element)];
}

void PageElements::ReadWords(const v1::HtmlElement& read, PageElement& element) {
  element.words_begin = static_cast<uint32_t>(words_.size());
  words_.push_back(Hash64(read.name()) + 1);  // no class word is the same
  const std::string_view classes = read.class_words();
  Kind kind = Kind::kNone;
  for (size_t at = 0; at < classes.size();) {
    const size_t end = std::min(classes.find(' ', at), classes.size());
    const uint64_t word = Hash64(classes.substr(at, end - at));
    at = end + 1;
    if (std::find(words_.begin() + element.words_begin, words_.end(), word) != words_.end()) continue;
    words_.push_back(word);
    element.groups |= GroupsOf(word);
    if (kind == Kind::kNone) kind = KindOf(word);
  }
  element.words_end = static_cast<uint32_t>(words_.size());
  for (size_t group = 0; group < kGroups; ++group)
    if ((element.groups >> group & 1) != 0) element.to_group[group] = 0;
  if (kind == Kind::kNone) return;
  element.kind = kind;
  element.kind_distance = 0;
}

void PageElements::SumUp(const v1::Document& document, const std::vector<Facts>& facts) {
  for (size_t i = 0; i < facts.size(); ++i) {
    const v1::Block& block = document.blocks(static_cast<int>(i));
    Inside own;
    own.blocks = 1;
    own.words = facts[i].words;
    own.prose = facts[i].prose() ? facts[i].words : 0;
    own.sentences = facts[i].sentence() ? 1 : 0;
    own.bytes = block.end() - block.begin();
    own.link_bytes = std::min(block.html().link_bytes(), own.bytes);
    whole_.Add(own);
    if (block.html().has_element()) elements_[block.html().element()].inside.Add(own);
  }
  // Those further in come later.
  for (size_t i = elements_.size(); i-- > 0;)
    if (elements_[i].parent != PageElement::kNone) elements_[elements_[i].parent].inside.Add(elements_[i].inside);
}

Kind PageElements::ClassKind(const v1::Block& block) const {
  const PageElement* own = Own(block);
  return own == nullptr ? Kind::kNone : own->kind;
}

uint32_t PageElements::Holder(double share) const {
  const double wanted = share * static_cast<double>(whole_.prose);
  uint32_t holder = PageElement::kNone;
  // Each that holds so much stands in the one before, as long as the share is more than a half.
  for (uint32_t i = 0; i < elements_.size(); ++i)
    if (whole_.prose > 0 && static_cast<double>(elements_[i].inside.prose) >= wanted) holder = i;
  return holder;
}

}  // namespace garner::boilerplate_stripper
