#include "kept_content.h"

#include <algorithm>

namespace garner::boilerplate_stripper {
namespace {

bool StandsIn(const PageElement* own, Element element) { return own != nullptr && own->to_element[static_cast<size_t>(element)] < PageElement::kFar; }
bool StandsIn(const PageElement* own, Group group) { return own != nullptr && own->to_group[static_cast<size_t>(group)] < PageElement::kFar; }

// The frame that pages put around their content.
bool StandsInFrame(const PageElement* own) {
  constexpr Element kFrame[] = {Element::kNav, Element::kFooter, Element::kForm, Element::kButton, Element::kControl};
  return std::any_of(std::begin(kFrame), std::end(kFrame), [&](Element element) { return StandsIn(own, element); });
}

}  // namespace

bool IsContent(const Analysis& analysis, size_t block, Content kind) {
  const v1::Block& it = analysis.document.blocks(static_cast<int>(block));
  const Facts& facts = analysis.facts[block];
  const PageElement* const own = analysis.elements.Own(it);
  if (facts.ui() || facts.placeholder || StandsInFrame(own)) return false;
  switch (kind) {
    case Content::kComments: return StandsIn(own, Group::kComment);
    case Content::kTables: return it.role() == v1::Block::TABLE || it.role() == v1::Block::TABLE_ROW;
    case Content::kCaptions: return it.role() == v1::Block::CAPTION;
    case Content::kLinks: return 2 * it.html().link_bytes() > it.end() - it.begin();
    case Content::kCount: break;
  }
  return false;
}

}  // namespace garner::boilerplate_stripper
