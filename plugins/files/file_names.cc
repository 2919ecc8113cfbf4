#include "file_names.h"

#include "garner/utf8.h"

namespace garner::files {
namespace {

void AppendPercent(unsigned char byte, std::string& out) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  out += '%';
  out += kDigits[byte >> 4];
  out += kDigits[byte & 15];
}

// Line breaks in names would break reports; the rest is invisible.
bool IsPrintable(char32_t value) { return value >= 0x20 && !IsControl(value) && value != 0x85 && value != 0x2028 && value != 0x2029; }

}  // namespace

std::string PrintableName(std::string_view name) {
  std::string printable;
  for (size_t at = 0; at < name.size();) {
    const CodePoint cp = NextCodePoint(name, at);
    for (size_t i = at; i < at + cp.size; ++i) {
      if (cp.valid && IsPrintable(cp.value)) {
        printable.push_back(name[i]);
      } else {
        AppendPercent(static_cast<unsigned char>(name[i]), printable);
      }
    }
    at += cp.size;
  }
  return printable;
}

}  // namespace garner::files
