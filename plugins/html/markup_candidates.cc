#include "markup_candidates.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "ascii.h"
#include "dateline.h"
#include "garner/dates.h"
#include "heading_text.h"
#include "references.h"
#include "words.h"
#include "write_blocks.h"

namespace garner::html {
namespace {

constexpr size_t kMaxTitleBytes = 2000;
constexpr size_t kMaxHeadings = 3;
constexpr size_t kMaxOtherHeadings = 20;
constexpr size_t kMaxTimes = 8;
constexpr size_t kMaxBylines = 3;
constexpr size_t kMaxTexts = 10000;      // texts of elements that are read; they may stand inside each other
constexpr size_t kMaxDateClasses = 64;  // elements whose class says date, looked at whether they state one or not

struct MetaName {
  std::string_view name;  // of a meta element's name, property or itemprop; lower case
  std::string_view key;
  std::string_view origin;
  double confidence;
};

constexpr MetaName kMetaNames[] = {
    {"og:title", "title", "opengraph", 0.9},
    {"twitter:title", "title", "twitter", 0.8},
    {"title", "title", "meta", 0.7},
    {"dc.title", "title", "meta", 0.8},
    {"dcterms.title", "title", "meta", 0.8},
    {"citation_title", "title", "meta", 0.9},
    {"parsely-title", "title", "meta", 0.85},
    {"sailthru.title", "title", "meta", 0.85},
    {"headline", "title", "microdata", 0.8},
    {"author", "authors", "meta", 0.8},
    {"article:author", "authors", "opengraph", 0.75},
    {"article:author_name", "authors", "opengraph", 0.8},
    {"dc.creator", "authors", "meta", 0.8},
    {"dcterms.creator", "authors", "meta", 0.8},
    {"citation_author", "authors", "meta", 0.9},
    {"parsely-author", "authors", "meta", 0.85},
    {"sailthru.author", "authors", "meta", 0.85},
    {"byl", "authors", "meta", 0.8},
    {"article:published_time", "date_published", "opengraph", 0.95},
    {"og:published_time", "date_published", "opengraph", 0.9},
    {"og:article:published_time", "date_published", "opengraph", 0.9},
    {"article:published", "date_published", "opengraph", 0.9},
    {"datepublished", "date_published", "microdata", 0.85},
    {"date", "date_published", "meta", 0.8},
    {"pubdate", "date_published", "meta", 0.9},
    {"publishdate", "date_published", "meta", 0.9},
    {"publish-date", "date_published", "meta", 0.9},
    {"publish_date", "date_published", "meta", 0.9},
    {"published_time", "date_published", "meta", 0.9},
    {"publication_date", "date_published", "meta", 0.9},
    {"article.published", "date_published", "meta", 0.9},
    {"originalpublicationdate", "date_published", "meta", 0.9},
    {"published", "date_published", "meta", 0.85},
    {"published_at", "date_published", "meta", 0.85},
    {"published-date", "date_published", "meta", 0.85},
    {"published_date", "date_published", "meta", 0.85},
    {"publisheddate", "date_published", "meta", 0.85},
    {"pub_date", "date_published", "meta", 0.85},
    {"article:published_date", "date_published", "opengraph", 0.9},
    {"article:publish_date", "date_published", "opengraph", 0.9},
    {"og:publish_date", "date_published", "opengraph", 0.9},
    {"cxenseparse:publishtime", "date_published", "meta", 0.9},
    {"parsely-pub-date", "date_published", "meta", 0.9},
    {"sailthru.date", "date_published", "meta", 0.85},
    {"dc.date", "date_published", "meta", 0.8},
    {"dc.date.issued", "date_published", "meta", 0.85},
    {"dcterms.date", "date_published", "meta", 0.8},
    {"dcterms.issued", "date_published", "meta", 0.85},
    {"dcterms.created", "date_published", "meta", 0.8},
    {"citation_publication_date", "date_published", "meta", 0.85},
    {"citation_date", "date_published", "meta", 0.8},
    {"og:site_name", "publisher", "opengraph", 0.85},
    {"publisher", "publisher", "meta", 0.7},
    {"dc.publisher", "publisher", "meta", 0.8},
    {"dcterms.publisher", "publisher", "meta", 0.8},
    {"application-name", "publisher", "meta", 0.6},
    {"og:description", "description", "opengraph", 0.9},
    {"description", "description", "meta", 0.85},
    {"twitter:description", "description", "twitter", 0.8},
    {"dc.description", "description", "meta", 0.8},
    {"article:section", "section", "opengraph", 0.9},
    {"parsely-section", "section", "meta", 0.85},
    {"article:tag", "tags", "opengraph", 0.85},
    {"keywords", "tags", "meta", 0.6},
    {"news_keywords", "tags", "meta", 0.8},
    {"parsely-tags", "tags", "meta", 0.7},
    {"sailthru.tags", "tags", "meta", 0.7},
    {"og:locale", "language", "opengraph", 0.7},
    {"content-language", "language", "meta", 0.7},
    {"language", "language", "meta", 0.6},
    {"dc.language", "language", "meta", 0.7},
    {"dcterms.language", "language", "meta", 0.7},
    {"og:url", "canonical_url", "opengraph", 0.85},
    {"dcterms.license", "licence", "meta", 0.8},
    {"dc.rights.license", "licence", "meta", 0.8},
};

class Gatherer {
 public:
  Gatherer(const Page& page, const PageText& text, Candidates& candidates)
      : page_(page), attributes_(page.attributes()), text_(text), out_(candidates) {}

