// The blocks of a Markdown text before they are written: what each is, and the stretches of the text that make it up.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "garner/span.h"
#include "garner/v1/document.pb.h"

namespace garner::markdown {

struct Piece {
  enum Kind {
    kAsIs,
    kRewritten,  // `text` in place of the stretch
    kInserted,   // `text`; the stretch is empty
  };
  Kind kind = kAsIs;
  Span span;
  std::string text;
  uint32_t link = 0;  // the link that it stands in: of Drafts.links, counted from 1; 0: none
};

struct Draft {
  v1::Block::Role role = v1::Block::PARAGRAPH;
  uint32_t level = 0;
  std::vector<Piece> pieces;
};

struct Removed {
  Span span;
  const char* rule;
};

struct Drafts {
  std::vector<Draft> blocks;
  std::vector<Removed> removed;
  std::vector<std::string> links;  // addresses as they are written; empty where links are not asked for
  uint64_t links_left_out = 0;     // beyond max_links
};

// What a draft says, for comparing.
inline std::string TextOf(std::string_view text, const Draft& draft) {
  std::string made;
  for (const Piece& piece : draft.pieces) made += piece.kind == Piece::kAsIs ? std::string(text.substr(piece.span.begin, piece.span.size())) : piece.text;
  return made;
}

}  // namespace garner::markdown
