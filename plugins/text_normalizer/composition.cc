#include "composition.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include "garner/utf8.h"

namespace garner::text_normalizer {
namespace {

const icu::Normalizer2* Composer() {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* composer = icu::Normalizer2::getNFCInstance(error);
  return U_SUCCESS(error) ? composer : nullptr;
}

}  // namespace

size_t EndOfComposition(std::string_view text, size_t at) {
  const icu::Normalizer2* composer = Composer();
  while (composer != nullptr && at < text.size()) {
    const CodePoint cp = NextCodePoint(text, at);
    if (composer->hasBoundaryBefore(static_cast<UChar32>(cp.value))) break;
    at += cp.size;
  }
  return at;
}

std::string Compose(std::string_view text) {
  const icu::Normalizer2* composer = Composer();
  if (composer == nullptr) return std::string(text);
  UErrorCode error = U_ZERO_ERROR;
  const icu::UnicodeString composed =
      composer->normalize(icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size()))), error);
  std::string out;
  if (U_SUCCESS(error)) composed.toUTF8String(out);
  return U_SUCCESS(error) ? out : std::string(text);
}

}  // namespace garner::text_normalizer
