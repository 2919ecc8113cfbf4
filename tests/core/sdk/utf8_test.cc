#include "garner/utf8.h"

#include <gtest/gtest.h>
#include <unicode/uchar.h>

#include <iterator>
#include <random>
#include <string>

namespace garner {
namespace {

using namespace std::string_literals;

TEST(NextCodePoint, CountsIllFormedPartsAsTheEncodingStandardDoes) {
  const struct {
    std::string bytes;
    uint32_t size;
  } parts[] = {{"\xC0\xAF", 1}, {"\xE0\x80\x80", 1}, {"\xE2\x82", 2}, {"\xE2\x82" "A", 2}, {"\xED\xA0\x80", 1}, {"\xF0\x9F\x98", 3}, {"\xF4\x90\x80\x80", 1}, {"\xF5", 1}, {"\x80", 1}, {"\xFF", 1}};
  for (const auto& [bytes, size] : parts) {
    const CodePoint cp = NextCodePoint(bytes, 0);
    EXPECT_FALSE(cp.valid);
    EXPECT_EQ(cp.size, size);
    EXPECT_EQ(cp.value, kReplacementCharacter);
  }
}

TEST(NextCodePoint, ReadsBackWhatAppendUtf8Writes) {
  for (char32_t value = 0; value <= 0x10FFFF; value += value < 0x3000 ? 1 : 97) {
    if (value >= 0xD800 && value <= 0xDFFF) continue;
    std::string text;
    AppendUtf8(value, text);
    const CodePoint cp = NextCodePoint(text, 0);
    ASSERT_TRUE(cp.valid);
    ASSERT_EQ(cp.value, value);
    ASSERT_EQ(cp.size, text.size());
    ASSERT_TRUE(IsValidUtf8(text));
  }
}

TEST(AppendUtf8, NeverWritesSurrogates) {
  std::string text;
  AppendUtf8(0xD800, text);
  AppendUtf8(0x110000, text);
  EXPECT_EQ(text, "\uFFFD\uFFFD");
}

TEST(IsValidUtf8, AgreesWithNextCodePointOnRandomBytes) {
  std::mt19937 random(3);
  for (int round = 0; round < 20000; ++round) {
    std::string bytes(random() % 24, 'a');
    for (char& c : bytes)
      if (random() % 3 == 0) c = static_cast<char>(random() & 0xFF);
    bool valid = true;
    for (size_t at = 0; at < bytes.size();) {
      const CodePoint cp = NextCodePoint(bytes, at);
      valid = valid && cp.valid;
      at += cp.size;
    }
    ASSERT_LE(bytes.size(), 24U);
    ASSERT_EQ(IsValidUtf8(bytes), valid);
    ASSERT_TRUE(IsValidUtf8(SanitizeUtf8(bytes)));
  }
}

TEST(Utf8, KnowsSpacesAndControls) {
  for (const char32_t space : {0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2003, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000}) {
    EXPECT_TRUE(IsSpace(space)) << static_cast<uint32_t>(space);
    EXPECT_FALSE(IsControl(space)) << static_cast<uint32_t>(space);
  }
  for (const char32_t control : {0x00, 0x08, 0x0E, 0x1B, 0x1F, 0x7F, 0x80, 0x9F, 0xFEFF}) EXPECT_TRUE(IsControl(control)) << static_cast<uint32_t>(control);
  for (const char32_t other : {0x21, 0xA1, 0xAD, 0x200B, 0x200D, 0x2060, 0xFFFD}) EXPECT_FALSE(IsSpace(other) || IsControl(other)) << static_cast<uint32_t>(other);
}

TEST(Utf8, SpacesAreUnicodesOwn) {
  for (char32_t value = 0; value <= 0x10FFFF; ++value)
    ASSERT_EQ(IsSpace(value), u_hasBinaryProperty(static_cast<UChar32>(value), UCHAR_WHITE_SPACE) != 0) << static_cast<uint32_t>(value);
}

TEST(FindControl, FindsWhatAWalkOverCodePointsFinds) {
  std::mt19937 random(11);
  const char32_t kinds[] = {'a', 'z', ' ', '\n', '\t', 0x7E, 0x85, 0xA0, 0xE9, 0x416, 0x2019, 0xFB01, 0xFEFC, 0x1F41D};
  const char32_t controls[] = {0x00, 0x08, 0x0E, 0x1F, 0x7F, 0x80, 0x9F, 0xFEFF};
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    size_t expected = std::string::npos;
    for (size_t i = random() % 40; i > 0; --i) {
      const bool control = random() % 30 == 0;
      if (control && expected == std::string::npos) expected = text.size();
      AppendUtf8(control ? controls[random() % std::size(controls)] : kinds[random() % std::size(kinds)], text);
    }
    ASSERT_EQ(FindControl(text), expected) << text;
    if (expected != std::string::npos) {
      ASSERT_EQ(FindControl(text, expected), expected);
    }
  }
}

TEST(Utf8, FoldsAsciiAsItFoldsEverythingElse) {
  std::mt19937 random(12);
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (size_t i = random() % 30; i > 0; --i) text.push_back(static_cast<char>(1 + random() % 127));
    // A word beyond ASCII, apart from the rest.
    ASSERT_EQ(FoldForComparison(text + "\u00A0\u0436"), FoldForComparison(text + " z").substr(0, FoldForComparison(text + " z").size() - 1) + "\u0436") << text;
  }
}

