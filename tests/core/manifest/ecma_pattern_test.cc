#include "core/manifest/ecma_pattern.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <re2/re2.h>

#include <random>

namespace garner {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(EcmaPattern, KeepsWhatBothReadAlike) {
  EXPECT_EQ(EcmaPattern("[a-z_]+"), "^(?:[a-z_]+)$");
  EXPECT_EQ(EcmaPattern("a|b(c|d){2,3}?"), "^(?:a|b(c|d){2,3}?)$");
  EXPECT_EQ(EcmaPattern("(?:ab)*\\.[A-Za-z0-9]{0,15}"), "^(?:(?:ab)*\\.[A-Za-z0-9]{0,15})$");
  EXPECT_EQ(EcmaPattern("[^ä-ö]é"), "^(?:[^ä-ö]é)$");
  EXPECT_EQ(EcmaPattern(""), "^(?:)$");
}

TEST(EcmaPattern, WritesClassesOutAsRe2MeansThem) {
  EXPECT_EQ(EcmaPattern("\\d+\\w\\s"), "^(?:[0-9]+[0-9A-Za-z_][\\t\\n\\f\\r ])$");
  EXPECT_EQ(EcmaPattern("[\\d\\s-]"), "^(?:[0-9\\t\\n\\f\\r -])$");
  EXPECT_EQ(EcmaPattern("\\D\\W\\S"), "^(?:[^0-9][^0-9A-Za-z_][^\\t\\n\\f\\r ])$");
  EXPECT_EQ(EcmaPattern("a.b"), "^(?:a[^\n]b)$") << "a dot of ECMAScript's leaves out more than the line feed";
}

TEST(EcmaPattern, EscapesWhatIsPlainInRe2Only) {
  EXPECT_EQ(EcmaPattern("a{b"), "^(?:a\\{b)$");
  EXPECT_EQ(EcmaPattern("a{,2}"), "^(?:a\\{,2\\})$");
  EXPECT_EQ(EcmaPattern("a]"), "^(?:a\\])$");
  EXPECT_EQ(EcmaPattern("[]a]"), "^(?:[\\]a])$");
  EXPECT_EQ(EcmaPattern("[a[]"), "^(?:[a\\[])$");
  EXPECT_EQ(EcmaPattern("\\-\\@\\/"), "^(?:-@\\/)$");
}

TEST(EcmaPattern, GivesNoneWhereItCannotBeTrusted) {
  for (const char* pattern : {"(?i)a", "(?P<name>a)", "\\pL", "\\p{Greek}", "[[:alpha:]]", "\\Qa.b\\E", "\\ba", "\\Aa\\z",
                              "\\x41", "\\x{41}", "\\C", "[\\D]", "\\07", "\\", "[a", "(?U)a", "\\v", "\\a"})
    EXPECT_EQ(EcmaPattern(pattern), std::nullopt) << pattern;
}

TEST(EcmaPattern, MeansTheSameInRe2) {
  const std::vector<std::string> patterns = {"[a-z_]+",        "\\d{2}(-\\d+)?", "a{,2}",    "[]a]+",    "a.b",
                                             "\\.[\\w.]{1,3}", "x|yz|",          "[^0-9 ]*", "\\S+ \\S+"};
  const std::vector<std::string> texts = {"",     "a",    "ab",   "a_z", "12", "12-3", "a{,2}", "]a]", "a b",
                                          "a\nb", "a\rb", ".a.b", "x",   "yz", "xyz",  "ä ö",   "9"};
  for (const std::string& pattern : patterns) {
    const RE2 translated(*EcmaPattern(pattern));
    ASSERT_TRUE(translated.ok()) << translated.error();
    for (const std::string& text : texts)
      EXPECT_EQ(RE2::PartialMatch(text, translated), RE2::FullMatch(text, RE2(pattern))) << pattern << " on " << text;
  }
}

// Expressions made at random of pieces that matter, the same ones in every run.
TEST(EcmaPattern, MeansTheSameInRe2WhateverTheExpression) {
  const std::vector<std::string> pieces = {"a",      "b",    "1", "-",   "_",   ".", "\\d", "\\w", "\\s", "[a-c]", "[^a1]",
                                           "[\\d_]", "[]-]", "(", ")",   "(?:", "|", "*",   "+",   "?",   "{2}",   "{1,}",
                                           "{",      "}",    "]", "\\.", "\\-", "^", "$",   " ",   "é"};
  const std::vector<std::string> alphabet = {"a", "b", "1", "-", "_", ".", " ", "]", "{", "}", "é", "\n", "2"};
  std::mt19937 random(20);
  const auto pick = [&random](const std::vector<std::string>& from) { return from[random() % from.size()]; };
  int compared = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string pattern;
    for (size_t n = random() % 6 + 1; n > 0; --n) pattern += pick(pieces);
    const RE2 original(pattern, RE2::Quiet);
    const std::optional<std::string> ecma = EcmaPattern(pattern);
    if (!original.ok() || !ecma) continue;
    const RE2 translated(*ecma, RE2::Quiet);
    ASSERT_TRUE(translated.ok()) << pattern << " became " << *ecma << ": " << translated.error();
    for (int t = 0; t < 8; ++t) {
      std::string text;
      for (size_t n = random() % 4; n > 0; --n) text += pick(alphabet);
      ASSERT_EQ(RE2::PartialMatch(text, translated), RE2::FullMatch(text, original)) << pattern << " on '" << text << "'";
      ++compared;
    }
  }
  EXPECT_GT(compared, 10000);
}

TEST(PatternWords, AreThoseOfAChoiceOfPlainWords) {
  EXPECT_THAT(PatternWords("left|right|both"), ElementsAre("left", "right", "both"));
  EXPECT_THAT(PatternWords("one"), ElementsAre("one"));
  EXPECT_THAT(PatternWords("utf-8|utf_16"), ElementsAre("utf-8", "utf_16"));
  for (const char* pattern : {"", "a|", "|a", "a||b", "a+|b", "(a|b)", "a.b", "é|a"})
    EXPECT_THAT(PatternWords(pattern), IsEmpty()) << pattern;
}

TEST(AnyCasePattern, TakesEveryCaseAndNothingElse) {
  const RE2 pattern(AnyCasePattern({"utf_16", "none"}));
  for (const char* word : {"utf_16", "UTF_16", "Utf_16", "none", "NONE"}) EXPECT_TRUE(RE2::PartialMatch(word, pattern)) << word;
  for (const char* word : {"", "utf16", "none ", "nones", "utf_16|none"}) EXPECT_FALSE(RE2::PartialMatch(word, pattern)) << word;
}

}  // namespace
}  // namespace garner