  void Run() {
    for (const Tag& tag : page_.prepared.head_tags) {
      if (tag.element == tag::Meta) Meta(tag);
      if (tag.element == tag::Link) Link(tag);
      if (tag.element == tag::Html) HtmlLang(tag);
    }
    const Span title = page_.prepared.title;
    out_.Add("title", DecodeReferences(page_.text.substr(title.begin, title.size()), false), "html_title", 0.7, title);
    Headings();
    for (NodeId i = 1; i < NodeCount(page_.tree); ++i) {
      const Node& node = page_.tree.nodes[i];
      if (node.is_text() || node.tag == kNoTag) continue;
      if (node.element == tag::Time) Time(i, node);
      if (page_.prepared.tags[node.tag].attributes > 0) Element(i, node);
    }
  }

 private:
  Span ValueSpan(const Tag& tag, AttributeName name) const {
    for (uint32_t i = 0; i < tag.attributes; ++i)
      if (const Attribute& attribute = page_.prepared.attributes[tag.first_attribute + i]; attribute.name == name) return attribute.value;
    return tag.source;
  }

  void Meta(const Tag& tag) {
    const std::string content = attributes_.Value(tag, AttributeName::kContent);
    if (content.empty()) return;
    for (const AttributeName name : {AttributeName::kProperty, AttributeName::kName, AttributeName::kItemprop, AttributeName::kHttpEquiv}) {
      const std::string value = Lowered(attributes_.Value(tag, name));
      if (value.empty()) continue;
      const MetaName* known = std::find_if(std::begin(kMetaNames), std::end(kMetaNames), [&](const MetaName& entry) { return entry.name == value; });
      if (known == std::end(kMetaNames)) continue;
      AddTyped(known->key, content, known->origin, known->confidence, ValueSpan(tag, AttributeName::kContent));
      return;
    }
  }

  void AddTyped(std::string_view key, std::string_view value, std::string_view origin, double confidence, Span evidence) {
    if (key == "date_published") return out_.Add(key, NormalizeDate(value), origin, confidence, evidence);
    if (key == "authors" && LooksLikeUrl(value)) return;
    if (key == "tags" && origin != "opengraph") return Tags(value, origin, confidence, evidence);
    out_.Add(key, value, origin, confidence, evidence);
  }

  void Tags(std::string_view list, std::string_view origin, double confidence, Span evidence) {
    while (!list.empty()) {
      const size_t end = std::min(list.find_first_of(",;"), list.size());
      out_.Add("tags", list.substr(0, end), origin, confidence, evidence);
      list.remove_prefix(std::min(end + 1, list.size()));
    }
  }

  void Link(const Tag& tag) {
    const std::string_view rel = attributes_.Raw(tag, AttributeName::kRel);
    const std::string href = attributes_.Value(tag, AttributeName::kHref);
    const Span evidence = ValueSpan(tag, AttributeName::kHref);
    if (HasWord(rel, "canonical")) out_.Add("canonical_url", href, "link", 0.95, evidence);
    if (HasWord(rel, "license")) out_.Add("licence", href, "link", 0.9, evidence);
  }

  void HtmlLang(const Tag& tag) {
    for (const AttributeName name : {AttributeName::kLang, AttributeName::kXmlLang})
      out_.Add("language", attributes_.Value(tag, name), "html_lang", 0.8, ValueSpan(tag, name));
  }

  // First-level headings may be the title; others only help to know it when it is met.
  void Headings() {
    size_t first_level = 0;
    size_t others = 0;
    for (const Draft& draft : text_.drafts) {
      if (draft.role != v1::Block::HEADING || draft.level > 3) continue;
      const bool first = draft.level == 1;
      if (first ? ++first_level > kMaxHeadings : ++others > kMaxOtherHeadings) continue;
      out_.Add(first ? "title" : "heading", HeadingText(page_, text_, draft, kMaxTitleBytes), "h1", first_level <= 1 ? 0.8 : 0.5, DraftSource(text_, draft));
    }
  }

  void Element(NodeId id, const Node& node) {
    if (node.element == tag::A) {
      const std::string_view rel = attributes_.Raw(node, AttributeName::kRel);
      if (HasWord(rel, "author")) Name(id, "rel_author", 0.7);
      if (HasWord(rel, "license")) out_.Add("licence", attributes_.Value(node, AttributeName::kHref), "rel_license", 0.8, attributes_.Source(node));
    }
    Byline(id, node);
    if (!attributes_.Has(node, AttributeName::kItemprop)) return;
    const std::string itemprop = Lowered(attributes_.Value(node, AttributeName::kItemprop));
    if (HasWord(itemprop, "author")) Name(NamedPart(id), "microdata", 0.7);
    if (HasWord(itemprop, "datepublished") && node.element != tag::Time)
      out_.Add("date_published", NormalizeDate(TextOf(id, 100)), "microdata", 0.7, SubtreeSource(page_, id));
    if (HasWord(itemprop, "headline")) out_.Add("title", TextOf(id, kMaxTitleBytes), "microdata", 0.8, SubtreeSource(page_, id));
  }

