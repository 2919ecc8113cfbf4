// A set of ASCII characters to look for: find_first_of searches its whole set for each byte, a table does not.
//
//   constexpr ByteSet kBrackets("[]");
//   if (kBrackets.IsIn(text)) ...
#pragma once

#include <string_view>

namespace garner::html_cleaner {

class ByteSet {
 public:
  constexpr explicit ByteSet(std::string_view bytes) {
    for (const char c : bytes) has_[static_cast<unsigned char>(c)] = true;
  }

  bool IsIn(std::string_view text) const {
    for (const char c : text)
      if (has_[static_cast<unsigned char>(c)]) return true;
    return false;
  }

 private:
  bool has_[256] = {};
};

}  // namespace garner::html_cleaner
