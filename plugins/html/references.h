// Character references (`&amp;`, `&#233;`) by the rules of the WHATWG HTML standard.
//
//   const Reference reference = ParseReference(text, text.find('&'));
//   if (reference.size > 0) ...      // these bytes stand for reference.text
//
// Pure functions, safe from any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace garner::html {

struct Reference {
  size_t size = 0;   // bytes from the '&' to the end, the semicolon included; 0 where there is no reference
  std::string text;  // what it stands for, UTF-8
  bool terminated = false;  // ends with a semicolon
  // One of the numeric references that the standard maps to another character: the C1 range, NUL, surrogates, beyond Unicode.
  bool remapped = false;
};

// The reference that begins at text[at], which is '&'. In an attribute value an unterminated name before '=' or a letter is
// no reference (`?a=1&copy=2`).
Reference ParseReference(std::string_view text, size_t at, bool in_attribute = false);

// A copy of an attribute value (or other text) with its references resolved.
std::string DecodeReferences(std::string_view text, bool in_attribute);

}  // namespace garner::html
