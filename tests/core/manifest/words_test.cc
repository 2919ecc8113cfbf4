// The small parts that make messages: quoting, nearest names, the form of a mistake.
#include <gtest/gtest.h>

#include "core/manifest/environment.h"
#include "core/manifest/mistakes.h"
#include "core/manifest/nearest.h"
#include "core/manifest/quote.h"

namespace garner {
namespace {

TEST(Mistake, NamesFilePlacePathAndProblem) {
  EXPECT_EQ((Mistake{"news.yaml", 14, 9, "transforms[1] x", "unknown option 'a'"}).ToString(),
            "news.yaml:14:9: transforms[1] x: unknown option 'a'");
  EXPECT_EQ((Mistake{"news.yaml", 0, 0, "", "cannot be read"}).ToString(), "news.yaml: cannot be read");
}

TEST(Mistake, NothingThatDrivesATerminalGetsOut) {
  EXPECT_EQ((Mistake{"a\x1b[2Jb\n.yaml", 1, 1, "\x07", "\x7f"}).ToString(), "a\\x1b[2Jb\\x0a.yaml:1:1: \\x07: \\x7f");
}

TEST(Mistakes, AreSortedAndNoneIsToldTwice) {
  Mistakes mistakes("job.yaml", {});
  mistakes.Add({.line = 3, .column = 1}, "", "c");
  mistakes.Add({.line = 1, .column = 9}, "", "b");
  mistakes.Add({.line = 1, .column = 2}, "", "a");
  mistakes.Add({.line = 3, .column = 1}, "", "c");
  const std::vector<Mistake> taken = mistakes.Take();
  ASSERT_EQ(taken.size(), 3U);
  EXPECT_EQ(taken[0].message + taken[1].message + taken[2].message, "abc");
}

TEST(Mistakes, ManyAreCounted) {
  Mistakes mistakes("job.yaml", {});
  for (int i = 0; i < 150; ++i) mistakes.Add({.line = i + 1, .column = 1}, "", "x");
  const std::vector<Mistake> taken = mistakes.Take();
  ASSERT_EQ(taken.size(), Mistakes::kMaxKept + 1);
  EXPECT_EQ(taken.back().ToString(), "job.yaml: 50 more mistakes are not shown");
}

TEST(Quote, CutsLongTextAtACharacter) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "ä";
  EXPECT_EQ(Quote(text).size(), 60 * 2 + 5);
  EXPECT_EQ(Quote("short"), "'short'");
}

TEST(Quote, MarksThatReorderTextAreSpelledOut) { EXPECT_EQ(Quote("a\u202Eb\u2066"), "'a\\u{202e}b\\u{2066}'"); }

TEST(Quote, IllFormedBytesBecomeReplacementCharacters) { EXPECT_EQ(Quote("a\xff"), "'a\uFFFD'"); }

TEST(Nearest, FindsTypos) {
  const std::vector<std::string> names = {"min_length", "max_length", "favor"};
  EXPECT_EQ(Nearest("min_lenght", names), "min_length");
  EXPECT_EQ(Nearest("minlength", names), "min_length");
  EXPECT_EQ(Nearest("MIN-LENGTH", names), "min_length");
  EXPECT_EQ(Nearest("favour", names), "favor");
}

TEST(Nearest, DoesNotGuessWildly) {
  EXPECT_EQ(Nearest("threshold", {"min_length", "favor"}), "");
  EXPECT_EQ(Nearest("c", {"a", "b"}), "");
  EXPECT_EQ(Nearest("", {"a"}), "");
  EXPECT_EQ(Nearest(std::string(100'000, 'a'), {"aaa"}), "");
}

std::optional<std::string> Variables(const std::string& name) {
  if (name == "A") return "one";
  if (name == "EMPTY") return "";
  if (name == "NESTED") return "${A}";
  if (name == "BYTES") return "\xff";
  return std::nullopt;
}

TEST(Interpolate, FillsInVariables) {
  EXPECT_EQ(*Interpolate("x${A}y${A}", Variables), "xoney" "one");
  EXPECT_EQ(*Interpolate("${NONE:-two}", Variables), "two");
  EXPECT_EQ(*Interpolate("${NONE:-}", Variables), "");
  EXPECT_EQ(*Interpolate("${A:-two}", Variables), "one");
  EXPECT_EQ(*Interpolate("[${EMPTY}]", Variables), "[]");
  EXPECT_EQ(*Interpolate("${EMPTY:-two}", Variables), "two");
}

TEST(Interpolate, LeavesOtherDollarsAlone) {
  EXPECT_EQ(*Interpolate("$5 $A $$ {A} }", Variables), "$5 $A $$ {A} }");
  EXPECT_EQ(*Interpolate("$${A}", Variables), "${A}");
  EXPECT_EQ(*Interpolate("${A}$${A}", Variables), "one${A}");
}

TEST(Interpolate, DoesNotReadValuesAgain) { EXPECT_EQ(*Interpolate("${NESTED}", Variables), "${A}"); }

TEST(Interpolate, FailsInWords) {
  EXPECT_FALSE(Interpolate("${NONE}", Variables).ok());
  EXPECT_FALSE(Interpolate("${A", Variables).ok());
  EXPECT_FALSE(Interpolate("${BYTES}", Variables).ok());
  EXPECT_FALSE(Interpolate("${NONE:-${A}}", Variables).ok());
}

}  // namespace
}  // namespace garner
