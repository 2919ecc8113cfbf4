// Finds what markup left behind in the text of one block.
//
//   const Residue residue = FindResidue("Fish &amp; chips</p>", {});
//   // residue.findings: {5, 10} becomes "&"; {16, 20} goes, rule "tag", and is a boundary between blocks
//
// Pure and linear in the text, whatever the text is. Safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "garner/span.h"
#include "garner/v1/document.pb.h"

namespace garner::html_cleaner {

struct Finding {
  Span span;
  // "tag", "comment", "script", "template", "shortcode", "markdown" or "character_reference".
  std::string_view rule;
  // What takes the place of the stretch; empty: nothing.
  std::string replacement = {};
  // Text before and text after belong to different blocks.
  bool boundary = false;
};

struct Residue {
  // In order, never overlapping.
  std::vector<Finding> findings;
  // Nothing but markup (and perhaps marks without letters): the block goes as a whole, for the first finding's reason.
  bool whole_block = false;
  // What begins at `open_from` goes on beyond the block, up to the end of this string ("-->", "</script"), if that follows.
  std::string_view terminator = {};
  uint64_t open_from = 0;
  // The block ends inside a tag: attributes in the blocks that follow belong to it.
  bool open_tag = false;
  // What the tags around the block say it is; PARAGRAPH: nothing.
  v1::Block::Role role = v1::Block::PARAGRAPH;
  int level = 0;
  // Signs that the document is about markup or code: tags spoken of, and elements of vocabularies other than HTML.
  int mentions = 0;
  int foreign_elements = 0;
};

struct ResidueRules {
  bool decode_references = true;
  bool bracket_codes = true;
  bool templates = true;
  bool markdown = true;
  // The document defines the addresses of Markdown links.
  bool has_definitions = false;
  size_t max_tag_bytes = 4000;
  // A tag in the text is what the author wanted to show, unless much speaks against that: the text came out of an HTML parser, or
  // the document is about markup.
  bool shy = false;
  // Blocks of markup that a sentence with a colon introduces: then even paragraph tags around prose are shown on purpose.
  int examples = 0;
  // Paragraphs of prose stand between tags: so do the headings over them, by the same mistake.
  bool tagged_paragraphs = false;
};

// A text without any of these bytes holds no residue.
inline constexpr std::string_view kResidueMarks = "<>&[]{$*_%";

Residue FindResidue(std::string_view text, const ResidueRules& rules);

// Nothing but attributes with values, or the end of a tag: a line of a tag that was broken into lines.
bool IsAttributesOnly(std::string_view text);

}  // namespace garner::html_cleaner
