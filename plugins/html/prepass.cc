#include "prepass.h"

#include <algorithm>
#include <array>

#include "ascii.h"
#include "garner/utf8.h"
#include "open_elements.h"
#include "references.h"
#include "tag_scanner.h"

namespace garner::html {
namespace {

// Bytes at which copying text must stop for a look: '<', '&', controls, and the lead byte of U+FEFF and the noncharacters.
constexpr std::array<bool, 256> MakeStops() {
  std::array<bool, 256> stops{};
  for (size_t i = 0; i < 0x20; ++i) stops[i] = i != '\t' && i != '\n' && i != '\r';
  stops['<'] = stops['&'] = stops[0xEF] = true;
  return stops;
}
constexpr std::array<bool, 256> kStops = MakeStops();

// What the parser would leave out: it must see something else of the same length, so that places stay comparable.
bool IsNonCharacter(std::string_view text, size_t at) {
  return text.size() - at >= 3 && static_cast<unsigned char>(text[at + 1]) == 0xBF && static_cast<unsigned char>(text[at + 2]) >= 0xBE;
}

class Prepass {
 public:
  Prepass(std::string_view page, const PrepassLimits& limits, ElementNames& names)
      : page_(page), limits_(limits), names_(names), open_(limits.max_depth, [this](ElementId id) { WriteEndTag(id); }) {
    out_.markup.reserve(page.size() / 2);
  }

  Prepared Run() {
    size_t at = 0;
    while (at < page_.size()) {
      const size_t bracket = std::min(page_.find('<', at), page_.size());
      if (bracket > at) Text({at, bracket}, true);
      if (bracket == page_.size()) break;
      at = Markup(bracket);
    }
    out_.tags_flattened = open_.flattened();
    return std::move(out_);
  }

 private:
  // What begins with the '<' at `at`; returns the place behind it.
  size_t Markup(size_t at) {
    const char next = at + 1 < page_.size() ? page_[at + 1] : '\0';
    if (IsLetter(next)) return StartTag(at);
    if (next == '/') {
      const char name = at + 2 < page_.size() ? page_[at + 2] : '\0';
      if (IsLetter(name)) return EndTag(at);
      if (name == '\0') return PlainBracket(at);
      return BogusComment(at);
    }
    if (next == '!' || next == '?') return Declaration(at);
    return PlainBracket(at);
  }

  size_t PlainBracket(size_t at) {
    Text({at, at + 1}, true);
    return at + 1;
  }

  size_t Declaration(size_t at) {
    if (page_.substr(at, 4) == "<!--") return Comment(at);
    if (limits_.xml && page_.substr(at, 9) == "<![CDATA[") {
      const size_t end = std::min(page_.find("]]>", at + 9), page_.size());
      Text({at + 9, end}, false);
      return std::min(end + 3, page_.size());
    }
    const bool doctype = StartsIgnoringCase(page_.substr(at + 2), "doctype");
    const size_t end = BogusComment(at);
    if (doctype) out_.cuts.back().rule = "markup";
    return end;
  }

  size_t BogusComment(size_t at) {
    const size_t end = std::min(page_.find('>', at), page_.size() - 1) + 1;
    out_.cuts.push_back({{at, end}, "comment"});
    return end;
  }

  size_t Comment(size_t at) {
    const size_t limit = at < noscript_end_ ? noscript_end_ : page_.size();
    size_t end = limit;
    const size_t body = at + 4;
    if (page_.substr(body, 1) == ">") {
      end = body + 1;
    } else if (page_.substr(body, 2) == "->") {
      end = body + 2;
    } else {
      for (size_t dashes = page_.find("--", body); dashes < limit && end == limit; dashes = page_.find("--", dashes + 1)) {
        const std::string_view rest = page_.substr(dashes + 2, 2);
        if (rest.substr(0, 1) == ">") end = dashes + 3;
        if (rest == "!>") end = dashes + 4;
      }
    }
    out_.cuts.push_back({{at, end}, "comment"});
    return end;
  }

  size_t EndTag(size_t at) {
    const size_t attributes = out_.attributes.size();
    uint64_t ignored = 0;
    const ScannedTag tag = ScanTag(page_, at, at + 2, 0, 0, out_.attributes, ignored);
    out_.attributes.resize(attributes);
    if (!tag.complete) return page_.size();
    const ElementId id = names_.Find(tag.name);
    if (id == tag::Br) {
      WriteStartTag(id, tag.source, attributes, 0);
    } else if (id != tag::Html && id != tag::Head && id != tag::Body) {
      open_.End(id);
    }
    return tag.source.end;
  }

