#include "tests/pages/reference_text.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "garner/testing/charsets.h"
#include "garner/utf8.h"

namespace garner::pages {
namespace {

struct Entity {
  std::string_view name;  // with the semicolon, where it has one
  std::string_view text;
};

constexpr Entity kEntities[] = {
#include "entity_table.inc"
};

constexpr uint64_t kBeyondUnicode = 0x110000;

std::optional<std::string> NamedText(std::string_view name) {
  const Entity* found = std::lower_bound(std::begin(kEntities), std::end(kEntities), name,
                                         [](const Entity& entity, std::string_view key) { return entity.name < key; });
  if (found == std::end(kEntities) || found->name != name) return std::nullopt;
  return std::string(found->text);
}

int DigitOf(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : 16;
}

std::optional<uint64_t> NumberOf(std::string_view digits, int base) {
  if (digits.empty()) return std::nullopt;
  uint64_t value = 0;
  for (const char c : digits) {
    if (DigitOf(c) >= base) return std::nullopt;
    value = std::min(value * static_cast<uint64_t>(base) + static_cast<uint64_t>(DigitOf(c)), kBeyondUnicode);
  }
  return value;
}

std::string CharacterOf(uint64_t value) {
  if (value >= 0x80 && value < 0xA0) return testing::Transcode(std::string(1, static_cast<char>(value)), "windows-1252");
  const bool none = value == 0 || value >= kBeyondUnicode || (value >= 0xD800 && value <= 0xDFFF);
  std::string text;
  AppendUtf8(none ? kReplacementCharacter : static_cast<char32_t>(value), text);
  return text;
}

}  // namespace

std::optional<std::string> ReferenceText(std::string_view bytes) {
  if (bytes.empty() || bytes[0] != '&') return std::nullopt;
  std::string_view rest = bytes.substr(1);
  if (rest.empty() || rest[0] != '#') return NamedText(rest);
  rest.remove_prefix(1);
  if (!rest.empty() && rest.back() == ';') rest.remove_suffix(1);
  const bool hex = !rest.empty() && (rest[0] | 0x20) == 'x';
  if (hex) rest.remove_prefix(1);
  const std::optional<uint64_t> value = NumberOf(rest, hex ? 16 : 10);
  if (!value) return std::nullopt;
  return CharacterOf(*value);
}

}  // namespace garner::pages
