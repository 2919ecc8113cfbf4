#include "fold.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include "garner/utf8.h"

namespace garner::entity_tagger {
namespace {

// The base letter of a composed character: "ü" gives "u", "ệ" gives "e".
char32_t Base(char32_t value) {
  if (value == 0x0419 || value == 0x0439) return value;  // й is a letter of its own
  UErrorCode error = U_ZERO_ERROR;
  static const UNormalizer2* const nfd = unorm2_getNFDInstance(&error);
  if (nfd == nullptr) return value;
  UChar buffer[32];
  error = U_ZERO_ERROR;
  const int32_t size = unorm2_getDecomposition(nfd, static_cast<UChar32>(value), buffer, 32, &error);
  if (U_FAILURE(error) || size <= 0) return value;
  return U16_IS_SINGLE(buffer[0]) ? static_cast<char32_t>(buffer[0]) : value;
}

void AppendFolded(char32_t value, std::string& key) {
  switch (value) {
    case 0x2018:
    case 0x2019:
    case 0x02BC:
    case 0x02BB:
    case 0x0060:
    case 0x00B4:
      key += '\'';
      return;
    case 0x2010:
    case 0x2011:
      key += '-';
      return;
    case 0x00A0:
    case 0x202F:
    case 0x2009:
      key += ' ';
      return;
    case 0x0142:
    case 0x0141:
      key += 'l';
      return;
    case 0x00F8:
    case 0x00D8:
      key += 'o';
      return;
    case 0x0131:
    case 0x0130:
      key += 'i';
      return;
    case 0x00DF:
      key += "ss";
      return;
    case 0x00AD:
      return;
    default:
      break;
  }
  const int8_t type = u_charType(static_cast<UChar32>(value));
  if (type == U_NON_SPACING_MARK) return;
  AppendUtf8(static_cast<char32_t>(u_foldCase(static_cast<UChar32>(Base(value)), U_FOLD_CASE_DEFAULT)), key);
}

}  // namespace

void Fold(std::string_view text, std::string& key) {
  key.clear();
  for (size_t at = 0; at < text.size();) {
    const unsigned char c = static_cast<unsigned char>(text[at]);
    if (c < 0x80) {
      key += (c >= 'A' && c <= 'Z') ? static_cast<char>(c + 32) : (c == '`' ? '\'' : static_cast<char>(c));
      ++at;
      continue;
    }
    const CodePoint cp = NextCodePoint(text, at);
    AppendFolded(cp.value, key);
    at += cp.size;
  }
}

}  // namespace garner::entity_tagger
