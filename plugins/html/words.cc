#include "words.h"

#include <utility>

#include "garner/utf8.h"

namespace garner::html {
namespace {

// Letters and digits of any script, roughly: what is no symbol, punctuation or private use.
bool IsWordCharacter(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  if (c < 0xC0) return c == 0xAA || c == 0xB5 || c == 0xBA;
  const bool symbol = (c >= 0x2000 && c < 0x2C00) || (c >= 0x3000 && c < 0x3005) || (c >= 0x3007 && c < 0x3021) || (c >= 0xE000 && c < 0xF900) ||
                      (c >= 0xFE00 && c < 0xFE70) || (c >= 0x1F000 && c < 0x20000);
  return !symbol && c != 0xD7 && c != 0xF7;
}

}  // namespace

std::string Squashed(std::string_view text) {
  std::string out;
  const std::string folded = FoldForComparison(text);
  for (size_t at = 0; at < folded.size();) {
    const CodePoint cp = NextCodePoint(folded, at);
    if (IsWordCharacter(cp.value)) out.append(folded, at, cp.size);
    at += cp.size;
  }
  if (out.size() > 6 && out.compare(0, 3, "the") == 0) out.erase(0, 3);
  return out;
}

std::set<std::string> Words(std::string_view text) {
  std::set<std::string> words;
  std::string word;
  const std::string folded = FoldForComparison(text);
  for (size_t at = 0; at < folded.size();) {
    const CodePoint cp = NextCodePoint(folded, at);
    if (IsWordCharacter(cp.value)) {
      word.append(folded, at, cp.size);
    } else if (!word.empty()) {
      words.insert(std::exchange(word, {}));
    }
    at += cp.size;
  }
  if (!word.empty()) words.insert(std::move(word));
  return words;
}

std::string_view WithoutAnchorMark(std::string_view heading) {
  heading = Trim(heading);
  for (size_t last = heading.size(); last > 0;) {
    do --last;
    while (last > 0 && !IsBoundary(heading, last));
    const char32_t c = NextCodePoint(heading, last).value;
    if (last == 0 || (c != 0xB6 && c != '#' && !(c >= 0xE000 && c < 0xF900) && c != 0x1F517)) break;
    // "C#" ends with its own number sign.
    if (c == '#' && heading[last - 1] != ' ') break;
    heading = Trim(heading.substr(0, last));
    last = heading.size();
  }
  return heading;
}

}  // namespace garner::html
