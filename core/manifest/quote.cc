#include "core/manifest/quote.h"

#include <fmt/format.h>

#include "garner/utf8.h"

namespace garner {
namespace {

constexpr size_t kMaxQuoted = 60;  // code points

// Explicit directions, isolates and marks: they can make a terminal show something else than what is there.
bool ReordersText(char32_t value) {
  return (value >= 0x202A && value <= 0x202E) || (value >= 0x2066 && value <= 0x2069) || value == 0x200E || value == 0x200F ||
         value == 0x061C;
}

void AppendEscaped(char32_t value, std::string& out) {
  if (value < 0x20 || (value >= 0x7F && value < 0xA0)) {
    out += fmt::format("\\x{:02x}", static_cast<uint32_t>(value));
  } else if (ReordersText(value) || value == 0x2028 || value == 0x2029 || value == 0xFEFF) {
    out += fmt::format("\\u{{{:04x}}}", static_cast<uint32_t>(value));
  } else {
    AppendUtf8(value, out);
  }
}

}  // namespace

std::string EscapeControls(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const CodePoint cp = NextCodePoint(text, at);
    AppendEscaped(cp.value, out);
    at += cp.size;
  }
  return out;
}

std::string Quote(std::string_view text) {
  std::string out = "'";
  size_t count = 0;
  for (size_t at = 0; at < text.size(); ++count) {
    if (count == kMaxQuoted) return out + "...'";
    const CodePoint cp = NextCodePoint(text, at);
    AppendEscaped(cp.value, out);
    at += cp.size;
  }
  return out + "'";
}

std::string JoinNames(const std::vector<std::string>& names) { return fmt::format("{}", fmt::join(names, ", ")); }

}  // namespace garner
