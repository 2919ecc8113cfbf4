// The strings of a JSON text with the place of every byte: what a text that stands inside a script is traced back by.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "garner/span.h"

namespace garner::html {

struct JsonString {
  std::string value;       // escapes undone, control characters as spaces
  std::vector<size_t> at;  // where each byte of the value begins in the page, and where the last one ends; all bytes of an escape have its beginning
};

// For each of `values` the first string in the stretch `block` of `text` that has it, for equal ones the next; one without places where there is none. The stretch
// is JSON that a parser has accepted. One pass over it.
std::vector<JsonString> FindJsonStrings(std::string_view text, Span block, const std::vector<std::string_view>& values);

}  // namespace garner::html
