#include "references.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <iterator>

#include "ascii.h"
#include "garner/utf8.h"

namespace garner::html {
namespace {

struct NamedReference {
  std::string_view name;  // without the '&', with the semicolon where it has one
  std::string_view text;
};

constexpr NamedReference kNamed[] = {
#include "named_references.inc"
};

constexpr size_t kLongestName = 32;

// What numeric references 0x80 to 0x9F mean: windows-1252. 0: the control character itself.
constexpr uint16_t kWindows1252[32] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                       0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                       0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

const NamedReference* FindNamed(std::string_view name) {
  const NamedReference* found = std::lower_bound(std::begin(kNamed), std::end(kNamed), name,
                                                 [](const NamedReference& entry, std::string_view key) { return entry.name < key; });
  return found != std::end(kNamed) && found->name == name ? found : nullptr;
}

Reference ParseNumeric(std::string_view text, size_t at) {
  size_t end = at + 2;
  const bool hex = end < text.size() && (text[end] | 0x20) == 'x';
  if (hex) ++end;
  const size_t digits = end;
  uint32_t value = 0;
  for (; end < text.size() && (hex ? IsHexDigit(text[end]) : IsDigit(text[end])); ++end)
    value = std::min<uint32_t>(value * (hex ? 16 : 10) + HexValue(text[end]), 0x110000);
  if (end == digits) return {};
  Reference reference;
  reference.terminated = end < text.size() && text[end] == ';';
  reference.size = end - at + reference.terminated;
  char32_t character = value;
  if (value >= 0x80 && value < 0xA0 && kWindows1252[value - 0x80] != 0) character = kWindows1252[value - 0x80];
  if (value == 0 || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) character = kReplacementCharacter;
  reference.remapped = character != value;
  AppendUtf8(character, reference.text);
  return reference;
}

}  // namespace

Reference ParseReference(std::string_view text, size_t at, bool in_attribute) {
  if (at + 1 >= text.size()) return {};
  if (text[at + 1] == '#') return ParseNumeric(text, at);
  size_t end = at + 1;
  while (end < text.size() && end - at <= kLongestName && IsAlphanumeric(text[end])) ++end;
  const std::string_view name = text.substr(at + 1, end - at - 1);
  if (name.empty()) return {};
  if (end < text.size() && text[end] == ';') {
    if (const NamedReference* found = FindNamed(text.substr(at + 1, name.size() + 1)))
      return {name.size() + 2, std::string(found->text), true, false};
  }
  // The longest old name that is good without a semicolon: `&copy2025` is the copyright sign and 2025.
  for (size_t size = std::min<size_t>(name.size(), 6); size >= 2; --size) {
    const NamedReference* found = FindNamed(name.substr(0, size));
    if (found == nullptr) continue;
    const char next = at + 1 + size < text.size() ? text[at + 1 + size] : ' ';
    if (in_attribute && (next == '=' || IsAlphanumeric(next))) return {};
    return {size + 1, std::string(found->text), false, false};
  }
  return {};
}

std::string DecodeReferences(std::string_view text, bool in_attribute) {
  std::string out;
  size_t from = 0;
  for (size_t at = text.find('&'); at != std::string_view::npos; at = text.find('&', at)) {
    const Reference reference = ParseReference(text, at, in_attribute);
    if (reference.size == 0) {
      ++at;
      continue;
    }
    out.append(text.substr(from, at - from)).append(reference.text);
    at += reference.size;
    from = at;
  }
  return out.append(text.substr(from));
}

}  // namespace garner::html
