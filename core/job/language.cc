#include "core/job/language.h"

#include <cstdio>  // the next header needs it and does not say so

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <algorithm>

#include "garner/utf8.h"

namespace garner {

DetectedLanguage DetectLanguage(std::string_view text) {
  constexpr size_t kMaxBytes = 64 * 1024;
  size_t size = std::min(text.size(), kMaxBytes);
  while (!IsBoundary(text, size)) --size;

  CLD2::Language languages[3];
  int percents[3];
  double scores[3];
  int text_bytes = 0;
  bool reliable = false;
  const CLD2::CLDHints hints{nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  CLD2::ExtDetectLanguageSummary(text.data(), static_cast<int>(size), true, &hints, 0, languages, percents, scores, nullptr, &text_bytes, &reliable);
  if (!reliable || languages[0] == CLD2::UNKNOWN_LANGUAGE) return {};
  const std::string code = CLD2::LanguageCode(languages[0]);
  return {code.substr(0, code.find('-')), percents[0] / 100.0};
}

}  // namespace garner
