// From a file on disk and a catalog of real plugins.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "core/manifest/options_doc.h"
#include "core/manifest/options_schema.h"
#include "core/manifest/plan.h"

namespace garner {
namespace {

namespace fs = std::filesystem;

class LoadPlanTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "garner_load_plan_XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string Write(const std::string& name, const std::string& text) {
    const fs::path path = folder_ / name;
    std::ofstream(path, std::ios::binary) << text;
    return path.string();
  }

  fs::path folder_;
  PluginCatalog catalog_{{GARNER_PLUGIN_FOLDER}};
};

TEST_F(LoadPlanTest, AFileThatIsNotThere) {
  const PlanResult result = LoadPlan("nowhere/job.yaml", catalog_, {});
  ASSERT_EQ(result.mistakes.size(), 1U);
  EXPECT_EQ(result.mistakes[0].ToString(), "nowhere/job.yaml: cannot be read: No such file or directory");
}

TEST_F(LoadPlanTest, AFolder) {
  const PlanResult result = LoadPlan(folder_.string(), catalog_, {});
  ASSERT_EQ(result.mistakes.size(), 1U);
  EXPECT_EQ(result.mistakes[0].message, "a folder; a manifest, a YAML file, is wanted");
}

TEST_F(LoadPlanTest, AFileAboveTheLimit) {
  const PlanResult result = LoadPlan(Write("big.yaml", std::string(5 << 20, '\n')), catalog_, {});
  ASSERT_EQ(result.mistakes.size(), 1U);
  EXPECT_EQ(result.mistakes[0].message, "more than 1048576 bytes of YAML, the limit");
}

TEST_F(LoadPlanTest, OptionsOfARealPluginAreChecked) {
  const std::string path = Write("job.yaml", "transforms: [{ plugin: deduplicator, options: { min_wrods: 3, min_words: 0 } }]\n");
  const PlanResult result = LoadPlan(path, catalog_, {});
  ASSERT_EQ(result.mistakes.size(), 4U);  // source and sinks are missing too
  EXPECT_EQ(result.mistakes[2].ToString(),
            path + ":1:49: transforms[0] deduplicator: unknown option 'min_wrods'; did you mean 'min_words'?");
  EXPECT_EQ(result.mistakes[3].ToString(),
            path + ":1:74: transforms[0] deduplicator: option 'min_words': '0' is out of range; 1 to 1000 is accepted");
}

TEST_F(LoadPlanTest, VariablesOfTheProcessAreFilledIn) {
  ASSERT_EQ(setenv("GARNER_TEST_WORDS", "0", 1), 0);
  const PlanResult result =
      ParsePlan("transforms: [{ plugin: deduplicator, options: { min_words: '${GARNER_TEST_WORDS}' } }]", "job.yaml", catalog_, {});
  ASSERT_EQ(result.mistakes.size(), 3U);
  EXPECT_EQ(result.mistakes[2].message, "option 'min_words': '0' is out of range; 1 to 1000 is accepted");
}

// Whatever is built: `garner plugins NAME` must have something to say about every option.
TEST_F(LoadPlanTest, BundledPluginsDescribeTheirOptions) {
  for (const PluginFile* plugin : catalog_.plugins()) {
    EXPECT_EQ(OptionsSchema(*plugin).error(), "") << plugin->path;
    for (const OptionDoc& option : DescribeOptions(*plugin)) EXPECT_NE(option.doc, "") << plugin->path << ": " << option.name;
  }
}

}  // namespace
}  // namespace garner
