// A page as a tree in flat arrays: elements and text in document order, without pointers, so that it can be walked without
// recursion and thrown away at once. Immutable once built; may be shared between threads.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "elements.h"
#include "prepared.h"
#include "text_locator.h"

namespace garner::html {

using NodeId = uint32_t;
inline constexpr NodeId kNoNode = 0xFFFFFFFF;
inline constexpr uint32_t kNoTag = 0xFFFFFFFF;
inline constexpr ElementId kTextNode = 0xFFFFFFFF;

struct Node {
  ElementId element = kTextNode;
  NodeId parent = kNoNode;
  // The node that follows this one and all below it in document order; the node below comes directly after, so `i + 1 < next`
  // says that there is one.
  NodeId next = kNoNode;
  // Elements: index into Prepared::tags, kNoTag for those that the page implies. Text: the first of its pieces.
  uint32_t tag = kNoTag;
  uint32_t pieces = 0;

  bool is_text() const { return element == kTextNode; }
};

struct Tree {
  std::vector<Node> nodes;     // in document order; the first is the root
  std::vector<Piece> pieces;   // the text of text nodes
  std::string rewritten;       // the texts of rewritten pieces
  uint64_t located_bytes = 0;  // of text
  uint64_t lost_bytes = 0;     // of text that was not found in the page (and is kept)
};

// Reads attributes of the tree's elements.
class Attributes {
 public:
  Attributes(std::string_view page, const Prepared& prepared) : page_(page), prepared_(prepared) {}

  bool Has(const Tag& tag, AttributeName name) const { return Find(tag, name) != nullptr; }
  // As it stands in the page, references not resolved; empty where there is none.
  std::string_view Raw(const Tag& tag, AttributeName name) const;
  // With references resolved and white space trimmed.
  std::string Value(const Tag& tag, AttributeName name) const;

  bool Has(const Node& node, AttributeName name) const { return node.tag != kNoTag && Has(prepared_.tags[node.tag], name); }
  std::string_view Raw(const Node& node, AttributeName name) const;
  std::string Value(const Node& node, AttributeName name) const;
  // Where the node's start tag stands; empty for implied elements.
  Span Source(const Node& node) const { return node.tag == kNoTag ? Span{} : prepared_.tags[node.tag].source; }

 private:
  const Attribute* Find(const Tag& tag, AttributeName name) const;

  std::string_view page_;
  const Prepared& prepared_;
};

}  // namespace garner::html