  std::string TextOf(NodeId id, size_t max_bytes) { return ++texts_ > kMaxTexts ? std::string() : SubtreeText(page_, id, max_bytes); }

  // What classes call an author or a date, where it is short and, for a date, can be read as one.
  void Byline(NodeId id, const Node& node) {
    const std::string_view words = attributes_.Raw(node, AttributeName::kClass);
    if (words.empty()) return;
    const ClassHints hints = HintsOf(words);
    if (hints.author && bylines_ < kMaxBylines) {
      bylines_ += Name(NamedPart(id), "byline", 0.4);
    }
    if (hints.date && dates_ < kMaxBylines && date_classes_++ < kMaxDateClasses) {
      constexpr size_t kMaxDateBytes = 60;
      const std::string text = TextOf(id, kMaxDateBytes + 1);
      const std::string date = text.size() <= kMaxDateBytes && !MarksChange(page_, id) ? DateOfLine(text) : std::string();
      if (date.empty()) return;
      ++dates_;
      out_.Add("date_published", date, "byline", 0.4, SubtreeSource(page_, id));
    }
  }

  struct ClassHints {
    bool author = false;
    bool date = false;
  };

  // Words of the classes between characters that are no letters: "post-date" has "date", "update" has not.
  static ClassHints HintsOf(std::string_view classes) {
    ClassHints hints;
    for (size_t at = 0; at < classes.size(); ++at) {
      const size_t begin = at;
      while (at < classes.size() && IsLetter(classes[at])) ++at;
      const std::string_view word = classes.substr(begin, at - begin);
      if (word.size() < 4 || word.size() > 9) continue;
      hints.author = hints.author || EqualsIgnoringCase(word, "author") || EqualsIgnoringCase(word, "byline");
      hints.date = hints.date || EqualsIgnoringCase(word, "date") || EqualsIgnoringCase(word, "published") || EqualsIgnoringCase(word, "timestamp");
    }
    return hints;
  }

  // The element inside `id` that gives the name of a nested microdata item, else the first link, else `id` itself.
  NodeId NamedPart(NodeId id) {
    constexpr NodeId kNear = 64;
    NodeId link = kNoNode;
    for (NodeId i = id + 1; i < std::min(page_.tree.nodes[id].next, id + kNear); ++i) {
      const Node& node = page_.tree.nodes[i];
      if (node.is_text()) continue;
      if (EqualsIgnoringCase(attributes_.Raw(node, AttributeName::kItemprop), "name")) return i;
      if (link == kNoNode && node.element == tag::A && !IsBlank(TextOf(i, 64))) link = i;
    }
    return link == kNoNode ? id : link;
  }

  bool Name(NodeId id, std::string_view origin, double confidence) {
    constexpr size_t kMaxNameBytes = 80;
    std::string name = TextOf(id, kMaxNameBytes + 1);
    if (StartsIgnoringCase(name, "by ")) name.erase(0, 3);
    if (name.empty() || name.size() > kMaxNameBytes || LooksLikeUrl(name) || std::any_of(name.begin(), name.end(), IsDigit)) return false;
    out_.Add("authors", name, origin, confidence, SubtreeSource(page_, id));
    return true;
  }

  void Time(NodeId id, const Node& node) {
    const bool published = attributes_.Has(node, AttributeName::kPubdate) ||
                           EqualsIgnoringCase(attributes_.Raw(node, AttributeName::kItemprop), "datepublished");
    if (!published && (++times_ > kMaxTimes || MarksChange(page_, id))) return;
    std::string date = NormalizeDate(attributes_.Value(node, AttributeName::kDatetime));
    if (date.empty()) date = NormalizeDate(TextOf(id, 100));
    out_.Add("date_published", date, published ? "microdata" : "time", published ? 0.85 : times_ == 1 ? 0.6 : 0.3, SubtreeSource(page_, id));
  }

  const Page& page_;
  const Attributes attributes_;
  const PageText& text_;
  Candidates& out_;
  size_t texts_ = 0;
  size_t times_ = 0;
  size_t bylines_ = 0;
  size_t dates_ = 0;
  size_t date_classes_ = 0;
};

}  // namespace

std::string DraftText(const Page& page, const PageText& text, const Draft& draft, size_t max_bytes) {
  std::string joined;
  for (uint32_t i = draft.first_part; i < draft.first_part + draft.parts && joined.size() < max_bytes; ++i) {
    const Part& part = text.parts[i];
    if (part.kind != Part::kPiece) {
      joined.push_back(' ');
    } else {
      joined.append(page.TextOf(part.piece));
    }
  }
  return joined;
}

void AddMarkupCandidates(const Page& page, const PageText& text, Candidates& candidates) { Gatherer(page, text, candidates).Run(); }

}  // namespace garner::html
