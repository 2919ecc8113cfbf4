#include "table_rows.h"

namespace garner::html {
namespace {

constexpr uint32_t kMaxParagraphsInCell = 1;
constexpr uint32_t kMaxBoxesInCell = 3;  // div and the like: wrappers
constexpr uint64_t kMaxRowBytes = 2000;

bool LaysOut(ElementId element) {
  switch (element) {
    case tag::Td:
    case tag::Th:
    case tag::Tr:
    case tag::P:
    case tag::Div:
    case tag::Center:
    case tag::Button: return false;
    default: return Has(element, kBlockLevel);
  }
}

}  // namespace

bool IsDataRow(const Page& page, NodeId row) {
  uint32_t cells = 0;
  uint32_t paragraphs = 0;  // in the current cell
  uint32_t boxes = 0;
  uint64_t bytes = 0;
  for (NodeId i = row + 1; i < page.tree.nodes[row].next; ++i) {
    const Node& node = page.tree.nodes[i];
    if (node.is_text()) {
      for (uint32_t piece = node.pieces; piece < page.PiecesEnd(i); ++piece) {
        const std::string_view text = page.TextOf(page.tree.pieces[piece]);
        if (!IsBlank(text)) bytes += text.size();
      }
    } else if (node.element == tag::Td || node.element == tag::Th) {
      ++cells;
      paragraphs = boxes = 0;
    } else if (node.element == tag::P) {
      ++paragraphs;
    } else if (Has(node.element, kBlockLevel)) {
      ++boxes;
    }
    if (bytes > kMaxRowBytes || paragraphs > kMaxParagraphsInCell || boxes > kMaxBoxesInCell) return false;
    if (!node.is_text() && LaysOut(node.element)) return false;
  }
  return cells > 1;
}

}  // namespace garner::html