  size_t StartTag(size_t at) {
    const size_t first = out_.attributes.size();
    const ScannedTag tag = ScanTag(page_, at, at + 1, limits_.max_attributes, limits_.max_attribute_bytes, out_.attributes, out_.attributes_ignored);
    if (!tag.complete) {
      out_.attributes.resize(first);
      return page_.size();
    }
    const ElementId id = names_.Find(tag.name);
    const size_t count = out_.attributes.size() - first;
    // Inside noscript browsers with scripts read nothing, so nobody notices the `<iframe .../>` that others would take for open.
    const bool empty = tag.self_closing && (limits_.xml || id == tag::Svg || (id == tag::Iframe && at < noscript_end_));
    if (id == tag::Noscript) FindNoscriptEnd(tag.source.end);
    switch (id) {
      case tag::Html:
      case tag::Meta:
      case tag::Link:
      case tag::Base:
        out_.head_tags.push_back(MakeTag(id, tag.source, first, count));
        return tag.source.end;
      case tag::Head: return tag.source.end;
      case tag::Script:
      case tag::Style:
      case tag::Iframe:
      case tag::Noembed:
      case tag::Noframes:
      case tag::Title:
        if (!empty) return RawText(id, tag, first, count);
        return tag.source.end;
      case tag::Svg:
      case tag::Template:
        if (empty || HasAttribute(first, AttributeName::kShadowRootMode)) break;
        if (const size_t end = EndOfSubtree(id, tag.source.end); end != 0) {
          out_.cuts.push_back({{at, end}, names_.Name(id)});
          return end;
        }
        break;
      default: break;
    }
    if (Has(id, kVoid) && id != tag::Br && id != tag::Hr) return tag.source.end;
    if (id == tag::Body && (body_seen_ || open_.depth() > 0)) return tag.source.end;
    return Element(id, tag, first, count, empty);
  }

  size_t Element(ElementId id, const ScannedTag& tag, size_t first, size_t count, bool empty) {
    if (id == tag::Body) {
      body_seen_ = true;
      WriteStartTag(id, tag.source, first, count);
      return tag.source.end;
    }
    if (open_.Start(id)) WriteStartTag(id, tag.source, first, count);
    if (empty && !Has(id, kVoid)) open_.End(id);
    if (!empty && (id == tag::Textarea || id == tag::Xmp)) {
      const RawEnd raw = FindRawEnd(names_.Name(id), tag.source.end);
      Text({tag.source.end, raw.content_end}, id == tag::Textarea);
      open_.End(id);
      return raw.end;
    }
    return tag.source.end;
  }

  // Elements whose content is characters up to their end tag, whatever it looks like; none of it is text of the page.
  size_t RawText(ElementId id, const ScannedTag& tag, size_t first, size_t count) {
    const RawEnd raw = FindRawEnd(names_.Name(id), tag.source.end);
    const Span content{tag.source.end, raw.content_end};
    if (id == tag::Title && out_.title.empty()) out_.title = content;
    if (id == tag::Script && IsJsonLd(first, count)) out_.json_ld.push_back(content);
    out_.attributes.resize(first);
    out_.cuts.push_back({{tag.source.begin, raw.end}, id == tag::Title ? std::string_view("metadata") : names_.Name(id)});
    return raw.end;
  }

  bool IsJsonLd(size_t first, size_t count) const {
    for (size_t i = first; i < first + count; ++i)
      if (out_.attributes[i].name == AttributeName::kType) return StartsIgnoringCase(TrimHtmlSpace(Slice(out_.attributes[i].value)), "application/ld+json");
    return false;
  }

  bool HasAttribute(size_t first, AttributeName name) const {
    return std::any_of(out_.attributes.begin() + static_cast<std::ptrdiff_t>(first), out_.attributes.end(),
                       [&](const Attribute& attribute) { return attribute.name == name; });
  }

  struct RawEnd {
    size_t content_end = 0;
    size_t end = 0;
  };

  // An element that nobody ends reaches to the end of the page, as in browsers; inside noscript to the end of that.
  RawEnd FindRawEnd(std::string_view name, size_t from) const {
    const size_t limit = from < noscript_end_ ? noscript_end_ : page_.size();
    for (size_t at = page_.find("</", from); at < limit; at = page_.find("</", at + 2)) {
      if (!NamedAt(name, at + 2)) continue;
      const size_t close = page_.find('>', at);
      return {at, close == std::string_view::npos ? page_.size() : close + 1};
    }
    return {limit, limit};
  }

  // Looks for the end of the outermost noscript only, and not again where one search has found none: linear over a page.
  void FindNoscriptEnd(size_t from) {
    if (from < noscript_end_ || noscript_unclosed_) return;
    const RawEnd end = FindRawEnd("noscript", from);
    noscript_unclosed_ = end.content_end == page_.size();
    if (!noscript_unclosed_) noscript_end_ = end.content_end;
  }

  bool NamedAt(std::string_view name, size_t at) const {
    if (!StartsIgnoringCase(page_.substr(std::min(at, page_.size())), name)) return false;
    const size_t after = at + name.size();
    return after < page_.size() && (IsHtmlSpace(page_[after]) || page_[after] == '/' || page_[after] == '>');
  }

