#include "garner/output_file.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "core/sdk/compressor.h"
#include "core/sdk/inflater.h"
#include "core/sdk/output_position.h"
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

std::unique_ptr<OutputFile> Reopen(const testing::TempFolder& folder, const std::string& path, std::string_view position) {
  Result<std::unique_ptr<OutputFile>> file = OutputFile::Reopen(folder.path(), path, position);
  EXPECT_TRUE(file.ok()) << file.status().message();
  return file.ok() ? *std::move(file) : nullptr;
}

// Bytes that compress about as text does.
std::string Words(size_t size, uint32_t seed) {
  std::mt19937 random(seed);
  std::string words;
  while (words.size() < size) words += "word" + std::to_string(random() % 5000) + " ";
  words.resize(size);
  return words;
}

std::string Inflate(const std::string& bytes) {
  const std::unique_ptr<Inflater> inflater = MakeInflater(bytes, {UINT64_MAX});
  if (inflater == nullptr) return bytes;
  std::string out;
  EXPECT_TRUE(inflater->Feed(bytes, out).ok());
  EXPECT_TRUE(inflater->Finish().ok());
  EXPECT_EQ(inflater->ignored_bytes(), 0u);
  return out;
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

TEST(OutputFile, FailsAgainAfterItFailed) {
  const testing::TempFolder folder;
  rlimit before = {};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  signal(SIGXFSZ, SIG_IGN);
  std::unique_ptr<OutputFile> file = Create(folder, "a.txt");
  ASSERT_TRUE(file->Write("first ").ok());
  const Result<std::string> position = file->Commit();
  const rlimit small = {100'000, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  const Status full = file->Write(std::string(1'000'000, 'x'));
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  signal(SIGXFSZ, SIG_DFL);
  ASSERT_TRUE(position.ok()) << position.status().message();
  EXPECT_EQ(full.kind(), StatusKind::kIo);
  EXPECT_EQ(file->Write("y").message(), full.message()) << "half a record stands in the file";
  EXPECT_EQ(file->Commit().status().message(), full.message());
  EXPECT_EQ(file->Finish().message(), full.message());
  file.reset();
  file = Reopen(folder, "a.txt", *position);
  ASSERT_TRUE(file->Write("second").ok());
  ASSERT_TRUE(file->Finish().ok());
  EXPECT_EQ(testing::ReadBytes(folder / "a.txt"), "first second");
}

// --- compression --------------------------------------------------------------------------------------------------------------

TEST(OutputFile, EndsFramesByTheBytesWritten) {
  const testing::TempFolder folder;
  const std::string content = Words(2 * kZstdFrameBytes + 77, 1);
  for (const char* name : {"a.gz", "a.zst"}) {
    const Compression compression = CompressionForName(name);
    std::string expected;
    for (size_t at = 0; at < content.size(); at += FrameBytes(compression))
      ASSERT_TRUE(AppendFrame(compression, std::string_view(content).substr(at, FrameBytes(compression)), expected).ok());
    for (const size_t piece : {content.size(), size_t{100'003}}) {
      const std::unique_ptr<OutputFile> file = Create(folder, name);
      for (size_t at = 0; at < content.size(); at += piece) ASSERT_TRUE(file->Write(std::string_view(content).substr(at, piece)).ok());
      ASSERT_TRUE(file->Finish().ok());
      EXPECT_TRUE(testing::ReadBytes(folder / name) == expected) << name << " in pieces of " << piece;
    }
    const Result<std::string> whole = ContentForName(name, content);
    ASSERT_TRUE(whole.ok());
    EXPECT_TRUE(*whole == expected) << name;
    EXPECT_TRUE(Inflate(expected) == content) << name;
  }
}

TEST(OutputFile, HasNoEmptyFrameBehindAFullOne) {
  for (const char* name : {"a.gz", "a.zst"}) {
    const testing::TempFolder folder;
    const Compression compression = CompressionForName(name);
    const std::string content = Words(FrameBytes(compression), 2);
    std::string expected;
    ASSERT_TRUE(AppendFrame(compression, content, expected).ok());
    const std::unique_ptr<OutputFile> file = Create(folder, name);
    ASSERT_TRUE(file->Write(content).ok());
    ASSERT_TRUE(file->Finish().ok());
    EXPECT_TRUE(testing::ReadBytes(folder / name) == expected) << name;
    EXPECT_TRUE(*ContentForName(name, content) == expected) << name;
  }
}

TEST(OutputFile, IsAValidFileWhereNothingIsWritten) {
  for (const char* name : {"a.gz", "a.zst", "a.txt"}) {
    const testing::TempFolder folder;
    ASSERT_TRUE(Create(folder, name)->Finish().ok());
    const std::string bytes = testing::ReadBytes(folder / name);
    EXPECT_EQ(bytes.empty(), name == "a.txt"s);
    EXPECT_EQ(Inflate(bytes), "") << name;
    EXPECT_EQ(*ContentForName(name, ""), bytes) << name;
  }
}

// --- commits ------------------------------------------------------------------------------------------------------------------

TEST(OutputFile, KeepsWhatWasCommitted) {
  for (const char* name : {"deep/er/a.txt", "a.gz", "a.zst"}) {
    const testing::TempFolder folder;
    const std::string part = folder / (name + ".part"s);
    std::unique_ptr<OutputFile> file = Create(folder, name);
    ASSERT_TRUE(file->Write("one ").ok());
    file.reset();
    EXPECT_FALSE(fs::exists(part)) << name;

    file = Create(folder, name);
    ASSERT_TRUE(file->Write("one ").ok());
    const Result<std::string> position = file->Commit();
    ASSERT_TRUE(position.ok()) << position.status().message();
    ASSERT_TRUE(file->Write("lost").ok());
    file.reset();
    EXPECT_TRUE(fs::exists(part)) << name;
    EXPECT_FALSE(fs::exists(folder / name)) << name << ": still not visible";

    file = Reopen(folder, name, *position);
    ASSERT_NE(file, nullptr);
    file.reset();
    EXPECT_TRUE(fs::exists(part)) << name << ": and again";
    file = Reopen(folder, name, *position);
    ASSERT_TRUE(file->Write("two").ok());
    ASSERT_TRUE(file->Finish().ok());
    EXPECT_EQ(testing::ReadBytes(folder / name), *ContentForName(name, "one two")) << name;
    EXPECT_FALSE(fs::exists(part)) << name;
  }
}

TEST(OutputFile, ReadsBackWhatWasWritten) {
  const testing::TempFolder folder;
  std::unique_ptr<OutputFile> file = Create(folder, "a.txt");
  const std::string content = Words(1'000'000, 3);
  ASSERT_TRUE(file->Write(content).ok());
  EXPECT_TRUE(*file->ReadBack() == content) << "in the file or not";
  const Result<std::string> position = file->Commit();
  ASSERT_TRUE(file->Write("lost").ok());
  file.reset();
  file = Reopen(folder, "a.txt", *position);
  EXPECT_TRUE(*file->ReadBack() == content);
  ASSERT_TRUE(file->Finish().ok());
  EXPECT_TRUE(*Reopen(folder, "a.txt", *position)->ReadBack() == content) << "under its name by now";
  EXPECT_EQ(Create(folder, "a.gz")->ReadBack().status().kind(), StatusKind::kUnsupported);
}

TEST(OutputFile, RefusesToBeReopenedBesideAWriter) {
  const testing::TempFolder folder;
  std::unique_ptr<OutputFile> file = Create(folder, "a.txt");
  const Result<std::string> position = file->Commit();
  const Result<std::unique_ptr<OutputFile>> second = OutputFile::Reopen(folder.path(), "a.txt", *position);
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.status().kind(), StatusKind::kConfig);
  file.reset();
  file = Reopen(folder, "a.txt", *position);
  EXPECT_EQ(OutputFile::Create(folder.path(), "a.txt").status().kind(), StatusKind::kConfig);
}

// Writes, commits at any moment, kills at any later one, over and over: the bytes are those of an undisturbed file.
class OutputFileCrashes : public ::testing::TestWithParam<std::tuple<const char*, int>> {
 protected:
  OutputFileCrashes() : name_(std::get<0>(GetParam())), random_(static_cast<uint32_t>(std::get<1>(GetParam()))) {
    // Pieces smaller and larger than buffers and frames.
    for (size_t total = 0; total < (name_ == "a.zst" ? 10'000'000 : 3'000'000);) {
      const size_t kind = random_() % 8;
      writes_.push_back(Words(kind == 0 ? random_() % 2'500'000 : kind < 4 ? random_() % 150'000 : random_() % 300, random_()));
      total += writes_.back().size();
    }
    std::string all;
    for (const std::string& bytes : writes_) all += bytes;
    expected_ = *ContentForName(name_, all);
    EXPECT_TRUE(Inflate(expected_) == all);
  }

  // What kill -9 leaves: the folder as it is, perhaps with bytes behind those that are known to be durable. Another folder, as moving the output is allowed.
  void Crash() {
    auto after = std::make_unique<testing::TempFolder>();
    fs::copy(folder_->path(), after->path(), fs::copy_options::recursive | fs::copy_options::overwrite_existing);
    const std::string part = *after / (name_ + ".part");
    if (random_() % 2 == 0 && fs::exists(part)) std::ofstream(part, std::ios::binary | std::ios::app) << Words(random_() % 100'000, random_());
    file_.reset();
    folder_ = std::move(after);
    file_ = Reopen(*folder_, name_, position_);
    written_ = committed_;
  }

  void Commit() {
    Result<std::string> position = file_->Commit();
    ASSERT_TRUE(position.ok()) << position.status().message();
    position_ = *std::move(position);
    committed_ = written_;
  }

  void WriteRest() {
    while (written_ < writes_.size()) ASSERT_TRUE(file_->Write(writes_[written_++]).ok());
  }

  void ExpectFinished() {
    const Status finished = file_->Finish();
    ASSERT_TRUE(finished.ok()) << finished.message();
    EXPECT_TRUE(testing::ReadBytes(*folder_ / name_) == expected_);
    EXPECT_FALSE(fs::exists(*folder_ / (name_ + ".part")));
  }

  const std::string name_;
  std::mt19937 random_;
  std::vector<std::string> writes_;
  std::string expected_;
  std::unique_ptr<testing::TempFolder> folder_ = std::make_unique<testing::TempFolder>();
  std::unique_ptr<OutputFile> file_;
  size_t written_ = 0;
  std::string position_;
  size_t committed_ = 0;
};

TEST_P(OutputFileCrashes, LeaveNoTrace) {
  file_ = Create(*folder_, name_);
  ASSERT_NO_FATAL_FAILURE(Commit());
  for (int crashes = 0; written_ < writes_.size();) {
    ASSERT_NE(file_, nullptr);
    ASSERT_TRUE(file_->Write(writes_[written_++]).ok());
    if (random_() % 4 == 0) {
      ASSERT_NO_FATAL_FAILURE(Commit());
    }
    if (crashes < 5 && random_() % 6 == 0) {
      ++crashes;
      Crash();
    }
  }
  ExpectFinished();
}

TEST_P(OutputFileCrashes, BetweenPublishingAndTheJournalLeaveNoTrace) {
  file_ = Create(*folder_, name_);
  const size_t middle = random_() % writes_.size();
  while (written_ < middle) ASSERT_TRUE(file_->Write(writes_[written_++]).ok());
  ASSERT_NO_FATAL_FAILURE(Commit());
  WriteRest();
  ExpectFinished();
  // More than the commit stands under the name.
  Crash();
  ASSERT_NE(file_, nullptr);
  EXPECT_TRUE(testing::ReadBytes(*folder_ / name_) == expected_) << "what is published stays while it is written again";
  WriteRest();
  ASSERT_NO_FATAL_FAILURE(Commit());
  ExpectFinished();
  // All of it does, and the last commit was of all of it.
  Crash();
  ASSERT_NE(file_, nullptr);
  ASSERT_NO_FATAL_FAILURE(Commit());
  ExpectFinished();
  // And that is so however often it happens.
  Crash();
  ASSERT_NE(file_, nullptr);
  ExpectFinished();
}

INSTANTIATE_TEST_SUITE_P(Plain, OutputFileCrashes, ::testing::Combine(::testing::Values("a.txt"), ::testing::Range(0, 8)));
INSTANTIATE_TEST_SUITE_P(Gzip, OutputFileCrashes, ::testing::Combine(::testing::Values("a.gz"), ::testing::Range(0, 4)));
INSTANTIATE_TEST_SUITE_P(Zstandard, OutputFileCrashes, ::testing::Combine(::testing::Values("a.zst"), ::testing::Range(0, 4)));

ino_t Inode(const std::string& path) {
  struct stat now {};
  return stat(path.c_str(), &now) == 0 ? now.st_ino : 0;
}

// A file of one commit, and where that was.
std::string Committed(const testing::TempFolder& folder, const std::string& name, const std::string& content) {
  const std::unique_ptr<OutputFile> file = Create(folder, name);
  EXPECT_TRUE(file->Write(content).ok());
  const Result<std::string> position = file->Commit();
  EXPECT_TRUE(position.ok());
  return *position;
}

TEST(OutputFile, HasNothingToFinishWhereItIsPublished) {
  for (const char* name : {"a.txt", "a.gz"}) {
    const testing::TempFolder folder;
    const std::string content = Words(3 * kGzipFrameBytes / 2, 4);
    std::unique_ptr<OutputFile> file = Create(folder, name);
    ASSERT_TRUE(file->Write(content).ok());
    const Result<std::string> position = file->Commit();
    ASSERT_TRUE(file->Finish().ok());
    const ino_t published = Inode(folder / name);
    file = Reopen(folder, name, *position);
    ASSERT_TRUE(file->Finish().ok());
    EXPECT_EQ(Inode(folder / name), published) << name << ": not written again";
    EXPECT_FALSE(fs::exists(folder / (name + ".part"s)));

    Reopen(folder, name, *position).reset();
    EXPECT_FALSE(fs::exists(folder / (name + ".part"s))) << name << ": nothing of it is pending";
    file = Reopen(folder, name, *position);
    ASSERT_TRUE(file->Write("and more").ok());
    ASSERT_TRUE(file->Finish().ok());
    EXPECT_TRUE(testing::ReadBytes(folder / name) == *ContentForName(name, content + "and more")) << name;
  }
}

TEST(OutputFile, CopiesBackAfreshWhereItsCopyWasCutShort) {
  const testing::TempFolder folder;
  const std::string content = Words(700'000, 6);
  const std::string position = Committed(folder, "a.txt", content);
  testing::WriteBytes(folder / "a.txt", content + "later");
  testing::WriteBytes(folder / "a.txt.part", content.substr(0, 300'000));
  const std::unique_ptr<OutputFile> file = Reopen(folder, "a.txt", position);
  ASSERT_TRUE(file->Write("later").ok());
  ASSERT_TRUE(file->Finish().ok());
  EXPECT_TRUE(testing::ReadBytes(folder / "a.txt") == content + "later");
}

// --- positions that do not fit ------------------------------------------------------------------------------------------------

void ExpectRefused(const testing::TempFolder& folder, const std::string& name, std::string_view position, StatusKind kind, const std::string& message) {
  const Result<std::unique_ptr<OutputFile>> file = OutputFile::Reopen(folder.path(), name, position);
  ASSERT_FALSE(file.ok());
  EXPECT_EQ(file.status().kind(), kind) << file.status().message();
  EXPECT_EQ(file.status().message().rfind(message, 0), 0u) << file.status().message();
}

TEST(OutputFile, RefusesAPartThatIsTooShort) {
  const testing::TempFolder folder;
  const std::string position = Committed(folder, "a.txt", "committed");
  fs::resize_file(folder / "a.txt.part", 8);
  ExpectRefused(folder, "a.txt", position, StatusKind::kIo, (folder / "a.txt.part") + ": does not hold the 9 bytes that were committed");
  EXPECT_EQ(testing::ReadBytes(folder / "a.txt.part"), "committe") << "left for whoever wants to look at it";
}

TEST(OutputFile, RefusesAPartOfAnotherRun) {
  const testing::TempFolder folder;
  const std::string position = Committed(folder, "a.txt", "committed");
  testing::WriteBytes(folder / "a.txt.part", "something longer of another run");
  ExpectRefused(folder, "a.txt", position, StatusKind::kIo, (folder / "a.txt.part") + ": does not hold");
}

TEST(OutputFile, DoesNotTakeAnEarlierResultForItsOwn) {
  const testing::TempFolder folder;
  const std::string content = Words(700'000, 5);
  const std::string position = Committed(folder, "a.txt", content);
  fs::remove(folder / "a.txt.part");
  ExpectRefused(folder, "a.txt", position, StatusKind::kIo, (folder / "a.txt.part") + ": does not hold");
  std::string earlier = content;
  earlier[100] ^= 1;  // the same size and the same end
  testing::WriteBytes(folder / "a.txt", earlier);
  ExpectRefused(folder, "a.txt", position, StatusKind::kIo, (folder / "a.txt.part") + ": does not hold");
  EXPECT_TRUE(testing::ReadBytes(folder / "a.txt") == earlier);
  EXPECT_FALSE(fs::exists(folder / "a.txt.part")) << "nothing is left behind";
}

TEST(OutputFile, RefusesThePositionOfAnotherCompression) {
  const testing::TempFolder folder;
  const std::string position = Committed(folder, "a.gz", "committed");
  Committed(folder, "a.zst", "committed");
  ExpectRefused(folder, "a.zst", position, StatusKind::kInvalidInput, (folder / "a.zst") + ": the position of the last commit");
}

TEST(OutputFile, RefusesDamagedPositions) {
  const testing::TempFolder folder;
  const std::string position = Committed(folder, "a.gz", "committed");
  for (size_t size = 0; size < position.size(); ++size)
    ExpectRefused(folder, "a.gz", position.substr(0, size), StatusKind::kInvalidInput, (folder / "a.gz") + ": the position of the last commit is damaged");
  for (size_t at = 0; at < position.size(); ++at) {
    std::string changed = position;
    changed[at] ^= 0x20;
    ExpectRefused(folder, "a.gz", changed, StatusKind::kInvalidInput, (folder / "a.gz") + ": the position of the last commit is damaged");
  }
  EXPECT_NE(Reopen(folder, "a.gz", position), nullptr);
}

// Whoever writes such a thing can compute its check too.
TEST(OutputFile, RefusesHostilePositions) {
  const testing::TempFolder folder;
  Committed(folder, "a.txt", "committed");
  for (const uint64_t bytes : {uint64_t{10}, uint64_t{1} << 40, uint64_t{INT64_MAX}, uint64_t{INT64_MAX} + 1, UINT64_MAX}) {
    const Result<std::string> position = EncodePosition({Compression::kNone, bytes, 1, 2, ""});
    ASSERT_TRUE(position.ok());
    ExpectRefused(folder, "a.txt", *position, StatusKind::kIo, (folder / "a.txt.part") + ": does not hold");
  }
  ExpectRefused(folder, "a.txt", *EncodePosition({Compression::kNone, 5, 1, 2, ""}), StatusKind::kIo, (folder / "a.txt.part") + ": does not hold");
  EXPECT_EQ(testing::ReadBytes(folder / "a.txt.part"), "committed");
  ExpectRefused(folder, "../a.txt", *EncodePosition({Compression::kNone, 0, 0, 0, ""}), StatusKind::kConfig, "the path '../a.txt'");
}

}  // namespace
}  // namespace garner
