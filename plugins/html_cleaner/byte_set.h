// A set of ASCII characters to look for: find_first_of searches its whole set for each byte, a table does not.
//
//   constexpr ByteSet kBrackets("[]");
//   if (kBrackets.IsIn(text)) ...
//
//   constexpr ByteClasses kMarks({"[]", "<>"});
//   const unsigned found = kMarks.In(text);   // 1: a byte of the first set, 2: one of the second
#pragma once

#include <cstdint>
#include <initializer_list>
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

// Several sets in one pass.
class ByteClasses {
 public:
  constexpr ByteClasses(std::initializer_list<std::string_view> sets) {
    unsigned flag = 1;
    for (const std::string_view set : sets) {
      for (const char c : set) flags_[static_cast<unsigned char>(c)] = static_cast<uint8_t>(flags_[static_cast<unsigned char>(c)] | flag);
      flag <<= 1;
    }
  }

  // The flags of those that the text has a byte of.
  uint8_t In(std::string_view text) const {
    const auto flags = [&](size_t at) { return unsigned{flags_[static_cast<unsigned char>(text[at])]}; };
    unsigned found = 0;
    size_t at = 0;
    for (; at + 4 <= text.size(); at += 4) found |= flags(at) | flags(at + 1) | flags(at + 2) | flags(at + 3);
    for (; at < text.size(); ++at) found |= flags(at);
    return static_cast<uint8_t>(found);
  }

 private:
  uint8_t flags_[256] = {};
};

}  // namespace garner::html_cleaner
