#include "core/plugin/catalog.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "garner/testing/documents.h"
#include "tests/support/temp_folder.h"

namespace garner {
namespace {

TEST(PluginCatalog, KnowsAPluginBeforeItIsLoaded) {
  const PluginCatalog catalog({GARNER_PLUGIN_FOLDER});
  const PluginFile* file = catalog.Find("deduplicator");
  ASSERT_NE(file, nullptr);
  EXPECT_EQ(file->path, GARNER_PLUGIN_FOLDER "/deduplicator.so");
  EXPECT_EQ(file->manifest.kind(), v1::PluginManifest::TRANSFORM);
  EXPECT_EQ(file->manifest.options_message(), "garner.deduplicator.DeduplicatorOptions");
  ASSERT_EQ(file->options.file_size(), 1);
  EXPECT_TRUE(file->options.file(0).has_source_code_info()) << "the documentation of options rests on comments";
  const Result<std::string> sha256 = PluginSha256(*file);
  ASSERT_TRUE(sha256.ok()) << sha256.status().message();
  EXPECT_EQ(sha256->size(), 64u);
  EXPECT_TRUE(catalog.refused().empty());
}

TEST(PluginCatalog, StagesOutliveIt) {
  std::unique_ptr<Stage> stage;
  {
    PluginCatalog catalog({GARNER_PLUGIN_FOLDER});
    Result<std::unique_ptr<Stage>> made = catalog.Make("deduplicator");
    ASSERT_TRUE(made.ok()) << made.status().message();
    stage = *std::move(made);
  }
  testing::TestContext context;
  ASSERT_TRUE(stage->Configure(context, "").ok());
  ASSERT_TRUE(stage->Open().ok());
  const std::string line = "A sentence of at least eight words stands here twice.\n\n";
  const testing::TestDocument made = testing::DocumentFromText(line + line);
  Edits edits;
  auto* transform = dynamic_cast<TransformStage*>(stage.get());
  ASSERT_NE(transform, nullptr);
  ASSERT_TRUE(transform->Process(made.document, edits).ok());
  EXPECT_EQ(edits.proto().erase_size(), 1);
}

TEST(PluginCatalog, MakesStagesFromSeveralThreads) {
  PluginCatalog catalog({GARNER_PLUGIN_FOLDER});
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&catalog] {
      for (int n = 0; n < 20; ++n) EXPECT_TRUE(catalog.Make("deduplicator").ok());
    });
  for (std::thread& thread : threads) thread.join();
}

TEST(PluginCatalog, NamesTheFoldersThatItSearched) {
  PluginCatalog catalog({"", "/nonexistent/folder", GARNER_PLUGIN_FOLDER});
  EXPECT_EQ(catalog.folders().size(), 2u) << "an empty path would be the current directory";
  const Result<std::unique_ptr<Stage>> made = catalog.Make("no_such_plugin");
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.status().kind(), StatusKind::kConfig);
  EXPECT_EQ(made.status().message(), "no plugin 'no_such_plugin' in /nonexistent/folder, " GARNER_PLUGIN_FOLDER);
}

class CatalogOfCopies : public ::testing::Test {
 protected:
  std::string Copy(const std::string& folder) {
    const std::filesystem::path path = std::filesystem::path(folder_ / folder) / "good.so";
    std::filesystem::create_directories(path.parent_path());
    testing::WriteBytes(path, testing::ReadBytes(GARNER_FIXTURE_FOLDER "/good.so"));
    return path;
  }
  testing::TempFolder folder_;
};

TEST_F(CatalogOfCopies, NamesTheFilesThatStandBehindOthers) {
  const std::string first = Copy("first"), second = Copy("second");
  const PluginCatalog catalog({folder_ / "first", folder_ / "second"});
  EXPECT_EQ(catalog.Find("good")->path, first);
  ASSERT_EQ(catalog.shadowed().size(), 1u);
  EXPECT_EQ(catalog.shadowed()[0].path, second);
  EXPECT_EQ(catalog.shadowed()[0].by, first);
}

TEST_F(CatalogOfCopies, AFileBehindARefusedOneIsNamedToo) {
  testing::WriteBytes(folder_ / "good.so", "a broken build");
  const std::string second = Copy("second");
  const PluginCatalog catalog({folder_.path(), folder_ / "second"});
  ASSERT_NE(catalog.FindRefused("good"), nullptr);
  EXPECT_EQ(catalog.FindRefused("good")->reason, "good.so: is no shared library");
  EXPECT_EQ(catalog.FindRefused("other"), nullptr);
  ASSERT_EQ(catalog.shadowed().size(), 1u);
  EXPECT_EQ(catalog.shadowed()[0].path, second);
}

TEST_F(CatalogOfCopies, AFolderUnderTwoNamesIsLookedAtOnce) {
  Copy("first");
  std::filesystem::create_directory_symlink(folder_ / "first", folder_ / "link");
  const PluginCatalog catalog({folder_ / "first", folder_ / "link", folder_ / "first/."});
  EXPECT_TRUE(catalog.shadowed().empty());
  EXPECT_NE(catalog.Find("good"), nullptr);
}

TEST_F(CatalogOfCopies, AgreeOnTheContentThatIsMeant) {
  const std::string path = Copy("first");
  const Result<PluginFile> file = ReadPluginFile(path);
  ASSERT_TRUE(file.ok()) << file.status().message();
  const PluginFile copy = *file;
  const Result<uint64_t> fingerprint = PluginFingerprint(*file);
  ASSERT_TRUE(fingerprint.ok()) << fingerprint.status().message();
  EXPECT_EQ(*fingerprint, *PluginFingerprint(copy));
  EXPECT_TRUE(CheckUnchanged(copy).ok());
  // The same file once more, and at another time.
  testing::WriteBytes(path, testing::ReadBytes(GARNER_FIXTURE_FOLDER "/good.so"));
  EXPECT_TRUE(CheckUnchanged(copy).ok());
  std::string other = testing::ReadBytes(path);
  other.back() = static_cast<char>(~other.back());
  testing::WriteBytes(path, other);
  EXPECT_EQ(CheckUnchanged(copy).message(), "good.so: has changed since it was examined: start again");
  EXPECT_FALSE(PluginFingerprint(*file).ok());
  EXPECT_FALSE(PluginSha256(copy).ok());
}

}  // namespace
}  // namespace garner
