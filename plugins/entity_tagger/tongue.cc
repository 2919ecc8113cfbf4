#include "tongue.h"

#include <algorithm>
#include <array>

namespace garner::entity_tagger {
namespace {

// Written with a decimal comma, by CLDR.
constexpr std::array<std::string_view, 38> kWithComma = {
    "de", "fr", "es", "ru", "it", "pt", "nl", "pl", "cs", "sk", "hu", "ro", "bg", "uk", "be", "kk", "ky", "uz", "az",
    "sv", "da", "nb", "nn", "no", "fi", "tr", "el", "id", "sl", "hr", "sr", "bs", "lt", "lv", "et", "ca", "gl", "vi"};
constexpr std::array<std::string_view, 9> kWithPoint = {"en", "zh", "ja", "ko", "th", "he", "hi", "ms", "cy"};

}  // namespace

Tongue TongueOf(std::string_view language) {
  if (language == "en") return Tongue::kEnglish;
  if (language == "de") return Tongue::kGerman;
  if (language == "fr") return Tongue::kFrench;
  if (language == "es") return Tongue::kSpanish;
  if (language == "ru") return Tongue::kRussian;
  if (language == "kk") return Tongue::kKazakh;
  return Tongue::kOther;
}

DecimalMark DecimalMarkOf(std::string_view language) {
  if (std::find(kWithComma.begin(), kWithComma.end(), language) != kWithComma.end()) return DecimalMark::kComma;
  if (std::find(kWithPoint.begin(), kWithPoint.end(), language) != kWithPoint.end()) return DecimalMark::kPoint;
  return DecimalMark::kUnknown;
}

}  // namespace garner::entity_tagger
