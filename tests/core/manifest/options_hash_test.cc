#include <gtest/gtest.h>

#include <string>

#include "core/manifest/plan_builder.h"
#include "tests/core/manifest/test_plugins.h"

namespace garner {
namespace {

StagePlan PlanOptions(const std::string& options) {
  const std::string yaml = "source: { plugin: reader, options: { paths: [a] } }\ntransforms:\n  - plugin: all_kinds\n    options: " +
                           options + "\nsinks: [{ plugin: lines, options: { path: o } }]\n";
  const auto no_variables = [](const std::string&) -> std::optional<std::string> { return std::nullopt; };
  const PlanResult result = BuildPlan(yaml, "job.yaml", TestPlugins(), no_variables, {});
  for (const Mistake& mistake : result.mistakes) ADD_FAILURE() << mistake.ToString();
  return result.plan ? result.plan->transforms[0] : StagePlan();
}

std::string Hash(const std::string& options) { return PlanOptions(options).options_hash; }

TEST(OptionsHash, HasSixteenHexadecimalDigits) {
  EXPECT_EQ(Hash("{}").size(), 16U);
  EXPECT_EQ(Hash("{}").find_first_not_of("0123456789abcdef"), std::string::npos);
}

TEST(OptionsHash, AnOptionAtItsDefaultIsNoChange) {
  EXPECT_EQ(Hash("{}"), Hash("{ min_words: 8, favor: balanced, keep: true }"));
  EXPECT_EQ(Hash("{ scoring: {} }"), Hash("{ scoring: { min_score: 0.5 } }"));
}

TEST(OptionsHash, SpellingAndOrderAreNoChange) {
  EXPECT_EQ(Hash("{ min_words: 16, favor: recall, counts: { a: 1, b: 2 } }"),
            Hash("{ counts: { b: 0x2, a: 1 }, favor: FAVOR_RECALL, min_words: 0x10 }"));
  EXPECT_EQ(Hash("{ phrases: one }"), Hash("{ phrases: ['one'] }"));
}

TEST(OptionsHash, AnotherValueIsAnotherHash) {
  EXPECT_NE(Hash("{ min_words: 8 }"), Hash("{ min_words: 9 }"));
  EXPECT_NE(Hash("{ phrases: [a, b] }"), Hash("{ phrases: [b, a] }"));
  EXPECT_NE(Hash("{ token: aa }"), Hash("{ token: bb }"));
}

// A stage can tell "not set" from zero, so results may differ.
TEST(OptionsHash, AbsentIsNotZeroWithoutADeclaredDefault) { EXPECT_NE(Hash("{}"), Hash("{ shift: 0 }")); }

TEST(OptionsHash, DefaultsAreLeftToThePlugin) { EXPECT_EQ(PlanOptions("{}").options, ""); }

TEST(OptionsHash, TheBytesDoNotDependOnTheOrderOfMaps) {
  EXPECT_EQ(PlanOptions("{ counts: { a: 1, b: 2, c: 3, d: 4 } }").options, PlanOptions("{ counts: { d: 4, c: 3, b: 2, a: 1 } }").options);
}

}  // namespace
}  // namespace garner
