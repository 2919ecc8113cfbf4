#include "garner/utf8.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>

#include "garner/byte_words.h"

namespace garner {
namespace {

bool IsContinuation(unsigned char byte) { return (byte & 0xC0) == 0x80; }

// The range that the second byte of a sequence must lie in, by its first byte: this is what rules out surrogates, overlong forms
// and values beyond U+10FFFF.
struct SecondByte {
  unsigned char low = 0x80;
  unsigned char high = 0xBF;
};

SecondByte SecondByteRange(unsigned char first) {
  switch (first) {
    case 0xE0: return {0xA0, 0xBF};
    case 0xED: return {0x80, 0x9F};
    case 0xF0: return {0x90, 0xBF};
    case 0xF4: return {0x80, 0x8F};
    default: return {};
  }
}

uint32_t SequenceLength(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return 2;
  if (first >= 0xE0 && first <= 0xEF) return 3;
  if (first >= 0xF0 && first <= 0xF4) return 4;
  return 0;
}

// A C0 control, white space included, DEL, or the first byte of a C1 control or U+FEFF.
constexpr bool MayHoldControl(ByteWord word) {
  return MayHoldBelow(word, 0x20) || MayHold(word, 0x7F) || (!IsAscii(word) && (MayHold(word, 0xC2) || MayHold(word, 0xEF)));
}

// Bytes that a control character may begin with.
constexpr std::array<bool, 256> kMayBeginControl = [] {
  std::array<bool, 256> table{};
  for (size_t byte = 0; byte < 0x20; ++byte) table[byte] = byte < '\t' || byte > '\r';
  for (const size_t byte : {0x7F, 0xC2, 0xEF}) table[byte] = true;
  return table;
}();

}  // namespace

CodePoint NextWideCodePoint(std::string_view text, size_t at) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at);
  const uint32_t length = SequenceLength(first);
  if (length == 2 && at + 1 < text.size() && IsContinuation(byte(at + 1)))
    return {static_cast<char32_t>((first & 0x1F) << 6 | (byte(at + 1) & 0x3F)), 2, true};
  if (length == 1) return {first, 1, true};
  if (length == 0) return {kReplacementCharacter, 1, false};
  char32_t value = first & (0x7F >> length);
  const SecondByte second = SecondByteRange(first);
  for (uint32_t i = 1; i < length; ++i) {
    const bool present = at + i < text.size();
    const bool fits = present && (i == 1 ? byte(at + i) >= second.low && byte(at + i) <= second.high : IsContinuation(byte(at + i)));
    if (!fits) return {kReplacementCharacter, i, false};
    value = (value << 6) | (byte(at + i) & 0x3F);
  }
  return {value, length, true};
}

bool IsValidUtf8(std::string_view text) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  const size_t size = text.size();
  for (size_t at = 0; at < size;) {
    // Most text is mostly ASCII.
    while (at + sizeof(ByteWord) <= size && IsAscii(LoadBytes(text, at))) at += sizeof(ByteWord);
    while (at < size && bytes[at] < 0x80) ++at;
    // Letters of most other alphabets come in runs of two bytes each, with a space here and there.
    while (at + 1 < size && bytes[at] >= 0xC2 && bytes[at] <= 0xDF && IsContinuation(bytes[at + 1])) {
      at += 2;
      while (at < size && bytes[at] < 0x80) ++at;
    }
    if (at >= size) break;
    const CodePoint cp = NextCodePoint(text, at);
    if (!cp.valid) return false;
    at += cp.size;
  }
  return true;
}

size_t FindControl(std::string_view text, size_t from) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  for (size_t at = from; at < text.size();) {
    if (at + sizeof(ByteWord) <= text.size() && !MayHoldControl(LoadBytes(text, at))) {
      at += sizeof(ByteWord);
      continue;
    }
    const size_t end = std::min(at + sizeof(ByteWord), text.size());
    for (; at < end; ++at) {
      if (!kMayBeginControl[bytes[at]]) continue;
      if (IsControl(NextCodePoint(text, at).value)) return at;
    }
  }
  return std::string_view::npos;
}

bool IsBoundary(std::string_view text, size_t at) {
  return at >= text.size() ? at == text.size() : !IsContinuation(static_cast<unsigned char>(text[at]));
}

void AppendUtf8(char32_t value, std::string& out) {
  if (value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) value = kReplacementCharacter;
  const auto put = [&](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (value < 0x80) {
    put(value);
  } else if (value < 0x800) {
    put(0xC0 | (value >> 6));
    put(0x80 | (value & 0x3F));
  } else if (value < 0x10000) {
    put(0xE0 | (value >> 12));
    put(0x80 | ((value >> 6) & 0x3F));
    put(0x80 | (value & 0x3F));
  } else {
    put(0xF0 | (value >> 18));
    put(0x80 | ((value >> 12) & 0x3F));
    put(0x80 | ((value >> 6) & 0x3F));
    put(0x80 | (value & 0x3F));
  }
}

size_t CountCodePoints(std::string_view text) {
  size_t count = 0;
  for (const char c : text) count += !IsContinuation(static_cast<unsigned char>(c));
  return count;
}

std::string_view Trim(std::string_view text) {
  size_t begin = 0;
  while (begin < text.size()) {
    const CodePoint cp = NextCodePoint(text, begin);
    if (!IsSpace(cp.value)) break;
    begin += cp.size;
  }
  size_t end = text.size();
  while (end > begin) {
    size_t last = end - 1;
    while (last > begin && end - last < 4 && IsContinuation(static_cast<unsigned char>(text[last]))) --last;
    const CodePoint cp = NextCodePoint(text, last);
    if (last + cp.size != end || !IsSpace(cp.value)) break;
    end = last;
  }
  return text.substr(begin, end - begin);
}

std::string SanitizeUtf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const CodePoint cp = NextCodePoint(text, at);
    at += cp.size;
    if (cp.value != 0) AppendUtf8(cp.value, out);
  }
  return out;
}

std::string SanitizeUtf8(std::string_view text, size_t max_bytes) {
  constexpr size_t kLongestCharacter = 4;
  std::string cut = SanitizeUtf8(text.substr(0, max_bytes + kLongestCharacter));
  size_t end = std::min(cut.size(), max_bytes);
  while (!IsBoundary(cut, end)) --end;
  cut.resize(end);
  return cut;
}

}  // namespace garner
