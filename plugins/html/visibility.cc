#include "visibility.h"

#include <algorithm>
#include <string>

#include "ascii.h"

namespace garner::html {
namespace {

// A page that shows less text than this is nearly empty: a banner, a loading message.
constexpr uint64_t kNearlyEmptyBytes = 400;

// `display: none` or `visibility: hidden` in a style attribute.
bool StyleHides(std::string_view style) {
  while (!style.empty()) {
    const std::string_view declaration = style.substr(0, style.find(';'));
    style.remove_prefix(std::min(declaration.size() + 1, style.size()));
    const size_t colon = declaration.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view property = TrimHtmlSpace(declaration.substr(0, colon));
    std::string_view value = TrimHtmlSpace(declaration.substr(colon + 1));
    value = TrimHtmlSpace(value.substr(0, value.find('!')));
    if (EqualsIgnoringCase(property, "display") && EqualsIgnoringCase(value, "none")) return true;
    if (EqualsIgnoringCase(property, "visibility") && EqualsIgnoringCase(value, "hidden")) return true;
  }
  return false;
}

// Words of classes that name what a reader folds out.
bool NamesAFold(std::string_view classes) {
  for (size_t at = 0; at < classes.size(); ++at) {
    const size_t begin = at;
    while (at < classes.size() && IsLetter(classes[at])) ++at;
    const std::string_view word = classes.substr(begin, at - begin);
    for (const std::string_view fold : {"accordion", "collaps", "expand", "faq", "toggle"})
      if (StartsIgnoringCase(word, fold)) return true;
  }
  return false;
}

// What a script or the reader takes out of hiding: a streamed segment that React moves to its place (id "S:1"), the panel of a tab,
// a part that folds out.
bool WillBeShown(const Attributes& attributes, const Node& node) {
  const std::string_view role = TrimHtmlSpace(attributes.Raw(node, AttributeName::kRole));
  if (EqualsIgnoringCase(role, "tabpanel") || EqualsIgnoringCase(role, "region")) return true;
  if (NamesAFold(attributes.Raw(node, AttributeName::kClass))) return true;
  const std::string_view id = attributes.Raw(node, AttributeName::kId);
  return id.size() > 2 && id.substr(0, 2) == "S:" && IsHexDigit(id[2]);
}

bool AttributesHide(const Attributes& attributes, const Node& node) {
  if (node.tag == kNoTag || WillBeShown(attributes, node)) return false;
  if (attributes.Has(node, AttributeName::kHidden))
    return !EqualsIgnoringCase(TrimHtmlSpace(attributes.Raw(node, AttributeName::kHidden)), "until-found");
  if (node.element == tag::Dialog && !attributes.Has(node, AttributeName::kOpen)) return true;
  return StyleHides(attributes.Raw(node, AttributeName::kStyle));
}

}  // namespace

std::string_view HiddenBy(const Page& page, const Node& node, const Showing& showing) {
  if (Has(node.element, kFallback)) return "fallback";
  if (node.element == tag::Noscript) return showing.noscript ? "" : "noscript";
  if (node.element == tag::Datalist) return "hidden";
  if (!showing.hidden && AttributesHide(page.attributes(), node)) return "hidden";
  return {};
}

Showing DecideShowing(const Page& page) {
  uint64_t shown = 0;
  uint64_t hidden = 0;
  uint64_t noscript = 0;
  NodeId inside_hidden = 0;    // the ends of the innermost such subtrees
  NodeId inside_noscript = 0;
  for (NodeId i = 1; i < NodeCount(page.tree); ++i) {
    const Node& node = page.tree.nodes[i];
    if (!node.is_text()) {
      const std::string_view rule = HiddenBy(page, node, {});
      if (rule == "noscript") inside_noscript = std::max(inside_noscript, node.next);
      if (rule == "hidden") inside_hidden = std::max(inside_hidden, node.next);
      if (rule == "fallback") i = node.next - 1;
      continue;
    }
    for (uint32_t piece = node.pieces; piece < page.PiecesEnd(i); ++piece) {
      const std::string_view text = page.TextOf(page.tree.pieces[piece]);
      if (IsBlank(text)) continue;
      (i < inside_noscript ? noscript : i < inside_hidden ? hidden : shown) += text.size();
    }
  }
  Showing showing;
  showing.hidden = hidden > shown && shown < kNearlyEmptyBytes;
  showing.noscript = noscript > shown && shown < kNearlyEmptyBytes;
  return showing;
}

}  // namespace garner::html
