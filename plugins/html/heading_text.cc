#include "heading_text.h"

#include <algorithm>
#include <initializer_list>
#include <vector>

#include "ascii.h"
#include "garner/utf8.h"
#include "markup_candidates.h"
#include "words.h"

namespace garner::html {
namespace {

constexpr NodeId kMaxNodes = 256;   // of a heading that are looked at
constexpr size_t kMaxAsideBytes = 40;  // a longer part is the title itself

bool HasClass(std::string_view classes, std::initializer_list<std::string_view> wanted) {
  return std::any_of(wanted.begin(), wanted.end(), [&](std::string_view name) { return HasWord(classes, name); });
}

// "Collection:" before the name of one, for screen readers only.
bool IsHiddenPrefix(std::string_view classes, std::string_view text) {
  return !text.empty() && text.back() == ':' && HasClass(classes, {"visually-hidden", "visuallyhidden", "sr-only", "screen-reader-text"});
}

// "(harbourpost.example)": where a linked piece comes from.
bool IsHostInBrackets(std::string_view text) {
  return text.size() > 5 && text.front() == '(' && text.back() == ')' && text.find('.') != std::string_view::npos && text.find(' ') == std::string_view::npos;
}

bool IsAside(const Page& page, NodeId id) {
  const Node& node = page.tree.nodes[id];
  if (node.element == tag::Time || node.element == tag::Button) return true;
  const Attributes attributes = page.attributes();
  const std::string_view classes = attributes.Raw(node, AttributeName::kClass);
  if (classes.empty() && node.element != tag::A) return false;
  const std::string text = SubtreeText(page, id, kMaxAsideBytes + 1);
  return text.size() <= kMaxAsideBytes && (IsHostInBrackets(text) || HasClass(classes, {"label", "badge", "date", "headerlink"}) || IsHiddenPrefix(classes, text));
}

std::vector<Span> AsidesOf(const Page& page, NodeId heading) {
  std::vector<Span> asides;
  const NodeId end = std::min(page.tree.nodes[heading].next, heading + kMaxNodes);
  for (NodeId i = heading + 1; i < end; ++i) {
    if (page.tree.nodes[i].is_text() || !IsAside(page, i)) continue;
    asides.push_back(SubtreeSource(page, i));
    i = page.tree.nodes[i].next - 1;
  }
  return asides;
}

bool Covers(const std::vector<Span>& spans, Span piece) {
  return std::any_of(spans.begin(), spans.end(), [&](Span span) { return span.begin <= piece.begin && piece.end <= span.end; });
}

}  // namespace

std::string HeadingText(const Page& page, const PageText& text, const Draft& heading, size_t max_bytes) {
  const std::vector<Span> asides = AsidesOf(page, heading.node);
  if (asides.empty()) return std::string(WithoutAnchorMark(DraftText(page, text, heading, max_bytes)));
  std::string title;
  for (uint32_t i = heading.first_part; i < heading.first_part + heading.parts && title.size() < max_bytes; ++i) {
    const Part& part = text.parts[i];
    if (part.kind != Part::kPiece) {
      title.push_back(' ');
    } else if (!Covers(asides, part.piece.source)) {
      title.append(page.TextOf(part.piece));
    }
  }
  if (Squashed(title).empty()) title = DraftText(page, text, heading, max_bytes);
  return std::string(WithoutAnchorMark(title));
}

}  // namespace garner::html
