// One quick pass over a page ahead of the parser. It takes out what never is text (script, style, svg, comments, templates), reads
// the attributes, resolves character references, and writes every end tag where the HTML standard would put it, so that the parser
// has nothing to guess: libxml2 is no HTML5 parser, and attributes cost it most of its time.
//
//   ElementNames names;
//   Prepared page = Prepare(decoded.text(), {.max_depth = 512}, names);
//
// Linear in the size of the page whatever it holds. Pure function apart from `names`.
#pragma once

#include <cstdint>
#include <string_view>

#include "elements.h"
#include "prepared.h"

namespace garner::html {

struct PrepassLimits {
  size_t max_depth = 512;
  size_t max_attributes = 128;
  size_t max_attribute_bytes = 65536;
  // application/xhtml+xml: `<div/>` is empty and CDATA sections are text.
  bool xml = false;
};

Prepared Prepare(std::string_view page, const PrepassLimits& limits, ElementNames& names);

}  // namespace garner::html
