// Reads HTML character references: named (`&eacute;`), decimal (`&#233;`) and hexadecimal (`&#xE9;`) ones. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace garner::html_cleaner {

struct ReferenceBody {
  char32_t value = 0;
  size_t size = 0;      // bytes, the semicolon included
  bool closed = false;  // the semicolon is there
};

// What stands after an ampersand, where it is the rest of a reference: "eacute;" of "&eacute;". Nothing for unknown names and
// impossible numbers; without a semicolon only some names before a mark or space, and long numbers.
std::optional<ReferenceBody> ReadReferenceBody(std::string_view text);

}  // namespace garner::html_cleaner
