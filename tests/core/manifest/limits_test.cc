// Manifests that are too much to read: refused in words, soon, whatever their form.
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "core/manifest/plan_builder.h"
#include "core/manifest/yaml_reader.h"
#include "tests/core/manifest/test_plugins.h"

namespace garner {
namespace {

std::string Repeat(std::string_view text, size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (size_t i = 0; i < times; ++i) out += text;
  return out;
}

std::optional<std::string> LongVariable(const std::string&) { return std::string(100'000, 'x'); }

// Every mistake, one a line.
std::string Refusal(const std::string& yaml) {
  const PlanResult result = BuildPlan(yaml, "job.yaml", TestPlugins(), LongVariable, {});
  EXPECT_FALSE(result.plan.has_value());
  std::string out;
  for (const Mistake& mistake : result.mistakes) out += mistake.ToString() + "\n";
  return out;
}

TEST(ManifestLimits, Size) {
  EXPECT_EQ(Refusal(std::string(kMaxYamlBytes + 1, '#')), "job.yaml: more than 1048576 bytes of YAML, the limit\n");
}

TEST(ManifestLimits, DepthOfEveryStyle) {
  const std::string words = "nested more than 32 deep";
  EXPECT_NE(Refusal(Repeat("[", 1'000'000)).find(words), std::string::npos);
  EXPECT_NE(Refusal(Repeat("{a: ", 250'000)).find(words), std::string::npos);
  EXPECT_NE(Refusal(Repeat("- ", 500'000)).find(words), std::string::npos);
  EXPECT_NE(Refusal(Repeat("? ", 500'000)).find(words), std::string::npos);
  std::string block;
  for (size_t i = 0; i < 1000; ++i) block += std::string(i, ' ') + "a:\n";
  EXPECT_NE(Refusal(block).find(words), std::string::npos);
}

TEST(ManifestLimits, DepthBehindAliases) {
  std::string chain = "a0: &a0 [x]\n";
  for (int i = 1; i < 40; ++i) chain += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) + "]\n";
  EXPECT_NE(Refusal(chain).find("job.yaml:32:12: a31[0]: lists and maps are nested more than 32 deep"), std::string::npos);
}

TEST(ManifestLimits, Values) {
  EXPECT_NE(Refusal("a: [" + Repeat("x,", 200'000) + "]").find("more than 100000 values"), std::string::npos);
  EXPECT_NE(Refusal("a: &a [" + Repeat("x,", 1000) + "]\nb: [" + Repeat("*a,", 200) + "]").find("unfolds into more than 100000 values"),
            std::string::npos);
}

TEST(ManifestLimits, TextBehindAliasesAndVariables) {
  EXPECT_NE(Refusal("a: &a " + std::string(500'000, 'x') + "\nb: [" + Repeat("*a,", 1000) + "]").find("bytes of text"), std::string::npos);
  EXPECT_NE(Refusal("a: [" + Repeat("'${X}',", 1000) + "]").find("bytes of text"), std::string::npos);
  EXPECT_NE(Refusal("name: " + Repeat("${X}", 1000)).find("longer than 1 MiB"), std::string::npos);
}

// Anchors that are never used, keys by the thousand, mistakes by the thousand: linear, all of them.
TEST(ManifestLimits, NothingIsQuadratic) {
  const auto start = std::chrono::steady_clock::now();
  std::string keys, anchors, plugins = "transforms:\n";
  for (int i = 0; i < 60'000; ++i) keys += "k" + std::to_string(i) + ": x\n";
  for (int i = 0; i < 60'000; ++i) anchors += "- &a" + std::to_string(i) + " x\n";
  for (int i = 0; i < 20'000; ++i) plugins += "- { plugin: all_kinds, min_words: 3 }\n";
  EXPECT_NE(Refusal(keys), "");
  EXPECT_NE(Refusal(anchors), "");
  EXPECT_NE(Refusal(plugins), "");
  EXPECT_NE(Refusal("a: \"" + Repeat("\\\n", 400'000) + "\""), "");
  EXPECT_NE(Refusal(Repeat("a: b: ", 150'000)), "");
  EXPECT_NE(Refusal(Repeat("\t", 1'000'000)), "");
  EXPECT_NE(Refusal("a: |\n" + Repeat(" \n", 500'000)), "");
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - start).count();
  // Far above what it takes with sanitizers; far below what anything quadratic would.
  EXPECT_LT(seconds, 120);
}

TEST(PluginDescription, ThatCannotBeReadIsAMistake) {
  PluginFile file = *TestPlugins().Find("reader");
  file.options.Clear();
  PluginLookup plugins;
  plugins.plugins = {&file};
  const PlanResult result = BuildPlan("source: reader", "job.yaml", plugins, LongVariable, {});
  ASSERT_EQ(result.mistakes.size(), 2U);
  EXPECT_EQ(result.mistakes[1].ToString(),
            "job.yaml:1:9: source reader: /plugins/reader.so: the description of its options has no message garner.test.reader.ReaderOptions");
}

}  // namespace
}  // namespace garner
