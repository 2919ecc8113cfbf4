// Options into a record and back: nothing changes on the way, secrets apart.
#include "core/manifest/recorded_options.h"

#include <gtest/gtest.h>

#include <string>

#include "core/manifest/option_reader.h"
#include "core/manifest/options_hash.h"
#include "core/manifest/options_schema.h"
#include "core/manifest/plan_builder.h"
#include "tests/core/manifest/test_plugins.h"

namespace garner {
namespace {

const Overrides kNoOverrides;

const PluginFile& AllKinds() { return *TestPlugins().Find("all_kinds"); }

std::string Resolve(const std::string& options) {
  const std::string yaml =
      "source: { plugin: reader, options: { paths: [a] } }\ntransforms:\n  - plugin: all_kinds\n    options: " + options +
      "\nsinks: [{ plugin: lines, options: { path: o } }]\n";
  const auto no_variables = [](const std::string&) -> std::optional<std::string> { return std::nullopt; };
  const PlanResult result = BuildPlan(yaml, "job.yaml", TestPlugins(), no_variables, {});
  for (const Mistake& mistake : result.mistakes) ADD_FAILURE() << mistake.ToString();
  return result.plan ? result.plan->transforms[0].options : "";
}

std::string TakeBack(const std::string& json) {
  YamlArena arena;
  const Result<const YamlNode*> node = OptionsFromJson(AllKinds(), json, arena);
  EXPECT_TRUE(node.ok()) << node.status().message();
  if (!node.ok()) return "";
  OptionsSchema schema(AllKinds());
  const auto message = schema.New();
  Mistakes mistakes("letter", kNoOverrides);
  ReadOptions(*node, {"all_kinds", ".", {}}, *message, mistakes);
  for (const Mistake& mistake : mistakes.Take()) ADD_FAILURE() << mistake.ToString();
  return SerializeDeterministically(*message);
}

TEST(RecordedOptions, ComeBackAsTheyWere) {
  for (const std::string options : {
           "{}",
           "{ min_words: 12, shift: -7, big: 18446744073709551615, signed_big: -9223372036854775808 }",
           "{ share: 0.1, weight: 1e-300, weights: [0.1, 2, -1e7] }",
           "{ keep: false, title: 'true', favor: recall, favors: [precision, balanced] }",
           "{ title: \"quotes ' \\\" and ${NOTHING} and \\n\\u263a\" }",
           "{ phrases: ['', '12', ' x '], percent: 0 }",
           "{ scoring: { min_score: 0.25, fallback: { fallback: {} } } }",
           "{ rules: [{ label: a, groups: [1, 2] }, { label: b, expression: 'x+' }] }",
           "{ counts: { a: 1, 'b c': 2 }, names: { -3: x, 4: 'y: z' } }",
           "{ magic: abc, match: 'a|b', code: QX }",
       }) {
    std::string yaml = options;
    if (const size_t at = yaml.find("${"); at != std::string::npos) yaml.insert(at, "$");  // as it is, for the manifest
    const std::string resolved = Resolve(yaml);
    const Result<RecordedOptions> recorded = RecordOptions(AllKinds(), resolved);
    ASSERT_TRUE(recorded.ok()) << options;
    EXPECT_EQ(recorded->left_out, std::vector<std::string>());
    EXPECT_EQ(TakeBack(recorded->json), resolved) << recorded->json;
  }
}

TEST(RecordedOptions, SecretsAreLeftOutAndNamed) {
  const Result<RecordedOptions> recorded = RecordOptions(AllKinds(), Resolve("{ token: beef, title: x }"));
  ASSERT_TRUE(recorded.ok());
  EXPECT_EQ(recorded->left_out, std::vector<std::string>{"token"});
  EXPECT_EQ(recorded->json, "{\"title\":\"x\"}");
  EXPECT_EQ(recorded->json.find("beef"), std::string::npos);
}

TEST(RecordedOptions, APluginWithoutOptionsHasNone) {
  const PluginFile& ticker = *TestPlugins().Find("ticker");
  EXPECT_EQ(RecordOptions(ticker, "")->json, "{}");
  YamlArena arena;
  EXPECT_EQ(*OptionsFromJson(ticker, "{}", arena), nullptr);
  EXPECT_FALSE(OptionsFromJson(ticker, "{\"a\":1}", arena).ok());
}

TEST(RecordedOptions, WhatThePluginDoesNotTakeIsRefusedInWords) {
  YamlArena arena;
  for (const std::string json :
       {"{\"min_wrods\":1}", "{\"min_words\":\"many\"}", "{\"scoring\":[]}", "[]", "", "{", "{\"favor\":\"FAVOR_NONE\"}"}) {
    const Result<const YamlNode*> node = OptionsFromJson(AllKinds(), json, arena);
    ASSERT_FALSE(node.ok()) << json;
    EXPECT_EQ(node.status().kind(), StatusKind::kConfig);
    EXPECT_NE(node.status().message().find("cannot be taken over"), std::string::npos) << node.status().message();
  }
}

// The rules are checked where the options are read, as those of a manifest are.
TEST(RecordedOptions, RulesStillHold) {
  YamlArena arena;
  const Result<const YamlNode*> node = OptionsFromJson(AllKinds(), "{\"min_words\":100000,\"code\":\"nine\"}", arena);
  ASSERT_TRUE(node.ok());
  OptionsSchema schema(AllKinds());
  const auto message = schema.New();
  Mistakes mistakes("letter", kNoOverrides);
  ReadOptions(*node, {"all_kinds", ".", {}}, *message, mistakes);
  EXPECT_EQ(mistakes.Take().size(), 2U);
}

}  // namespace
}  // namespace garner
