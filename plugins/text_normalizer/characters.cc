#include "characters.h"

#include <unicode/normalizer2.h>

#include "code_pages.h"
#include "garner/utf8.h"

namespace garner::text_normalizer {
namespace {

bool IsSurrogate(char32_t value) { return value >= 0xD800 && value < 0xE000; }

bool IsBidiControl(char32_t value) {
  return value == 0x061C || value == 0x200E || value == 0x200F || (value >= 0x202A && value <= 0x202E) ||
         (value >= 0x2066 && value <= 0x2069);
}

// U+206A to U+206F are deprecated; nothing shows where they stand.
bool IsInvisible(char32_t value) { return value == 0x2060 || value == 0xFEFF || (value >= 0x206A && value <= 0x206F); }

const icu::Normalizer2* Composer() {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* composer = icu::Normalizer2::getNFCInstance(error);
  return U_SUCCESS(error) ? composer : nullptr;
}

bool Composes(const icu::Normalizer2* composer, char32_t value) {
  if (composer == nullptr || value < 0x300) return false;
  if (!composer->hasBoundaryBefore(static_cast<UChar32>(value))) return true;
  icu::UnicodeString decomposition;
  if (!composer->getDecomposition(static_cast<UChar32>(value), decomposition)) return false;
  UErrorCode error = U_ZERO_ERROR;
  return !composer->isNormalized(icu::UnicodeString(static_cast<UChar32>(value)), error);
}

CharacterClass Classify(char32_t value, const icu::Normalizer2* composer, Folds folds) {
  using Class = CharacterClass;
  if (IsSurrogate(value) || value == ' ') return Class::kPlain;
  if (value == 0x3000) return Class::kIdeographicSpace;
  if (value == 0xC2) return Class::kLoneLead;
  if (IsTail(value) && !IsSpace(value) && !IsControl(value) && value != 0xAD && Folded(value).empty()) return Class::kTail;
  if (IsSpace(value)) return Class::kSpace;
  if (IsInvisible(value)) return Class::kInvisible;
  if (IsControl(value)) return Class::kControl;
  if (value == 0xAD) return Class::kSoftHyphen;
  if (value == 0x200B) return Class::kZeroWidthSpace;
  if (value == 0x200C || value == 0x200D) return Class::kJoiner;
  if (IsBidiControl(value)) return Class::kBidi;
  if (value == kReplacementCharacter) return Class::kReplacement;
  if (const std::string_view folded = Folded(value); !folded.empty()) {
    if (folded == "-" ? folds.dashes : folds.quotes) return folded == "-" ? Class::kDash : Class::kQuote;
    return IsTail(value) ? Class::kTail : Class::kPlain;
  }
  return Composes(composer, value) ? Class::kComposes : Class::kPlain;
}

}  // namespace

CharacterTable::CharacterTable(Folds folds) : classes_(0x10000) {
  const icu::Normalizer2* composer = Composer();
  for (char32_t value = 0; value < 0x10000; ++value) classes_[value] = Classify(value, composer, folds);
}

CharacterClass CharacterTable::ClassOfSupplementary(char32_t value) {
  // Letters of no script here compose below U+11000; emoji, historic scripts and Han do not.
  return Composes(Composer(), value) ? CharacterClass::kComposes : CharacterClass::kPlain;
}

std::string_view Folded(char32_t value) {
  switch (value) {
    case 0x2018: case 0x2019: case 0x201A: case 0x201B: case 0x2039: case 0x203A: return "'";
    case 0x201C: case 0x201D: case 0x201E: case 0x201F: case 0x00AB: case 0x00BB: return "\"";
    case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2015: case 0x2212: return "-";
    default: return {};
  }
}

bool NeedsJoiners(char32_t value) {
  if (value >= 0x590 && value < 0x10A0) return true;      // Hebrew to Burmese
  if (value >= 0x1200 && value < 0x1D00) return true;     // Ethiopic to the extensions of Indic scripts
  if (value == 0x20E3 || (value >= 0x2190 && value < 0x2C00) || value == 0xFE0F) return true;  // symbols that emoji are made of
  if (value == 0x3030 || value == 0x303D || value == 0x3297 || value == 0x3299) return true;
  if (value >= 0xA800 && value < 0xAC00) return true;
  return (value >= 0xFB1D && value < 0xFE00) || (value >= 0xFE70 && value < 0xFEFF) || value >= 0x10000;
}

bool NeedsZeroWidthSpace(char32_t value) {
  return (value >= 0xE00 && value < 0x10A0) || (value >= 0x1780 && value < 0x1800) || (value >= 0x1950 && value < 0x1AB0);
}

bool IsEastAsian(char32_t value) {
  if (value >= 0x1100 && value < 0x1200) return true;
  if (value >= 0x2E80 && value < 0xA4D0) return value != 0x3000;
  return (value >= 0xAC00 && value < 0xD7B0) || (value >= 0xF900 && value < 0xFB00) || (value >= 0xFE30 && value < 0xFE50) ||
         (value >= 0xFF00 && value < 0xFFF0) || (value >= 0x20000 && value < 0x32000);
}

bool IsRightToLeft(char32_t value) {
  return (value >= 0x590 && value < 0x900) || (value >= 0xFB1D && value < 0xFE00) || (value >= 0xFE70 && value < 0xFEFF) ||
         (value >= 0x10800 && value < 0x11000) || (value >= 0x1E800 && value < 0x1F000);
}

}  // namespace garner::text_normalizer