TEST(Utf8, Counts) {
  EXPECT_EQ(CountCodePoints("aß橋😀"), 4U);
}

TEST(Utf8, Trims) {
  EXPECT_EQ(Trim(" \u00A0\tein Wort\u3000\r\n"), "ein Wort");
  EXPECT_EQ(Trim(" \u2003 "), "");
  EXPECT_EQ(Trim(""), "");
}

TEST(Utf8, KnowsBoundaries) {
  EXPECT_TRUE(IsBoundary("ß", 0));
  EXPECT_FALSE(IsBoundary("ß", 1));
  EXPECT_TRUE(IsBoundary("ß", 2));
  EXPECT_FALSE(IsBoundary("ß", 3));
}

TEST(Utf8, FoldsForComparison) {
  EXPECT_EQ(FoldForComparison("  „Straße“ –\u00A0don’t \u00ADco\u00ADop "), "\"strasse\" - don't coop");
  EXPECT_EQ(FoldForComparison(""), "");
  // Longer than it was.
  EXPECT_EQ(FoldForComparison("½½½ x ½½ "), "1\u204421\u204421\u20442 x 1\u204421\u20442");
}

// A ligature sends the whole text through ICU: both ways must agree on whatever stands before it.
TEST(Utf8, FoldsByTableAsByIcu) {
  std::mt19937 random(20);
  const auto pick = [&](char32_t low, char32_t high) { return low + static_cast<char32_t>(random() % (high - low + 1)); };
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (int i = 0; i < 6; ++i) {
      const auto kind = random() % 6;
      const char32_t value = kind == 0   ? pick(0x20, 0x7E)
                             : kind == 1 ? pick(0x80, 0x24F)
                             : kind == 2 ? pick(0x250, 0x7FF)
                             : kind == 3 ? pick(0x2000, 0x206F)
                             : kind == 4 ? pick(0x3400, 0x9FFF)
                                         : pick(0xAC00, 0xD7A3);
      AppendUtf8(value, text);
    }
    text += 'a';
    EXPECT_EQ(FoldForComparison(text) + "fi", FoldForComparison(text + "\uFB01")) << text;
  }
}

TEST(Utf8, LeavesNulOut) { EXPECT_EQ(SanitizeUtf8("a\0b\xFF"s), "ab\uFFFD"); }

}  // namespace
}  // namespace garner
