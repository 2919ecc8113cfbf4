// What case files cannot say: that hostile text costs linear time, and what the parts promise.
#include "mojibake.h"

#include <gtest/gtest.h>

#include <string>

#include "bidi.h"
#include "composition.h"
#include "dehyphenation.h"
#include "normalize_block.h"

namespace garner::text_normalizer {
namespace {

std::string Repeat(const std::string& piece, size_t bytes) {
  std::string text;
  text.reserve(bytes + piece.size());
  while (text.size() < bytes) text += piece;
  return text;
}

// Each of these takes minutes where a search starts over at every character; linear, all of them take a moment.
class HostileBlock : public ::testing::TestWithParam<const char*> {};

TEST_P(HostileBlock, CostsLinearTime) {
  const std::string text = Repeat(GetParam(), 1000000);
  const CharacterTable table({});
  const std::vector<Repair> repairs = FindMojibake(text);
  for (const BlockKind kind : {BlockKind::kProse, BlockKind::kTable, BlockKind::kCode}) {
    std::vector<Fix> fixes;
    NormalizeBlock(text, kind, table, kind == BlockKind::kCode ? std::vector<Repair>() : repairs, fixes);
    uint64_t last = 0;
    for (const Fix& fix : fixes) {
      ASSERT_LE(last, fix.span.begin);
      ASSERT_LT(fix.span.begin, fix.span.end);
      last = fix.span.end;
    }
    EXPECT_LE(last, text.size());
  }
}

INSTANTIATE_TEST_SUITE_P(Pieces, HostileBlock,
                         ::testing::Values(" ", "a  b", "\u00A0", "\u200B", " \u200B", "\u200D", "\u00AD ", "e\u0301", "\u0301",
                                           "\u0327\u0301", "\u1100\u1161", "\u202E", "\u202B\u202C", "\u2066", "\u202C", "\u05D0\u202A",
                                           "\u00C3\u00A9", "\u00E2\u20AC\u2122", "\u00E2\u20AC", "\u00C2 ", "\u00C3\u0192\u00C2\u00A9",
                                           "\u00C3", "\u00F0\u0178", "\u0420\u045F", "\u0420 ", "\u0420\u0421", "\u0412\u00AB", "a- b",
                                           "a-", "\r\n", "\r", "\x01", "\u3000", "\u4E2D\u3000", "\uFFFD", "\u0958"));

std::string Repaired(const std::string& text) {
  std::string out;
  size_t at = 0;
  for (const Repair& repair : FindMojibake(text)) {
    out += text.substr(at, repair.span.begin - at) + repair.text;
    at = repair.span.end;
  }
  return out + text.substr(at);
}

TEST(Mojibake, IsRepaired) {
  EXPECT_EQ(Repaired("donâ€™t go"), "don’t go");
  EXPECT_EQ(Repaired("the cafÃ© of the cafÃ© owner"), "the café of the café owner");
  EXPECT_EQ(Repaired("РџСЂРёРІРµС‚, РјРёСЂ"), "Привет, мир");
  EXPECT_EQ(Repaired("Р РѕСЃСЃРёСЏ"), "Россия");
  EXPECT_EQ(Repaired("ÐŸÐ°Ñ€Ð¾Ð¼"), "Паром");
  EXPECT_EQ(Repaired("donÃ¢â‚¬â„¢t"), "don’t");
  EXPECT_EQ(Repaired("ðŸ˜€ good"), "😀 good");
  EXPECT_EQ(Repaired("ï»¿The text"), "The text");
  EXPECT_EQ(Repaired("Ã¢â‚¬Å“tuteeÃ¢â‚¬Â is a word, isnÃ¢â‚¬â„¢t it"), "“tutee” is a word, isn’t it");
  EXPECT_EQ(Repaired("it went on […] and onâ€¦"), "it went on […] and on…");
  EXPECT_EQ(Repaired("cafÃ© [â€¦] ACMEÂ® â˜… 2 Ã— 3"), "café […] ACME® ★ 2 × 3");
}

TEST(Mojibake, SoundTextStays) {
  for (const char* text : {"NÃO HÁ VAGAS", "“AMANHÃ”, disse", "IRMÃ»", "irmû", "«un café»…", "né”—", "CAFÉ® and CAFÉ™", "»GROSSE MÄ«",
                           "«IRMÃ…»", "CAFÉ…", "MAÇÃ®", "Київ — Різдво", "«Ёлка»", "PÅ« og »TÅ“", "СЈај", "Сјај и Рђав"})
    EXPECT_EQ(Repaired(text), text);
}

TEST(Composition, EndsWhereNothingJoins) {
  EXPECT_EQ(EndOfComposition("\u0301\u0327x", 0), 4U);
  EXPECT_EQ(EndOfComposition("x", 1), 1U);
  EXPECT_EQ(Compose("e\u0301"), "\u00E9");
}

TEST(Bidi, ClosedControlsStayBesideLettersFromTheRight) {
  EXPECT_EQ(FindIdleBidiControls("\u05D0\u202Aab\u202C").size(), 0U);
  EXPECT_EQ(FindIdleBidiControls("\u05D0\u202Aab").size(), 1U);
  EXPECT_EQ(FindIdleBidiControls("x\u200Fy\u202Aab\u202C").size(), 3U);
  EXPECT_EQ(FindIdleBidiControls("x\u202Eab\u202C").size(), 0U);
}

TEST(DividedWords, AreThoseThatStandElsewhere) {
  const WordSet words("The example of examples: Beispiele, пример.");
  EXPECT_EQ(FindDividedWords("an exam- ple and exam- ined", words).size(), 1U);
  EXPECT_EQ(FindDividedWords("Bei- spiele und Vor- und Nachteile", words).size(), 1U);
  EXPECT_EQ(FindDividedWords("при- мер", words).size(), 1U);
  EXPECT_EQ(FindDividedWords("exam- Ple a- ple exam -ple", words).size(), 0U);
}

}  // namespace
}  // namespace garner::text_normalizer
