#include "entities.h"

#include <libxml/HTMLparser.h>

#include "garner/utf8.h"

namespace garner::markdown {
namespace {

bool IsCharacter(uint32_t value) { return value > 0 && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF); }

std::string ResolveNumber(std::string_view digits) {
  uint32_t base = 10;
  if (!digits.empty() && (digits[0] == 'x' || digits[0] == 'X')) {
    base = 16;
    digits.remove_prefix(1);
  }
  if (digits.empty() || digits.size() > 8) return {};
  uint64_t value = 0;
  for (const char c : digits) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    const int digit = lower >= '0' && lower <= '9' ? lower - '0' : lower >= 'a' && lower <= 'f' && base == 16 ? lower - 'a' + 10 : -1;
    if (digit < 0) return {};
    value = value * base + static_cast<uint64_t>(digit);
  }
  std::string text;
  AppendUtf8(value <= 0x10FFFF && IsCharacter(static_cast<uint32_t>(value)) ? static_cast<char32_t>(value) : kReplacementCharacter, text);
  return text;
}

}  // namespace

std::string ResolveEntity(std::string_view reference) {
  if (reference.size() < 3 || reference.front() != '&' || reference.back() != ';') return {};
  const std::string_view name = reference.substr(1, reference.size() - 2);
  if (name[0] == '#') return ResolveNumber(name.substr(1));
  if (name == "apos") return "'";
  const htmlEntityDesc* found = htmlEntityLookup(reinterpret_cast<const xmlChar*>(std::string(name).c_str()));
  std::string text;
  if (found != nullptr) AppendUtf8(static_cast<char32_t>(found->value), text);
  return text;
}

}  // namespace garner::markdown
