#include "page.h"

#include <algorithm>

#include "garner/utf8.h"

namespace garner::html {
namespace {

// An element may be asked once for each one around it, so none is searched further than this many characters for the text behind its white
// space.
constexpr size_t kMaxLookedAt = 8192;

}  // namespace

bool IsBlank(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte > ' ' && byte < 0x7F) return false;
    if (byte < 0x7F) {
      ++at;  // white space or a control: neither is text
      continue;
    }
    const CodePoint cp = NextCodePoint(text, at);
    if (!IsSpace(cp.value) && !IsControl(cp.value)) return false;
    at += cp.size;
  }
  return true;
}

Span SubtreeSource(const Page& page, NodeId node) {
  const Tree& tree = page.tree;
  const Attributes attributes = page.attributes();
  Span span = attributes.Source(tree.nodes[node]);
  for (NodeId last = tree.nodes[node].next; last-- > node;) {
    if (page.PiecesEnd(last) > tree.nodes[last].pieces) {
      span.end = std::max(span.end, tree.pieces[page.PiecesEnd(last) - 1].source.end);
      break;
    }
    if (tree.nodes[last].tag != kNoTag && !tree.nodes[last].is_text()) {
      span.end = std::max(span.end, attributes.Source(tree.nodes[last]).end);
      break;
    }
  }
  return span;
}

std::string SubtreeText(const Page& page, NodeId node, size_t max_bytes) {
  std::string text;
  bool space = false;
  size_t left = kMaxLookedAt + max_bytes;
  const uint32_t end = page.tree.nodes[page.tree.nodes[node].next].pieces;
  for (uint32_t i = page.tree.nodes[node].pieces; i < end && text.size() < max_bytes && left > 0; ++i, --left) {
    const std::string_view piece = page.TextOf(page.tree.pieces[i]);
    for (size_t at = 0; at < piece.size() && text.size() < max_bytes && left > 1; --left) {
      const CodePoint cp = NextCodePoint(piece, at);
      const std::string_view character = piece.substr(at, cp.size);
      at += cp.size;
      if (IsControl(cp.value)) continue;
      if (IsSpace(cp.value)) {
        space = !text.empty();
        continue;
      }
      if (space) text.push_back(' ');
      space = false;
      text.append(character);
    }
  }
  return text;
}

}  // namespace garner::html
