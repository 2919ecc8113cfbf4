// What a page's elements say of the blocks in them: kinds by their classes, how near which element and which group of class words is,
// what a container holds, and how often the page repeats it.
//
//   PageElements elements(document);
//   elements.Own(block);                     // the block's own element, nullptr where it has none
//   elements.at(element.parent).inside;      // of what surrounds it
//
// The document must outlive it. Pure; linear in blocks and elements.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "class_groups.h"
#include "facts.h"
#include "garner/v1/document.pb.h"

namespace garner::boilerplate_stripper {

// The elements that are told apart; all others are kOther.
enum class Element : uint8_t {
  kNav, kHeader, kFooter, kAside, kMain, kArticle, kSection, kForm, kTable, kCell, kList, kItem, kDescriptions, kFigure, kButton, kLink,
  kControl, kQuote, kDetails, kParagraph, kHeading, kCode, kSpan, kDiv, kOther, kCount
};
inline constexpr size_t kElements = static_cast<size_t>(Element::kCount);
inline constexpr std::array<std::string_view, kElements> kElementNames = {
    "nav_element", "header_element", "footer_element", "aside_element", "main_element", "article_element", "section_element", "form_element",
    "table_element", "cell_element", "list_element", "item_element", "descriptions_element", "figure_element", "button_element", "link_element",
    "control_element", "quote_element", "details_element", "paragraph_element", "heading_element", "code_element", "span_element", "div_element",
    "other_element",
};

// Sums over the blocks inside an element, its own and those of the elements in it.
struct Inside {
  uint32_t blocks = 0;
  uint32_t words = 0;
  uint32_t prose = 0;      // words of running text
  uint32_t sentences = 0;  // blocks
  uint64_t bytes = 0;
  uint64_t link_bytes = 0;

  void Add(const Inside& other);
};

struct PageElement {
  // Far: no such element around.
  static constexpr uint8_t kFar = 30;
  static constexpr uint32_t kNone = 0xFFFFFFFF;

  uint32_t parent = kNone;
  uint16_t depth = 0;  // below the body
  Element element = Element::kOther;
  GroupMask groups = 0;       // of its own class words
  uint32_t words_begin = 0;   // in PageElements::words(): the hash of its name, then of its class words, each once
  uint32_t words_end = 0;
  Kind kind = Kind::kNone;    // what its class words or those around it say it is
  uint8_t kind_distance = kFar;
  uint64_t signature = 0;     // of its name and class words
  uint64_t path = 0;          // of its signature and those around it
  uint32_t siblings = 1;      // elements with its signature in its parent
  Inside inside;
  // Steps out to the nearest such element; 0: itself.
  std::array<uint8_t, kElements> to_element{};
  std::array<uint8_t, kGroups> to_group{};
};

class PageElements {
 public:
  PageElements(const v1::Document& document, const std::vector<Facts>& facts);

  // Whether the document comes from HTML.
  bool any() const { return any_; }
  const PageElement& at(uint32_t element) const { return elements_[element]; }
  size_t size() const { return elements_.size(); }
  const std::vector<uint64_t>& words() const { return words_; }
  const PageElement* Own(const v1::Block& block) const { return block.html().has_element() ? &elements_[block.html().element()] : nullptr; }
  // What the class words around a block say it is; kNone where they say nothing.
  Kind ClassKind(const v1::Block& block) const;
  // The innermost element that holds this share of the page's running text; kNone where that is the body.
  uint32_t Holder(double share) const;

 private:
  void ReadElements(const v1::Document& document);
  void ReadWords(const v1::HtmlElement& read, PageElement& element);
  void SumUp(const v1::Document& document, const std::vector<Facts>& facts);

  bool any_ = false;
  std::vector<PageElement> elements_;
  std::vector<uint64_t> words_;
  Inside whole_;
};

}  // namespace garner::boilerplate_stripper