  // The place behind the end tag that matches a start tag before `from`; 0 where there is none. One failure answers for all later
  // elements of the page, or hostile nesting would be searched again and again.
  size_t EndOfSubtree(ElementId id, size_t from) {
    bool& hopeless = id == tag::Svg ? svg_unclosed_ : template_unclosed_;
    const std::string_view name = names_.Name(id);
    size_t depth = 1;
    for (size_t at = from; !hopeless && (at = page_.find('<', at)) != std::string_view::npos; ++at) {
      if (page_.substr(at, 4) == "<!--") {
        at = std::min(page_.find("-->", at + 4), page_.size() - 1);
        continue;
      }
      const bool closing = at + 1 < page_.size() && page_[at + 1] == '/';
      if (!NamedAt(name, at + 1 + closing)) continue;
      // A whole tag: its attributes may hold a '>'.
      const size_t attributes = out_.attributes.size();
      uint64_t ignored = 0;
      const ScannedTag tag = ScanTag(page_, at, at + 1 + closing, 0, 0, out_.attributes, ignored);
      out_.attributes.resize(attributes);
      if (!tag.complete) break;
      if (!closing && !tag.self_closing) ++depth;
      if (closing && --depth == 0) return tag.source.end;
      at = tag.source.end - 1;
    }
    hopeless = true;
    return 0;
  }

  Tag MakeTag(ElementId id, Span source, size_t first, size_t count) const {
    return {id, static_cast<uint32_t>(first), static_cast<uint32_t>(count), out_.markup.size(), source};
  }

  void WriteStartTag(ElementId id, Span source, size_t first, size_t count) {
    out_.tags.push_back(MakeTag(id, source, first, count));
    out_.markup.append("<").append(names_.Name(id)).append(">");
  }

  void WriteEndTag(ElementId id) { out_.markup.append("</").append(names_.Name(id)).append(">"); }

  // Copies a stretch of text. What the parser would read as markup is written as a reference, so it can see nothing but text.
  void Text(Span span, bool references) {
    size_t from = span.begin;
    for (size_t at = span.begin; at < span.end;) {
      const auto byte = static_cast<unsigned char>(page_[at]);
      if (!kStops[byte] || (byte == 0xEF && !IsNonCharacter(page_.substr(0, span.end), at))) {
        ++at;
        continue;
      }
      Copy({from, at});
      at += Unusual({at, span.end}, references);
      from = at;
    }
    Copy({from, span.end});
  }

  // The character at span.begin that cannot be copied as it is; returns its bytes.
  size_t Unusual(Span span, bool references) {
    const char c = page_[span.begin];
    if (c == '<') {
      Write({span.begin, span.begin + 1}, "&lt;", false);
      return 1;
    }
    if (c == '&') {
      const Reference reference = references ? ParseReference(page_.substr(0, span.end), span.begin) : Reference{};
      if (reference.size == 0) {
        Write({span.begin, span.begin + 1}, "&amp;", false);
        return 1;
      }
      WriteReference({span.begin, span.begin + reference.size}, reference.text);
      return reference.size;
    }
    const size_t size = static_cast<unsigned char>(c) == 0xEF ? 3 : 1;
    Write({span.begin, span.begin + size}, std::string_view("   ").substr(0, size), true);
    return size;
  }

  void WriteReference(Span source, std::string_view text) {
    if (text[0] == '<' && text.size() > 1) {
      // `&nvlt;` is a less-than sign and a combining line, which the parser reports apart.
      Write(source, "&lt;", false);
      return Write({source.end, source.end}, text.substr(1), false);
    }
    Write(source, ForParser(text), false);
  }

  static std::string_view ForParser(std::string_view text) {
    if (text == "<") return "&lt;";
    if (text == "&") return "&amp;";
    const bool lost = text.size() == 1 ? kStops[static_cast<unsigned char>(text[0])] : static_cast<unsigned char>(text[0]) == 0xEF && IsNonCharacter(text, 0);
    return lost ? std::string_view() : text;
  }

  void Copy(Span span) {
    if (!span.empty()) Write(span, Slice(span), true);
  }

  void Write(Span source, std::string_view text, bool exact) {
    if (text.empty()) return;
    const Span markup{out_.markup.size(), out_.markup.size() + text.size()};
    out_.markup.append(text);
    if (exact && !out_.text.empty()) {
      TextSegment& last = out_.text.back();
      if (last.exact && last.markup.end == markup.begin && last.source.end == source.begin) {
        last.markup.end = markup.end;
        last.source.end = source.end;
        return;
      }
    }
    out_.text.push_back({markup, source, exact});
  }

  std::string_view Slice(Span span) const { return page_.substr(span.begin, span.size()); }

  std::string_view page_;
  const PrepassLimits& limits_;
  ElementNames& names_;
  OpenElements open_;
  Prepared out_;
  bool body_seen_ = false;
  bool svg_unclosed_ = false;
  bool template_unclosed_ = false;
  bool noscript_unclosed_ = false;
  size_t noscript_end_ = 0;  // of the noscript that was met last
};

}  // namespace

Prepared Prepare(std::string_view page, const PrepassLimits& limits, ElementNames& names) { return Prepass(page, limits, names).Run(); }

}  // namespace garner::html
