#include "words.h"

#include <unicode/uchar.h>

#include "garner/utf8.h"

namespace garner::metadata_lines {
namespace {

// NextCodePoint with a short way for ASCII: most text is.
CodePoint Next(std::string_view text, size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  return byte < 0x80 ? CodePoint{byte, 1, true} : NextCodePoint(text, at);
}

bool IsAsciiLetter(char32_t value) { return (value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z'); }

bool IsEdgePunctuation(char32_t value) {
  if (IsAsciiLetter(value) || (value >= '0' && value <= '9')) return false;
  if (value == '&' || value == '#' || value == '@' || value == '%') return false;
  return u_ispunct(static_cast<UChar32>(value)) != 0 || value == '|' || value == '+' || value == '<' || value == '>' || value == '=';
}

Word MakeWord(std::string_view text, size_t begin, size_t end) {
  Word word;
  word.begin = begin;
  word.raw = text.substr(begin, end - begin);
  size_t core_begin = word.raw.size();
  size_t core_end = word.raw.size();
  bool seen = false;
  for (size_t at = 0; at < word.raw.size();) {
    const CodePoint cp = Next(word.raw, at);
    if (!IsEdgePunctuation(cp.value)) {
      if (!seen) core_begin = at;
      seen = true;
      core_end = at + cp.size;
    }
    at += cp.size;
  }
  word.lead = word.raw.substr(0, core_begin);
  word.core = word.raw.substr(core_begin, core_end - core_begin);
  word.trail = word.raw.substr(core_end);
  word.folded = Fold(word.core);
  return word;
}

}  // namespace

std::string Fold(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const CodePoint cp = Next(text, at);
    at += cp.size;
    if (cp.value < 0x80 && cp.value > ' ' && cp.value != '`') {
      out.push_back(cp.value >= 'A' && cp.value <= 'Z' ? static_cast<char>(cp.value + 32) : static_cast<char>(cp.value));
    } else if (cp.value >= 0x0400 && cp.value <= 0x04FF && (cp.value < 0x0483 || cp.value > 0x0489)) {
      AppendUtf8(static_cast<char32_t>(u_foldCase(static_cast<UChar32>(cp.value), U_FOLD_CASE_DEFAULT)), out);
    } else {
      return FoldForComparison(text);
    }
  }
  return out;
}

std::vector<Word> SplitWords(std::string_view text) {
  std::vector<Word> words;
  size_t begin = 0;
  for (size_t at = 0; at <= text.size();) {
    const CodePoint cp = at < text.size() ? Next(text, at) : CodePoint{' ', 1, true};
    if (IsSpace(cp.value)) {
      if (at > begin) words.push_back(MakeWord(text, begin, at));
      begin = at + cp.size;
    }
    at += cp.size;
  }
  return words;
}

bool StartsUpper(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const CodePoint cp = Next(text, at);
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
    const auto value = static_cast<UChar32>(cp.value);
    if (u_islower(value)) return false;
    capitals += u_isupper(value) != 0;
    at += cp.size;
  }
  return capitals >= 2;
}

bool HasDigit(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const CodePoint cp = Next(text, at);
    if (cp.value >= '0' && (cp.value <= '9' || (cp.value >= 0x80 && u_isdigit(static_cast<UChar32>(cp.value))))) return true;
    at += cp.size;
  }
  return false;
}

bool HasLetter(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const CodePoint cp = Next(text, at);
    if (u_isalpha(static_cast<UChar32>(cp.value))) return true;
    at += cp.size;
  }
  return false;
}

bool IsOpeningQuote(char32_t value) {
  return value == '"' || value == '\'' || value == 0x2018 || value == 0x201A || value == 0x201C || value == 0x201E || value == 0x00AB || value == 0x2039 || value == 0x00BB;
}

bool IsClosingQuote(char32_t value) {
  return value == '"' || value == '\'' || value == 0x2018 || value == 0x2019 || value == 0x201C || value == 0x201D || value == 0x00BB || value == 0x203A || value == 0x00AB;
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
    case '.': case '!': case '?': case 0x2026: case 0x3002: case 0xFF01: case 0xFF1F: case 0x0964: case 0x061F: case 0x06D4: return true;
    default: return false;
  }
}

std::string_view StripEdges(std::string_view text, std::string_view characters) {
  const auto goes = [&](char c) { return c == ' ' || characters.find(c) != std::string_view::npos; };
  while (!text.empty() && goes(text.front())) text.remove_prefix(1);
  while (!text.empty() && goes(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace garner::metadata_lines
