#include "json_string.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "ascii.h"
#include "garner/utf8.h"

namespace garner::html {
namespace {

// Four hexadecimal digits from `at`; nothing where there are fewer.
std::optional<uint32_t> HexUnit(std::string_view text, size_t at) {
  if (at + 4 > text.size() || !std::all_of(text.begin() + at, text.begin() + at + 4, IsHexDigit)) return std::nullopt;
  uint32_t value = 0;
  for (size_t i = at; i < at + 4; ++i) value = value * 16 + HexValue(text[i]);
  return value;
}

struct Escape {
  char32_t character = 0;
  size_t size = 2;  // of the escape, with its backslash; two of them where they are a pair
};

// `at` is a backslash's place.
std::optional<Escape> ReadEscape(std::string_view text, size_t at) {
  if (at + 1 >= text.size()) return std::nullopt;
  constexpr std::string_view kLetters = "\"\\/bfnrt";
  constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
  if (const size_t letter = kLetters.find(text[at + 1]); letter != std::string_view::npos) return Escape{static_cast<unsigned char>(kMeanings[letter]), 2};
  if (text[at + 1] != 'u') return std::nullopt;
  const std::optional<uint32_t> first = HexUnit(text, at + 2);
  if (!first) return std::nullopt;
  if (*first < 0xD800 || *first > 0xDFFF) return Escape{*first, 6};
  const bool pair = *first <= 0xDBFF && text.substr(std::min(at + 6, text.size()), 2) == "\\u";
  const std::optional<uint32_t> second = pair ? HexUnit(text, at + 8) : std::nullopt;
  if (!second || *second < 0xDC00 || *second > 0xDFFF) return std::nullopt;
  return Escape{0x10000 + ((*first - 0xD800) << 10) + (*second - 0xDC00), 12};
}

// The end of the string whose quote stands before `at`: its closing quote, or `end`.
size_t StringEnd(std::string_view text, size_t at, size_t end) {
  while (at < end && text[at] != '"') at += text[at] == '\\' ? 2 : 1;
  return std::min(at, end);
}

std::optional<JsonString> Decode(std::string_view text, size_t begin, size_t end) {
  JsonString out;
  const std::string_view inside = text.substr(0, end);
  for (size_t at = begin; at < end;) {
    if (text[at] != '\\') {
      out.value.push_back(static_cast<unsigned char>(text[at]) < 0x20 ? ' ' : text[at]);
      out.at.push_back(at++);
      continue;
    }
    const std::optional<Escape> escape = ReadEscape(inside, at);
    if (!escape) return std::nullopt;
    AppendUtf8(escape->character, out.value);
    out.at.resize(out.value.size(), at);
    at += escape->size;
  }
  out.at.push_back(end);
  return out;
}

}  // namespace

std::vector<JsonString> FindJsonStrings(std::string_view text, Span block, const std::vector<std::string_view>& values) {
  std::vector<JsonString> found(values.size());
  std::unordered_map<std::string_view, std::vector<size_t>> wanted;  // the first of equal ones last
  size_t shortest = SIZE_MAX;
  for (size_t i = values.size(); i-- > 0;) {
    wanted[values[i]].push_back(i);
    shortest = std::min(shortest, values[i].size());
  }
  const size_t end = std::min<size_t>(block.end, text.size());
  for (size_t quote = text.find('"', block.begin); quote < end && !wanted.empty();) {
    const size_t begin = quote + 1;
    const size_t close = StringEnd(text, begin, end);
    quote = text.find('"', close + 1);
    if (close - begin < shortest) continue;  // a string is at least as long as its value
    std::optional<JsonString> string = Decode(text, begin, close);
    if (!string) continue;
    const auto match = wanted.find(string->value);
    if (match == wanted.end()) continue;
    found[match->second.back()] = *std::move(string);
    match->second.pop_back();
    if (match->second.empty()) wanted.erase(match);
  }
  return found;
}

}  // namespace garner::html
