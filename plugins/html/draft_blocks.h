// Walks a page's tree and drafts its blocks of text, before anything is written: what the page shows is decided for the whole page.
//
//   PageText text = DraftBlocks(page);
//   for (const Draft& draft : text.drafts) ...
//
// All visible text of the page is in some draft: what is main content and what is not is decided by later stages, with the evidence
// that a draft carries. Iterative, linear. Pure function.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "garner/v1/document.pb.h"
#include "page.h"

namespace garner::html {

// What a block is made of, in order.
struct Part {
  enum Kind : uint8_t {
    kPiece,    // text of the page
    kSpace,    // a line break or the edge of an element inside the block
    kNewline,  // a line break element in preformatted text
    kCell,     // the border between two cells of a table row
  };
  Kind kind = kPiece;
  NodeId link = kNoNode;  // the innermost link around a piece that is not blank
  Piece piece;
};

struct Draft {
  v1::Block::Role role = v1::Block::PARAGRAPH;
  uint32_t level = 0;
  NodeId node = 0;  // the innermost element that all of its text stands in
  std::string_view landmark;
  uint32_t links = 0;
  uint32_t first_part = 0;
  uint32_t parts = 0;
};

struct PageText {
  std::vector<Draft> drafts;
  std::vector<Part> parts;
  std::vector<Cut> hidden;  // subtrees that the page does not show
};

PageText DraftBlocks(const Page& page);

}  // namespace garner::html
