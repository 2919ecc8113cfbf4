#include "words.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "garner/hash.h"
#include "garner/utf8.h"

namespace garner::metadata_lines {
namespace {

// NextCodePoint with a short way for ASCII: most text is.
CodePoint Next(std::string_view text, size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  return byte < 0x80 ? CodePoint{byte, 1, true} : NextCodePoint(text, at);
}

// The bytes that may begin white space: ASCII, and the first bytes of U+0085 and U+00A0, U+1680, U+2000 to U+205F, U+3000.
constexpr std::array<bool, 256> kMayBeGap = [] {
  std::array<bool, 256> may = {};
  for (const int byte : {9, 10, 11, 12, 13, 32, 0xC2, 0xE1, 0xE2, 0xE3}) may[static_cast<size_t>(byte)] = true;
  return may;
}();

bool IsAsciiLetter(char32_t value) { return (value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z'); }

bool IsAsciiAlnum(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool IsEdgePunctuation(char32_t value) {
  if (IsAsciiLetter(value) || (value >= '0' && value <= '9')) return false;
  if (value == '&' || value == '#' || value == '@' || value == '%') return false;
  return u_ispunct(static_cast<UChar32>(value)) != 0 || value == '|' || value == '+' || value == '<' || value == '>' ||
         value == '=';
}

size_t CoreBegin(std::string_view raw) {
  for (size_t at = 0; at < raw.size();) {
    const CodePoint cp = Next(raw, at);
    if (!IsEdgePunctuation(cp.value)) return at;
    at += cp.size;
  }
  return raw.size();
}

// Backwards from the end; the core is not empty.
size_t CoreEnd(std::string_view raw) {
  size_t end = raw.size();
  while (end > 0) {
    size_t begin = end - 1;
    while (begin > 0 && !IsBoundary(raw, begin)) --begin;
    if (!IsEdgePunctuation(Next(raw, begin).value)) break;
    end = begin;
  }
  return end;
}

// What folding leaves alone but for the case.
bool IsPlainAscii(char c) { return c > ' ' && c <= '~' && c != '`'; }

// Cyrillic letters that fold by adding; 0 where it is not known here.
char32_t FoldCyrillic(char32_t value) {
  if (value >= 0x0410 && value <= 0x042F) return value + 32;
  if (value >= 0x0400 && value <= 0x040F) return value + 80;
  if (value >= 0x0430 && value <= 0x045F) return value;
  if (value >= 0x0460 && value <= 0x04FF && (value < 0x0483 || value > 0x0489))
    return static_cast<char32_t>(u_foldCase(static_cast<UChar32>(value), U_FOLD_CASE_DEFAULT));
  return 0;
}

}  // namespace

Word MakeWord(std::string_view text, size_t begin, size_t size) {
  const std::string_view raw = text.substr(begin, size);
  if (raw.empty() || (IsAsciiAlnum(raw.front()) && IsAsciiAlnum(raw.back()))) return Word(text, begin, 0, size, 0);
  const size_t core = CoreBegin(raw);
  const size_t end = core == size ? core : CoreEnd(raw);
  return Word(text, begin, core, end - core, size - end);
}

Gap NextGap(std::string_view text, size_t at) {
  for (; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (!kMayBeGap[byte]) continue;
    if (byte < 0x80) return {at, 1};
    const CodePoint cp = NextCodePoint(text, at);
    if (IsSpace(cp.value)) return {at, cp.size};
  }
  return {text.size(), 0};
}

void AppendWords(std::string_view text, std::vector<Word>* words) {
  for (size_t at = 0; at < text.size();) {
    const Gap gap = NextGap(text, at);
    if (gap.begin > at) words->push_back(MakeWord(text, at, gap.begin - at));
    at = gap.begin + gap.size;
  }
}

size_t CountWords(std::string_view text) {
  size_t count = 0;
  for (size_t at = 0; at < text.size();) {
    const Gap gap = NextGap(text, at);
    count += gap.begin > at;
    at = gap.begin + gap.size;
    if (gap.size == 0) break;
  }
  return count;
}

uint64_t HashFolded(std::string_view folded) {
  // Most words fit into two machine words; those are mixed here, without a call.
  if (folded.size() > 16) return Hash64(folded);
  uint64_t low = 0;
  uint64_t high = 0;
  if (folded.size() >= 8) {
    std::memcpy(&low, folded.data(), 8);
    std::memcpy(&high, folded.data() + folded.size() - 8, 8);
  } else {
    for (const char byte : folded) low = low << 8 | static_cast<unsigned char>(byte);
  }
  uint64_t hash = (low ^ 0x9E3779B97F4A7C15U) * 0xD6E8FEB86659FD93U;
  hash ^= hash >> 32;
  hash = (hash + high + folded.size()) * 0xD6E8FEB86659FD93U;
  return hash ^ hash >> 29;
}

bool Fold(std::string_view text, std::string& out) {
  bool same = true;
  size_t at = 0;
  out.resize(text.size());
  for (; at < text.size() && IsPlainAscii(text[at]); ++at) {
    const bool capital = text[at] >= 'A' && text[at] <= 'Z';
    same = same && !capital;
    out[at] = static_cast<char>(capital ? text[at] + 32 : text[at]);
  }
  out.resize(at);
  while (at < text.size()) {
    const CodePoint cp = Next(text, at);
    at += cp.size;
    if (cp.value < 0x80 && cp.value > ' ' && cp.value != '`') {
      const bool capital = cp.value >= 'A' && cp.value <= 'Z';
      same = same && !capital;
      out.push_back(static_cast<char>(capital ? cp.value + 32 : cp.value));
    } else if (const char32_t folded = FoldCyrillic(cp.value); folded != 0) {
      same = same && folded == cp.value;
      AppendUtf8(folded, out);
    } else {
      FoldForComparison(text, out);
      return out == text;
    }
  }
  return same;
}

bool StartsUpper(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const CodePoint cp = Next(text, at);
    if (cp.value < 0x80 && IsAsciiLetter(cp.value)) return cp.value <= 'Z';
    const auto value = static_cast<UChar32>(cp.value);
    if (u_isdigit(value)) return true;
    if (u_isalpha(value)) return !u_islower(value);
    at += cp.size;
  }
  return false;
}

bool StartsLower(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const CodePoint cp = Next(text, at);
    if (cp.value < 0x80 && IsAsciiLetter(cp.value)) return cp.value >= 'a';
    const auto value = static_cast<UChar32>(cp.value);
    if (u_isdigit(value)) return false;
    if (u_isalpha(value)) return u_islower(value) != 0;
    at += cp.size;
  }
  return false;
}

bool IsAllUpper(std::string_view text) {
  size_t capitals = 0;
  for (size_t at = 0; at < text.size();) {
    const CodePoint cp = Next(text, at);
    if (cp.value >= 'a' && cp.value <= 'z') return false;
    const auto value = static_cast<UChar32>(cp.value);
    if (u_islower(value)) return false;
    capitals += u_isupper(value) != 0;
    at += cp.size;
  }
  return capitals >= 2;
}

bool HasDigit(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte >= '0' && byte <= '9') return true;
    // Latin, Greek and Cyrillic have no digits of their own: those begin at U+0660.
    if (byte < 0xD9) {
      ++at;
      continue;
    }
    const CodePoint cp = NextCodePoint(text, at);
    if (u_isdigit(static_cast<UChar32>(cp.value))) return true;
    at += cp.size;
  }
  return false;
}

