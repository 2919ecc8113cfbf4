// A parsed page: everything that reading it needs, in one place. Views into each other; immutable.
#pragma once

#include <string>
#include <string_view>

#include "elements.h"
#include "prepared.h"
#include "tree.h"

namespace garner::html {

struct Page {
  std::string_view text;  // the decoded page
  const Prepared& prepared;
  const Tree& tree;
  const ElementNames& names;

  Attributes attributes() const { return Attributes(text, prepared); }

  std::string_view TextOf(const Piece& piece) const {
    if (piece.verbatim) return text.substr(piece.source.begin, piece.source.size());
    return std::string_view(tree.rewritten).substr(piece.rewritten.begin, piece.rewritten.size());
  }
  // The pieces of a text node.
  uint32_t PiecesEnd(NodeId node) const { return tree.nodes[node + 1].pieces; }
};

// Nodes of the tree without the sentinel behind the last.
inline NodeId NodeCount(const Tree& tree) { return static_cast<NodeId>(tree.nodes.size() - 1); }

bool IsBlank(std::string_view text);

// The stretch of the page from a node's start tag to the end of the last thing inside it.
Span SubtreeSource(const Page& page, NodeId node);

// The text of an element: white space collapsed, `max_bytes` at most. Nothing where it begins with thousands of spaces.
std::string SubtreeText(const Page& page, NodeId node, size_t max_bytes);

}  // namespace garner::html
