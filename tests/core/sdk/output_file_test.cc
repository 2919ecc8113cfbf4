#include "garner/output_file.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/temp_folder.h"

namespace garner {
namespace {

namespace fs = std::filesystem;
using std::string_literals::operator""s;

std::unique_ptr<OutputFile> Create(const testing::TempFolder& folder, const std::string& path) {
  Result<std::unique_ptr<OutputFile>> file = OutputFile::Create(folder.path(), path);
  EXPECT_TRUE(file.ok()) << file.status().message();
  return file.ok() ? *std::move(file) : nullptr;
}

TEST(OutputFile, ShowsOnlyWhenItIsComplete) {
  const testing::TempFolder folder;
  testing::WriteBytes(folder / "a.txt", "earlier");
  const std::unique_ptr<OutputFile> file = Create(folder, "a.txt");
  ASSERT_TRUE(file->Write("now").ok());
  EXPECT_EQ(testing::ReadBytes(folder / "a.txt"), "earlier");
  ASSERT_TRUE(file->Finish().ok());
  EXPECT_EQ(testing::ReadBytes(folder / "a.txt"), "now");
  EXPECT_FALSE(fs::exists(folder / "a.txt.part"));
  EXPECT_FALSE(file->Write("late").ok());
  EXPECT_FALSE(file->Finish().ok());
}

TEST(OutputFile, WritesMoreThanItBuffers) {
  const testing::TempFolder folder;
  const std::string chunk(100'000, 'x');
  const std::unique_ptr<OutputFile> file = Create(folder, "deep/er/a.txt");
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(file->Write(chunk).ok());
  ASSERT_TRUE(file->Finish().ok());
  EXPECT_EQ(fs::file_size(folder / "deep/er/a.txt"), 2'000'000u);
}

TEST(OutputFile, OverwritesWhatAKilledRunLeft) {
  const testing::TempFolder folder;
  testing::WriteBytes(folder / "a.txt.part", "half of something much longer");
  const std::unique_ptr<OutputFile> file = Create(folder, "a.txt");
  ASSERT_TRUE(file->Write("whole").ok());
  ASSERT_TRUE(file->Finish().ok());
  EXPECT_EQ(testing::ReadBytes(folder / "a.txt"), "whole");
}

TEST(OutputFile, RefusesASecondWriter) {
  const testing::TempFolder folder;
  std::unique_ptr<OutputFile> file = Create(folder, "a.txt");
  const Result<std::unique_ptr<OutputFile>> second = OutputFile::Create(folder.path(), "./a.txt");
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.status().kind(), StatusKind::kConfig);
  EXPECT_EQ(second.status().message(), (folder / "a.txt") + ": another sink or run is writing it; a name of its own is accepted");
  ASSERT_TRUE(file->Finish().ok()) << "the first writer is none the worse";
  file.reset();
  EXPECT_NE(Create(folder, "a.txt"), nullptr);
}

TEST(OutputFile, RefusesPathsThatLeaveTheFolder) {
  const testing::TempFolder folder;
  for (const std::string& path : std::vector<std::string>{"", "/etc/x", "..", "../x", "a/../../x", "a/..", "a/", ".", "a\0b"s}) {
    const Result<std::unique_ptr<OutputFile>> file = OutputFile::Create(folder.path(), path);
    ASSERT_FALSE(file.ok()) << path;
    EXPECT_EQ(file.status().kind(), StatusKind::kConfig) << path;
  }
  fs::create_directory(folder / "taken");
  EXPECT_EQ(OutputFile::Create(folder.path(), "taken").status().kind(), StatusKind::kConfig);
}

TEST(OutputFile, SaysWhereAndWhyItCannotBeMade) {
  const testing::TempFolder folder;
  testing::WriteBytes(folder / "file", "");
  const Result<std::unique_ptr<OutputFile>> file = OutputFile::Create(folder.path(), "file/a.txt");
  ASSERT_FALSE(file.ok());
  EXPECT_EQ(file.status().kind(), StatusKind::kIo);
  EXPECT_EQ(file.status().message().rfind(folder / "file", 0), 0u) << file.status().message();
}

// A file size limit stands for the full disk: write() fails in the same way.
TEST(OutputFile, SaysThatTheDiskIsFull) {
  const testing::TempFolder folder;
  rlimit before = {};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  signal(SIGXFSZ, SIG_IGN);
  const rlimit small = {100'000, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  testing::WriteBytes(folder / "a.txt", "earlier");
  std::unique_ptr<OutputFile> file = Create(folder, "a.txt");
  const Status buffered = file->Write(std::string(50'000, 'x'));
  const Status large = file->Write(std::string(500'000, 'x'));
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  signal(SIGXFSZ, SIG_DFL);
  EXPECT_TRUE(buffered.ok());
  EXPECT_EQ(large.kind(), StatusKind::kIo);
  EXPECT_EQ(large.message(), (folder / "a.txt") + ": cannot be written: File too large");
  file.reset();
  EXPECT_EQ(testing::ReadBytes(folder / "a.txt"), "earlier");
}

TEST(OutputFile, PublishesManyAtOnce) {
  const testing::TempFolder folder;
  std::vector<std::unique_ptr<OutputFile>> files;
  for (const char* name : {"a.txt", "sub/b.txt", "c.txt.gz"}) {
    files.push_back(Create(folder, name));
    ASSERT_TRUE(files.back()->Write(name).ok());
    ASSERT_TRUE(files.back()->Close().ok());
  }
  EXPECT_FALSE(fs::exists(folder / "a.txt"));
  ASSERT_TRUE(OutputFile::PublishAll(files).ok());
  EXPECT_EQ(testing::ReadBytes(folder / "sub/b.txt"), "sub/b.txt");
  EXPECT_TRUE(fs::exists(folder / "c.txt.gz"));
  EXPECT_TRUE(OutputFile::PublishAll({}).ok());
}

}  // namespace
}  // namespace garner