bool HasLetter(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const CodePoint cp = Next(text, at);
    if (cp.value < 0x80 ? IsAsciiLetter(cp.value) : u_isalpha(static_cast<UChar32>(cp.value)) != 0) return true;
    at += cp.size;
  }
  return false;
}

bool IsOpeningQuote(char32_t value) {
  return value == '"' || value == '\'' || value == 0x2018 || value == 0x201A || value == 0x201C || value == 0x201E ||
         value == 0x00AB || value == 0x2039 || value == 0x00BB;
}

bool IsClosingQuote(char32_t value) {
  return value == '"' || value == '\'' || value == 0x2018 || value == 0x2019 || value == 0x201C || value == 0x201D ||
         value == 0x00BB || value == 0x203A || value == 0x00AB;
}

char32_t LastMark(std::string_view text) {
  // Backwards, so that a line of any length costs the same.
  size_t end = text.size();
  while (end > 0) {
    size_t begin = end - 1;
    while (begin > 0 && !IsBoundary(text, begin)) --begin;
    const char32_t value = Next(text, begin).value;
    const bool closing = IsSpace(value) || IsClosingQuote(value) || value == ')' || value == ']' || value == '*' || value == '_';
    if (!closing) return value;
    end = begin;
  }
  return 0;
}

bool EndsSentence(std::string_view text) {
  switch (LastMark(text)) {
    case '.':
    case '!':
    case '?':
    case 0x2026:
    case 0x3002:
    case 0xFF01:
    case 0xFF1F:
    case 0x0964:
    case 0x061F:
    case 0x06D4:
      return true;
    default:
      return false;
  }
}

std::string_view StripEdges(std::string_view text, std::string_view characters) {
  const auto goes = [&](char c) { return c == ' ' || characters.find(c) != std::string_view::npos; };
  while (!text.empty() && goes(text.front())) text.remove_prefix(1);
  while (!text.empty() && goes(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace garner::metadata_lines
