// The languages whose dates and numbers are read by rules of their own, and what each takes for granted.
#pragma once

#include <cstdint>
#include <string_view>

namespace garner::entity_tagger {

enum class Tongue : uint8_t { kEnglish, kGerman, kFrench, kSpanish, kRussian, kKazakh, kOther };
inline constexpr int kTongues = 7;

// What a single "." or "," between digits means.
enum class DecimalMark : uint8_t { kPoint, kComma, kUnknown };

// Of ISO 639-1 codes.
Tongue TongueOf(std::string_view language);
DecimalMark DecimalMarkOf(std::string_view language);

}  // namespace garner::entity_tagger
