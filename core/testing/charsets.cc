#include "garner/testing/charsets.h"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <cstdint>

namespace garner::testing {

std::string Transcode(std::string_view bytes, const std::string& charset) {
  const icu::UnicodeString text(bytes.data(), static_cast<int32_t>(bytes.size()), charset.c_str());
  std::string utf8;
  return text.toUTF8String(utf8);
}

std::string Encode(std::string_view text, const std::string& charset) {
  const icu::UnicodeString source = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  UErrorCode error = U_ZERO_ERROR;
  UConverter* converter = ucnv_open(charset.c_str(), &error);
  std::string bytes(static_cast<size_t>(source.length()) * 8 + 16, '\0');
  const int32_t size = ucnv_fromUChars(converter, bytes.data(), static_cast<int32_t>(bytes.size()), source.getBuffer(), source.length(), &error);
  ucnv_close(converter);
  bytes.resize(U_SUCCESS(error) ? static_cast<size_t>(size) : 0);
  return bytes;
}

}  // namespace garner::testing
