// What the pre-pass makes of a page: the markup that the parser is to see, and everything that the parser need not see.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "elements.h"
#include "garner/span.h"

namespace garner::html {

// The attributes that anything here reads. Others are skipped.
enum class AttributeName : uint8_t {
  kAriaHidden, kCharset, kClass, kContent, kDatetime, kHidden, kHref, kHttpEquiv, kId, kItemprop, kLang, kName, kOpen, kProperty,
  kPubdate, kRel, kRole, kShadowRootMode, kStyle, kType, kXmlLang, kOther
};

// All spans here are stretches of the decoded text.
struct Attribute {
  AttributeName name = AttributeName::kOther;
  Span value;  // between the quotes, references not resolved; empty for `hidden` alone
};

// A start tag of the page, with the place of its bare form in the markup.
struct Tag {
  ElementId element = 0;
  uint32_t first_attribute = 0;
  uint32_t attributes = 0;
  uint64_t markup_begin = 0;  // of its '<'
  Span source;
};

// A stretch of text in the markup. `exact`: as long as its source, so that any part of it can be placed; otherwise it is what a
// rule made of its source as a whole (a character reference).
struct TextSegment {
  Span markup;
  Span source;
  bool exact = true;
};

// A stretch that can never become text, and why: "script", "style", "svg", "comment" ...
struct Cut {
  Span source;
  std::string_view rule;
};

struct Prepared {
  // Bare tags without attributes, every end tag written out, text without controls.
  std::string markup;
  std::vector<TextSegment> text;  // in order of both places
  std::vector<Tag> tags;          // those in `markup`, in order
  std::vector<Tag> head_tags;     // html, meta, link and base elements: what metadata is read from, and what addresses rest on
  std::vector<Attribute> attributes;
  std::vector<Cut> cuts;
  std::vector<Span> json_ld;      // bodies of scripts of type application/ld+json
  Span title;                     // content of the first title element
  uint64_t attributes_ignored = 0;  // beyond a limit
  uint64_t tags_flattened = 0;      // deeper than max_depth
};

}  // namespace garner::html
