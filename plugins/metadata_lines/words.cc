#include "words.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "garner/utf8.h"

namespace garner::metadata_lines {
namespace {

// NextCodePoint with a short way for ASCII: most text is.
CodePoint Next(std::string_view text, size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  return byte < 0x80 ? CodePoint{byte, 1, true} : NextCodePoint(text, at);
}

constexpr bool IsAsciiLetter(char32_t value) { return (value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z'); }

constexpr std::array<Marks, 256> kMarks = [] {
  std::array<Marks, 256> marks = {};
  const auto mark = [&](std::string_view bytes, int as) {
    for (const char byte : bytes) marks[static_cast<unsigned char>(byte)] |= static_cast<Marks>(as);
  };
  mark("0123456789", kDigitMark);
  for (size_t byte = 0; byte < 0x80; ++byte)
    if (IsAsciiLetter(static_cast<char32_t>(byte))) marks[byte] |= kLetterMark;
  mark("!\"'()*,-./:;?[\\]_{}|+<>=", kEdgeMark);
  mark("()[]", kBracketMark);
  mark("*_", kEmphasisMark);
  mark(",;|", kListMark);
  mark("#", kHashMark);
  mark("/", kSlashMark);
  mark("-", kHyphenMark);
  mark("{", kBraceMark);
  mark("\xC2", kSignMark);
  for (size_t byte = 0x80; byte < marks.size(); ++byte) marks[byte] |= kWideMark;
  for (size_t byte = 0xD9; byte < marks.size(); ++byte) marks[byte] |= kFarWideMark;
  for (size_t byte = 0; byte <= ' '; ++byte) marks[byte] |= kOddMark;
  mark("`\x7F", kOddMark);
  // ASCII, and the first bytes of U+0085 and U+00A0, U+1680, U+2000 to U+205F, U+3000.
  mark("\t\n\v\f\r \xC2\xE1\xE2\xE3", kGapMark);
  return marks;
}();

Marks MarksOf(char c) { return kMarks[static_cast<unsigned char>(c)]; }

bool IsEdgePunctuation(char32_t value) {
  return value < 0x80 ? (kMarks[value] & kEdgeMark) != 0 : u_ispunct(static_cast<UChar32>(value)) != 0;
}

// The bytes of the white space character at `at`; 0 where there is none.
size_t GapAt(std::string_view text, size_t at) {
  if (static_cast<unsigned char>(text[at]) < 0x80) return 1;
  const CodePoint cp = NextCodePoint(text, at);
  return IsSpace(cp.value) ? cp.size : 0;
}

// Where the code point before `end` begins.
size_t LastCodePoint(std::string_view text, size_t end) {
  size_t begin = end - 1;
  while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) --begin;
  return begin;
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
    const size_t begin = LastCodePoint(raw, end);
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

// How a word without white space divides, in bytes.
struct Stretches {
  size_t lead = 0;
  size_t core = 0;
  size_t trail = 0;
};

Stretches DivideAtPunctuation(std::string_view raw) {
  const size_t core = CoreBegin(raw);
  const size_t end = core == raw.size() ? core : CoreEnd(raw);
  return {core, end - core, raw.size() - end};
}

// Nothing at the edges but letters and digits of ASCII, as most words have it. `raw` is not empty.
bool IsBare(std::string_view raw) {
  constexpr Marks kCore = kDigitMark | kLetterMark;
  return (MarksOf(raw.front()) & kCore) != 0 && (MarksOf(raw.back()) & kCore) != 0;
}

}  // namespace

Word MakeWord(std::string_view text, size_t begin, size_t size) {
  const std::string_view raw = text.substr(begin, size);
  Marks marks = 0;
  for (const char c : raw) marks |= MarksOf(c);
  const Stretches stretches = raw.empty() ? Stretches() : DivideAtPunctuation(raw);
  return Word(text, begin, stretches.lead, stretches.core, stretches.trail, marks);
}

Gap NextGap(std::string_view text, size_t at) {
  for (; at < text.size(); ++at) {
    if ((MarksOf(text[at]) & kGapMark) == 0) continue;
    if (const size_t size = GapAt(text, at); size != 0) return {at, size};
  }
  return {text.size(), 0};
}

Marks AppendWords(std::string_view text, std::vector<Word>* words) {
  Marks all = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t begin = at;
    Marks marks = 0;
    size_t gap = 0;
    for (; at < text.size(); ++at) {
      const Marks mark = MarksOf(text[at]);
      if ((mark & kGapMark) != 0 && (gap = GapAt(text, at)) != 0) break;
      marks |= mark;
    }
    // Words are made in their places: a copy would wait for its fields.
    if (at > begin && IsBare(text.substr(begin, at - begin))) {
      words->emplace_back(text, begin, 0, at - begin, 0, marks);
    } else if (at > begin) {
      const Stretches stretches = DivideAtPunctuation(text.substr(begin, at - begin));
      words->emplace_back(text, begin, stretches.lead, stretches.core, stretches.trail, marks);
    }
    all |= marks;
    at += gap;
  }
  return all;
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

bool StartsUpperBeyondAscii(std::string_view text) {
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
    const size_t begin = LastCodePoint(text, end);
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
