// Reading UTF-8 a code point at a time, and the few facts about code points that every stage needs.
//
//   for (size_t at = 0; at < text.size();) {
//     const CodePoint cp = NextCodePoint(text, at);   // cp.value, cp.size
//     at += cp.size;
//   }
//
// Pure functions, safe from any thread. Offsets are bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace garner {

inline constexpr char32_t kReplacementCharacter = 0xFFFD;

struct CodePoint {
  char32_t value = 0;
  // Bytes taken, at least 1. For an invalid sequence `valid` is false, `value` is U+FFFD, and `size` is that of the maximal
  // ill-formed part, as the WHATWG Encoding Standard counts it.
  uint32_t size = 1;
  bool valid = true;
};

// The same as NextCodePoint, for what does not begin with an ASCII byte.
CodePoint NextWideCodePoint(std::string_view text, size_t at);

// The code point that begins at text[at]; `at` is less than text.size(). Inline for ASCII and for the alphabets of two bytes a letter:
// every stage walks over all of the text.
inline CodePoint NextCodePoint(std::string_view text, size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) return {first, 1, true};
  if (first >= 0xC2 && first <= 0xDF && at + 1 < text.size()) {
    const auto second = static_cast<unsigned char>(text[at + 1]);
    if ((second & 0xC0) == 0x80) return {static_cast<char32_t>((first & 0x1F) << 6 | (second & 0x3F)), 2, true};
  }
  return NextWideCodePoint(text, at);
}

bool IsValidUtf8(std::string_view text);

// True at 0, at the end, and wherever a code point begins (the text is valid UTF-8).
bool IsBoundary(std::string_view text, size_t at);

// Unicode White_Space, U+00A0 and U+3000 included; IsWideSpace is for what is no ASCII.
constexpr bool IsWideSpace(char32_t value) {
  if (value < 0x1680) return value == 0x85 || value == 0xA0;
  return value == 0x1680 || (value >= 0x2000 && value <= 0x200A) || value == 0x2028 || value == 0x2029 || value == 0x202F || value == 0x205F ||
         value == 0x3000;
}
constexpr bool IsSpace(char32_t value) { return value < 0x80 ? value == ' ' || (value >= '\t' && value <= '\r') : IsWideSpace(value); }

// C0 and C1 controls apart from white space, and U+FEFF: what never enters a document's text.
constexpr bool IsControl(char32_t value) {
  if (value < 0x20) return value < '\t' || value > '\r';
  return value >= 0x7F && ((value < 0xA0 && value != 0x85) || value == 0xFEFF);
}

// Where the first control character (IsControl) at or after `from` begins; npos where there is none. Much faster than a walk over
// code points. The text is valid UTF-8.
size_t FindControl(std::string_view text, size_t from = 0);

void AppendUtf8(char32_t value, std::string& out);

size_t CountCodePoints(std::string_view text);

// Without White_Space at either end; a view into `text`.
std::string_view Trim(std::string_view text);

// For comparing, never for output: NFKC, case folded, runs of white space as one space, quotation marks and dashes of every
// style as ' " -, soft hyphens and zero-width characters left out.
std::string FoldForComparison(std::string_view text);
// The same into a buffer of the caller's, which is cleared first; `text` is no part of it.
void FoldForComparison(std::string_view text, std::string& out);

// The canonical spelling with every ill-formed sequence replaced by U+FFFD and NUL left out: what may enter any output.
std::string SanitizeUtf8(std::string_view text);
// The same of as much of the beginning as makes at most so many bytes.
std::string SanitizeUtf8(std::string_view text, size_t max_bytes);

}  // namespace garner
