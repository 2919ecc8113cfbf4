// Finds the blocks of a mail's plain text: paragraphs, quotations, the signature.
//
//   for (const MailBlock& block : LayOutBody(text, {.flowed = true})) ...
//
// What it rests on are the signs that mail programs write, in any language: ">" before quoted lines, the line with a colon that introduces
// them, a block of headers behind a rule, and "-- " before a signature. Linear time. Pure function, safe from any thread.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "garner/span.h"

namespace garner::email {

struct BodyOptions {
  bool join_wrapped_lines = true;
  // format=flowed (RFC 3676): a line that ends in a space goes on in the next one.
  bool flowed = false;
  // ... and that space is no part of the text.
  bool delete_space = false;
};

enum class BlockKind { kParagraph, kListItem, kQuotation, kSignature };

struct MailBlock {
  BlockKind kind = BlockKind::kParagraph;
  // Stretches of the text with the white space between them, in order.
  std::vector<Span> lines;
  // What stands between them and is no text: "quote_mark", "soft_line_break", "signature_mark".
  struct Mark {
    Span span;
    const char* rule;
  };
  std::vector<Mark> marks;
  // A single line end stands before it.
  bool tight = false;
};

std::vector<MailBlock> LayOutBody(std::string_view text, const BodyOptions& options);

}  // namespace garner::email
