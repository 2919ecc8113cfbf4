#include "core/manifest/options_doc.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/manifest/test_plugins.h"

namespace garner {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

OptionDoc Find(const std::vector<OptionDoc>& options, const std::string& name) {
  for (const OptionDoc& option : options)
    if (option.name == name) return option;
  ADD_FAILURE() << "no option " << name;
  return {};
}

std::vector<OptionDoc> Describe(const std::string& plugin) { return DescribeOptions(*TestPlugins().Find(plugin)); }

TEST(OptionsDoc, ANumberHasDefaultRangeUnitAndComment) {
  const OptionDoc option = Find(Describe("all_kinds"), "min_words");
  EXPECT_EQ(option.type, "whole number");
  EXPECT_EQ(option.default_value, "8");
  EXPECT_EQ(option.range, "1 to 1000");
  EXPECT_EQ(option.unit, "words");
  EXPECT_EQ(option.doc, "How many words a paragraph needs.");
  EXPECT_FALSE(option.required);
}

TEST(OptionsDoc, AFloatDefaultIsSpelledAsItWasWritten) { EXPECT_EQ(Find(Describe("all_kinds"), "share").default_value, "0.1"); }

TEST(OptionsDoc, AChoiceListsItsWordsAsAManifestWritesThem) {
  const OptionDoc option = Find(Describe("all_kinds"), "favor");
  EXPECT_EQ(option.type, "one of precision, balanced, recall");
  EXPECT_THAT(option.values, ElementsAre("precision", "balanced", "recall"));
  EXPECT_EQ(option.default_value, "balanced");
}

TEST(OptionsDoc, NestedMessagesFollowTheirOption) {
  const std::vector<OptionDoc> options = Describe("all_kinds");
  EXPECT_EQ(Find(options, "scoring").type, "map");
  EXPECT_EQ(Find(options, "scoring.min_score").range, "0 to 1");
  EXPECT_EQ(Find(options, "scoring.min_score").doc, "Least score that counts.");
  EXPECT_EQ(Find(options, "rules").type, "list of maps");
  EXPECT_TRUE(Find(options, "rules[].label").required);
  EXPECT_EQ(Find(options, "rules[].groups").range, "at most 9");
}

TEST(OptionsDoc, AMessageThatContainsItselfIsDescribedOnce) {
  size_t fallbacks = 0;
  for (const OptionDoc& option : Describe("all_kinds"))
    if (option.name.find("fallback") != std::string::npos) ++fallbacks;
  EXPECT_EQ(fallbacks, 1U);
}

TEST(OptionsDoc, RulesOfTexts) {
  const std::vector<OptionDoc> options = Describe("all_kinds");
  EXPECT_TRUE(Find(options, "match").is_regex);
  EXPECT_TRUE(Find(options, "list_file").file);
  EXPECT_TRUE(Find(options, "token").secret);
  EXPECT_EQ(Find(options, "code").pattern, "[A-Z]{2}");
  EXPECT_EQ(Find(options, "counts").type, "map from texts to whole numbers");
}

TEST(OptionsDoc, APluginWithoutOptionsHasNone) {
  EXPECT_THAT(Describe("ticker"), IsEmpty());
  EXPECT_THAT(Describe("nothing"), IsEmpty());
}

TEST(OptionsDoc, ADescriptionThatCannotBeReadIsNoTrouble) {
  PluginFile file = *TestPlugins().Find("reader");
  file.options.mutable_file(0)->mutable_message_type(0)->mutable_field(0)->set_type_name(".nowhere.Thing");
  EXPECT_THAT(DescribeOptions(file), IsEmpty());
}

TEST(OptionsDoc, SaysWhatMayBeWritten) {
  OptionDoc option;
  option.type = "text";
  EXPECT_EQ(Takes(option), "text");
  option.pattern = "a|b";
  EXPECT_EQ(Takes(option), "text, matching `a|b`");
}

}  // namespace
}  // namespace garner
