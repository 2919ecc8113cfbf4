#include "code_pages.h"

#include <algorithm>
#include <iterator>

namespace garner::text_normalizer {
namespace {

// 0x80 to 0x9F; 0: the code page has nothing there, and programs leave the control.
constexpr char32_t kWestern[] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                 0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
// 0x80 to 0xBF.
constexpr char32_t kCyrillic[] = {
    0x0402, 0x0403, 0x201A, 0x0453, 0x201E, 0x2026, 0x2020, 0x2021, 0x20AC, 0x2030, 0x0409, 0x2039, 0x040A, 0x040C, 0x040B, 0x040F,
    0x0452, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x0098, 0x2122, 0x0459, 0x203A, 0x045A, 0x045C, 0x045B, 0x045F,
    0x00A0, 0x040E, 0x045E, 0x0408, 0x00A4, 0x0490, 0x00A6, 0x00A7, 0x0401, 0x00A9, 0x0404, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x0407,
    0x00B0, 0x00B1, 0x0406, 0x0456, 0x0491, 0x00B5, 0x00B6, 0x00B7, 0x0451, 0x2116, 0x0454, 0x00BB, 0x0458, 0x0405, 0x0455, 0x0457};

// The trade mark sign: neither page has anything beyond.
constexpr char32_t kHighest = 0x2122;
static_assert(std::all_of(std::begin(kWestern), std::end(kWestern), [](char32_t value) { return value <= kHighest; }));
static_assert(std::all_of(std::begin(kCyrillic), std::end(kCyrillic), [](char32_t value) { return value <= kHighest; }));

template <size_t size>
uint8_t Find(const char32_t (&table)[size], char32_t value) {
  for (size_t i = 0; i < size; ++i)
    if (table[i] == value) return static_cast<uint8_t>(0x80 + i);
  return 0;
}

}  // namespace

uint8_t ByteOf(CodePage page, char32_t value) {
  if (value < 0x80 || value > kHighest) return 0;
  if (page == CodePage::kCyrillic) {
    if (value >= 0x410 && value <= 0x44F) return static_cast<uint8_t>(0xC0 + (value - 0x410));
    return Find(kCyrillic, value);
  }
  return value <= 0xFF ? static_cast<uint8_t>(value) : Find(kWestern, value);
}

bool IsTail(char32_t value) {
  const uint8_t western = ByteOf(CodePage::kWestern, value);
  const uint8_t cyrillic = ByteOf(CodePage::kCyrillic, value);
  return (western >= 0x80 && western < 0xC0) || (cyrillic >= 0x80 && cyrillic < 0xC0);
}

}  // namespace garner::text_normalizer
