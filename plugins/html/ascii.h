// ASCII as HTML's tokenizer sees it: independent of any locale.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace garner::html {

inline bool IsDigit(char c) { return c >= '0' && c <= '9'; }
inline bool IsLetter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }
inline bool IsCapital(char c) { return c >= 'A' && c <= 'Z'; }
inline bool IsAlphanumeric(char c) { return IsDigit(c) || IsLetter(c); }
inline bool IsHexDigit(char c) { return IsDigit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f'); }
inline uint32_t HexValue(char c) { return static_cast<uint32_t>(IsDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10); }
// HTML's white space, which is less than Unicode's.
inline bool IsHtmlSpace(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }
inline char Lower(char c) { return IsCapital(c) ? static_cast<char>(c | 0x20) : c; }

inline std::string Lowered(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = Lower(c);
  return out;
}

inline bool EqualsIgnoringCase(std::string_view text, std::string_view lower) {
  if (text.size() != lower.size()) return false;
  for (size_t i = 0; i < text.size(); ++i)
    if (Lower(text[i]) != lower[i]) return false;
  return true;
}

inline bool StartsIgnoringCase(std::string_view text, std::string_view lower) {
  return text.size() >= lower.size() && EqualsIgnoringCase(text.substr(0, lower.size()), lower);
}

inline std::string_view TrimHtmlSpace(std::string_view text) {
  while (!text.empty() && IsHtmlSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsHtmlSpace(text.back())) text.remove_suffix(1);
  return text;
}

// True where a list of words between white space, as `class` and `rel` are, has the word (in lower case).
inline bool HasWord(std::string_view list, std::string_view lower) {
  for (size_t at = 0; at < list.size(); ++at) {
    const size_t begin = at;
    while (at < list.size() && !IsHtmlSpace(list[at])) ++at;
    if (EqualsIgnoringCase(list.substr(begin, at - begin), lower)) return true;
  }
  return false;
}

}  // namespace garner::html
