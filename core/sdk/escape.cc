#include "garner/escape.h"

#include <cstdint>
#include <cstdio>

#include "garner/utf8.h"

namespace garner {
namespace {

bool ChangesDirection(char32_t value) {
  return (value >= 0x202A && value <= 0x202E) || (value >= 0x2066 && value <= 0x2069) || value == 0x200E || value == 0x200F || value == 0x061C;
}

std::string Escaped(const CodePoint& cp, unsigned char byte) {
  char buffer[16];
  if (!cp.valid || cp.value < 0x100) {
    if (cp.valid && cp.value == '\n') return "\\n";
    if (cp.valid && cp.value == '\r') return "\\r";
    if (cp.valid && cp.value == '\t') return "\\t";
    std::snprintf(buffer, sizeof buffer, "\\x%02x", cp.valid ? static_cast<unsigned>(cp.value) : static_cast<unsigned>(byte));
  } else {
    std::snprintf(buffer, sizeof buffer, "\\u{%x}", static_cast<unsigned>(cp.value));
  }
  return buffer;
}

}  // namespace

std::string EscapeForTerminal(std::string_view text, size_t max_bytes) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    CodePoint cp = NextCodePoint(text, at);
    const bool line_break = cp.value == '\n' || cp.value == '\r' || cp.value == '\t' || cp.value == 0x0B || cp.value == 0x0C || cp.value == 0x85 ||
                            cp.value == 0x2028 || cp.value == 0x2029;
    if (!cp.valid) cp.size = 1;  // byte by byte
    const bool safe = cp.valid && !line_break && !IsControl(cp.value) && !ChangesDirection(cp.value);
    const std::string piece = safe ? std::string(text.substr(at, cp.size)) : Escaped(cp, static_cast<unsigned char>(text[at]));
    if (max_bytes > 0 && out.size() + piece.size() > max_bytes) return out + "...";
    out += piece;
    at += cp.size;
  }
  return out;
}

}  // namespace garner
