// Lists written as text: one field after the other.
#pragma once

#include <string_view>

namespace garner::entity_tagger {

// What stands before the separator; takes both off `rest`, which is empty behind the last one.
inline std::string_view NextField(std::string_view& rest, char separator) {
  const size_t at = rest.find(separator);
  const std::string_view field = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view() : rest.substr(at + 1);
  return field;
}

}  // namespace garner::entity_tagger
