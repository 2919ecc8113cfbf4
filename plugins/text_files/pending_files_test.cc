#include "pending_files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "tests/support/temp_folder.h"

namespace garner::text_files {
namespace {

namespace fs = std::filesystem;

using Files = std::map<std::string, std::string>;  // name: content

constexpr char kPending[] = "text/.garner.part";
constexpr char kList[] = ".garner/text.files";
constexpr char kMoved[] = ".garner/text.moved";

// Every file below a folder.
Files Below(const std::string& folder) {
  Files files;
  if (!fs::exists(folder)) return files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) files[entry.path().lexically_relative(folder).string()] = testing::ReadBytes(entry.path());
  return files;
}

std::unique_ptr<PendingFiles> Open(const testing::TempFolder& out) {
  auto files = std::make_unique<PendingFiles>(out.path(), "text");
  const Status status = files->Open();
  EXPECT_TRUE(status.ok()) << status.message();
  return files;
}

std::unique_ptr<PendingFiles> Reopen(const testing::TempFolder& out, const std::string& position) {
  auto files = std::make_unique<PendingFiles>(out.path(), "text");
  const Status status = files->Reopen(position);
  EXPECT_TRUE(status.ok()) << status.message();
  return files;
}

std::string Commit(PendingFiles& files) {
  Result<std::string> position = files.Commit();
  EXPECT_TRUE(position.ok()) << position.status().message();
  return position.ok() ? *position : std::string();
}

void WriteAll(PendingFiles& files, const Files& contents) {
  for (const auto& [name, content] : contents) {
    const Status status = files.Write(name, content);
    EXPECT_TRUE(status.ok()) << status.message();
  }
}

std::vector<std::string> Finish(PendingFiles& files) {
  const Result<std::vector<std::string>> notes = files.Finish();
  EXPECT_TRUE(notes.ok()) << notes.status().message();
  return notes.ok() ? *notes : std::vector<std::string>();
}

// A whole run.
std::vector<std::string> WholeRun(const testing::TempFolder& out, const Files& contents) {
  const std::unique_ptr<PendingFiles> files = Open(out);
  WriteAll(*files, contents);
  return Finish(*files);
}

ino_t Inode(const std::string& path) {
  struct stat now {};
  return stat(path.c_str(), &now) == 0 ? now.st_ino : 0;
}

TEST(PendingFiles, AreInPlaceAfterFinish) {
  const testing::TempFolder out;
  const Files contents = {{"a.txt", "one"}, {"in/deep/b.txt", "two"}, {"in/empty.txt", ""}};
  std::unique_ptr<PendingFiles> files = Open(out);
  WriteAll(*files, contents);
  EXPECT_EQ(Below(out / kPending), contents);
  EXPECT_FALSE(fs::exists(out / "text/a.txt"));
  EXPECT_TRUE(Finish(*files).empty());
  EXPECT_EQ(Below(out / "text"), contents);
  EXPECT_FALSE(fs::exists(out / kPending));
  EXPECT_EQ(Below(out / ".garner").size(), 1u) << "the list, and nothing else";
}

TEST(PendingFiles, LeaveNothingWithoutCommit) {
  const testing::TempFolder out;
  std::unique_ptr<PendingFiles> files = Open(out);
  WriteAll(*files, {{"a.txt", "one"}});
  files.reset();
  EXPECT_TRUE(Below(out.path()).empty());
  EXPECT_FALSE(fs::exists(out / kPending));

  files = Open(out);
  WriteAll(*files, {{"a.txt", "one"}});
  const std::string position = Commit(*files);
  files.reset();
  EXPECT_EQ(Below(out / kPending), (Files{{"a.txt", "one"}}));
  EXPECT_EQ(Reopen(out, position)->files().size(), 1u);
}

TEST(PendingFiles, ForgetWhatWasWrittenAfterTheCommit) {
  const testing::TempFolder out;
  std::unique_ptr<PendingFiles> files = Open(out);
  WriteAll(*files, {{"a.txt", "one"}, {"b.txt", "two"}});
  const std::string position = Commit(*files);
  WriteAll(*files, {{"c.txt", "lost"}, {"d.txt", "cut off"}});
  files.reset();
  files = Reopen(out, position);
  ASSERT_EQ(files->files().size(), 2u);
  WriteAll(*files, {{"d.txt", "four"}});
  EXPECT_TRUE(Finish(*files).empty());
  EXPECT_EQ(Below(out / "text"), (Files{{"a.txt", "one"}, {"b.txt", "two"}, {"d.txt", "four"}}));
}

TEST(PendingFiles, OpenedAfreshRemoveWhatAKilledRunLeft) {
  const testing::TempFolder out;
  std::unique_ptr<PendingFiles> files = Open(out);
  WriteAll(*files, {{"a.txt", "one"}});
  Commit(*files);
  files.reset();
  EXPECT_TRUE(WholeRun(out, {{"b.txt", "two"}}).empty());
  EXPECT_EQ(Below(out / "text"), (Files{{"b.txt", "two"}}));
}

// --- files of earlier runs ------------------------------------------------------------------------------------------------------

TEST(PendingFiles, RemoveTheFilesOfVanishedInputs) {
  const testing::TempFolder out;
  WholeRun(out, {{"a.txt", "one"}, {"gone/deep/b.txt", "two"}, {"c.txt", "three"}});
  testing::WriteBytes(out / "text/mine.txt", "written by somebody else");
  fs::create_directories(out / "text/empty");
  EXPECT_TRUE(WholeRun(out, {{"a.txt", "one"}, {"c.txt", "changed"}}).empty());
  EXPECT_EQ(Below(out / "text"), (Files{{"a.txt", "one"}, {"c.txt", "changed"}, {"mine.txt", "written by somebody else"}}));
  EXPECT_FALSE(fs::exists(out / "text/gone")) << "nor do empty folders stay";
  EXPECT_TRUE(fs::exists(out / "text/empty")) << "but for those of others";
  EXPECT_TRUE(WholeRun(out, {}).empty());
  EXPECT_EQ(Below(out / "text"), (Files{{"mine.txt", "written by somebody else"}}));
}

TEST(PendingFiles, KeepWhatSomebodyHasEdited) {
  const testing::TempFolder out;
  WholeRun(out, {{"a.txt", "one"}, {"b.txt", "two"}, {"c.txt", "three"}});
  testing::WriteBytes(out / "text/a.txt", "own"); // the same size
  fs::remove(out / "text/b.txt");
  fs::create_directories(out / "text/b.txt");
  const std::vector<std::string> notes = WholeRun(out, {{"d.txt", "four"}});
  ASSERT_EQ(notes.size(), 2u);
  EXPECT_EQ(notes[0], (out / "text/a.txt") + ": its document is gone, but it is not as garner left it; it stays");
  EXPECT_EQ(notes[1], (out / "text/b.txt") + ": its document is gone, but it is not as garner left it; it stays");
  EXPECT_EQ(Below(out / "text"), (Files{{"a.txt", "own"}, {"d.txt", "four"}}));
  EXPECT_TRUE(fs::is_directory(out / "text/b.txt"));
  EXPECT_TRUE(WholeRun(out, {{"d.txt", "four"}}).empty()) << "it is theirs from now on";
}

TEST(PendingFiles, OfAnotherFolderStay) {
  const testing::TempFolder out;
  WholeRun(out, {{"a.txt", "one"}});
  PendingFiles other(out.path(), "other");
  ASSERT_TRUE(other.Open().ok());
  WriteAll(other, {{"b.txt", "two"}});
  Finish(other);
  EXPECT_EQ(Below(out / "text"), (Files{{"a.txt", "one"}}));
  EXPECT_EQ(Below(out / "other"), (Files{{"b.txt", "two"}}));
}

TEST(PendingFiles, AFolderTakesThePlaceOfAFile) {
  const testing::TempFolder out;
  WholeRun(out, {{"x.txt", "one"}, {"y.txt/inner.txt", "two"}});
  EXPECT_TRUE(WholeRun(out, {{"x.txt/inner.txt", "three"}, {"y.txt", "four"}}).empty());
  EXPECT_EQ(Below(out / "text"), (Files{{"x.txt/inner.txt", "three"}, {"y.txt", "four"}}));
}

TEST(PendingFiles, RemoveNothingByAListThatWasTamperedWith) {
  const testing::TempFolder out;
  WholeRun(out, {{"a.txt", "one"}, {"b.txt", "two"}});
  testing::WriteBytes(out / "precious.txt", "one");
  testing::WriteBytes(out / kList, testing::ReadBytes(out / kList) + "0123456789abcdef 3 ../precious.txt\n");
  const std::vector<std::string> notes = WholeRun(out, {{"a.txt", "one"}});
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_EQ(notes[0], (out / kList) + ": line 4 names no file below the folder: '0123456789abcdef 3 ../precious.txt'; files of documents that are gone stay");
  EXPECT_EQ(Below(out / "text").size(), 2u);
  EXPECT_EQ(testing::ReadBytes(out / "precious.txt"), "one");
  EXPECT_TRUE(WholeRun(out, {{"a.txt", "one"}}).empty()) << "the list is whole again";
}

// --- interrupted in Finish ------------------------------------------------------------------------------------------------------

// The steps of Finish, undone from the end: what each leaves is what a process that died after it left.
class InterruptedFinish : public ::testing::Test {
 protected:
  InterruptedFinish() {
    WholeRun(out_, earlier_);
    before_ = Snapshot();
    std::unique_ptr<PendingFiles> files = Open(out_);
    WriteAll(*files, now_);
    position_ = Commit(*files);
  }

  // Everything below the output folder.
  Files Snapshot() const { return Below(out_.path()); }

  // As if the next process had taken over: the last commit, then Finish.
  void ExpectRecovery(const std::string& where) {
    const std::unique_ptr<PendingFiles> files = Reopen(out_, position_);
    EXPECT_EQ(files->files().size(), now_.size()) << where;
    EXPECT_TRUE(Finish(*files).empty()) << where;
    EXPECT_EQ(Below(out_ / "text"), now_) << where;
    EXPECT_FALSE(fs::exists(out_ / kPending)) << where;
    EXPECT_EQ(Below(out_ / ".garner").size(), 1u) << where;
  }

  // As if the job had been started over, without one of the documents.
  void ExpectFreshRun(const std::string& where) {
    Files fewer = now_;
    fewer.erase("new/n.txt");
    EXPECT_TRUE(WholeRun(out_, fewer).empty()) << where;
    EXPECT_EQ(Below(out_ / "text"), fewer) << where << ": nothing of the run that never ended stays";
  }

  const Files earlier_ = {{"kept.txt", "kept"}, {"changed.txt", "before"}, {"gone/g.txt", "gone"}};
  const Files now_ = {{"kept.txt", "kept"}, {"changed.txt", "after"}, {"new/n.txt", "new"}};
  testing::TempFolder out_;
  Files before_;
  std::string position_;
};

TEST_F(InterruptedFinish, CompletedAndNotHeardOf) {
  Finish(*Reopen(out_, position_));
  const ino_t kept = Inode(out_ / "text/kept.txt");
  ExpectRecovery("once");
  ExpectRecovery("twice");
  EXPECT_EQ(Inode(out_ / "text/kept.txt"), kept) << "nothing is written again";
  Reopen(out_, position_).reset();
  EXPECT_FALSE(fs::exists(out_ / kPending)) << "nor left by a process that only looks";
  EXPECT_EQ(Below(out_ / ".garner").size(), 1u);
}

TEST_F(InterruptedFinish, CompletedWithMoreThanTheLastCommit) {
  std::unique_ptr<PendingFiles> files = Reopen(out_, position_);
  WriteAll(*files, {{"late.txt", "late"}});
  Finish(*files);
  files = Reopen(out_, position_);
  EXPECT_EQ(files->files().size(), now_.size());
  WriteAll(*files, {{"late.txt", "late"}});
  EXPECT_TRUE(Finish(*files).empty());
  Files all = now_;
  all["late.txt"] = "late";
  EXPECT_EQ(Below(out_ / "text"), all);
}

// A folder where a file should go stops Finish in the middle, as often as a test wants.
TEST_F(InterruptedFinish, StoppedBetweenTwoFiles) {
  fs::create_directories(out_ / "text/new/n.txt/in-the-way");
  std::unique_ptr<PendingFiles> files = Reopen(out_, position_);
  const Result<std::vector<std::string>> stopped = files->Finish();
  ASSERT_FALSE(stopped.ok());
  EXPECT_EQ(stopped.status().kind(), StatusKind::kIo);
  EXPECT_EQ(stopped.status().message().rfind((out_ / "text/new/n.txt") + ": cannot be put in place: ", 0), 0u) << stopped.status().message();
  files.reset();
  EXPECT_EQ(testing::ReadBytes(out_ / "text/changed.txt"), "after") << "moved before it was stopped";
  EXPECT_TRUE(fs::exists(out_ / kMoved));
  fs::remove_all(out_ / "text/new/n.txt");
  ExpectRecovery("after the first file");
  EXPECT_FALSE(fs::exists(out_ / kMoved));
}

TEST_F(InterruptedFinish, StoppedAndStartedOver) {
  Files all = now_;
  all["zz/last.txt"] = "last";
  std::unique_ptr<PendingFiles> files = Reopen(out_, position_);
  WriteAll(*files, {{"zz/last.txt", "last"}});
  testing::WriteBytes(out_ / "text/zz", "in the way");
  EXPECT_FALSE(files->Finish().ok());
  files.reset();
  EXPECT_TRUE(fs::exists(out_ / "text/new/n.txt")) << "in place, and in no list of a finished run";
  fs::remove(out_ / "text/zz");
  ExpectFreshRun("stopped in the middle");
  EXPECT_FALSE(fs::exists(out_ / kMoved));
}

// Every state that a process that is killed in Finish can leave, put together by hand.
TEST_F(InterruptedFinish, KilledAfterAnyStep) {
  const testing::TempFolder pristine;
  fs::copy(out_.path(), pristine.path(), fs::copy_options::recursive);
  const testing::TempFolder done;
  fs::copy(out_.path(), done.path(), fs::copy_options::recursive);
  Finish(*Reopen(done, position_));
  const std::string moved = std::string(kListHead) + ListLine({"changed.txt", FingerprintOf("after")}) + ListLine({"new/n.txt", FingerprintOf("new")});

  const std::vector<std::pair<std::string, std::function<void()>>> steps = {
      {"noting the moves", [&] { testing::WriteBytes(out_ / kMoved, moved); }},
      {"removing a vanished file", [&] { fs::remove(out_ / "text/gone/g.txt"); }},
      {"removing its folder", [&] { fs::remove(out_ / "text/gone"); }},
      {"moving the first file", [&] { fs::rename(out_ / "text/.garner.part/changed.txt", out_ / "text/changed.txt"); }},
      {"moving the second file", [&] { fs::rename(out_ / "text/.garner.part/kept.txt", out_ / "text/kept.txt"); }},
      {"making a folder", [&] { fs::create_directories(out_ / "text/new"); }},
      {"moving the last file", [&] { fs::rename(out_ / "text/.garner.part/new/n.txt", out_ / "text/new/n.txt"); }},
      {"removing what is pending, in part", [&] { fs::remove(out_ / "text/.garner.part/new"); }},
      {"removing what is pending", [&] { fs::remove_all(out_ / kPending); }},
      {"publishing the list", [&] { fs::rename(out_ / ".garner/text.files.part", out_ / kList); }},
      {"removing the note", [&] { fs::remove(out_ / kMoved); }},
  };
  for (size_t count = 1; count <= steps.size(); ++count) {
    for (const bool fresh : {false, true}) {
      fs::remove_all(out_.path());
      fs::copy(pristine.path(), out_.path(), fs::copy_options::recursive);
      for (size_t i = 0; i < count; ++i) steps[i].second();
      const std::string where = "killed after " + steps[count - 1].first;
      fresh ? ExpectFreshRun(where) : ExpectRecovery(where);
      if (count == steps.size() && !fresh) {
        EXPECT_EQ(Snapshot(), Below(done.path())) << "these are the steps that Finish takes";
      }
    }
  }
}

TEST_F(InterruptedFinish, SaysWhatIsMissing) {
  fs::remove(out_ / "text/.garner.part/changed.txt");
  const Result<std::vector<std::string>> finished = Reopen(out_, position_)->Finish();
  ASSERT_FALSE(finished.ok());
  EXPECT_EQ(finished.status().kind(), StatusKind::kIo);
  EXPECT_EQ(finished.status().message(), (out_ / "text/.garner.part/changed.txt") + ": is gone; the job can only start over") << "the earlier run's file is not taken for it";
}

// --- refusals -------------------------------------------------------------------------------------------------------------------

TEST(PendingFiles, RefuseASecondWriterOfTheFolder) {
  const testing::TempFolder out;
  const std::unique_ptr<PendingFiles> files = Open(out);
  WriteAll(*files, {{"a.txt", "one"}});
  PendingFiles second(out.path(), "./text/");
  const Status status = second.Open();
  EXPECT_EQ(status.kind(), StatusKind::kConfig);
  EXPECT_EQ(status.message().rfind("the folder './text/': ", 0), 0u) << status.message();
  EXPECT_EQ(Below(out / kPending).size(), 1u) << "the first one is none the worse";
}

TEST(PendingFiles, RefuseFoldersOutsideTheOutput) {
  const testing::TempFolder out;
  for (const char* folder : {"/tmp", "..", "a/../..", "a/../../b", ""}) {
    EXPECT_EQ(PendingFiles(out.path(), folder).Open().kind(), StatusKind::kConfig) << folder;
    EXPECT_TRUE(Below(out.path()).empty()) << folder;
  }
}

TEST(PendingFiles, MayGoStraightIntoTheOutputFolder) {
  const testing::TempFolder out;
  for (const char* folder : {".", "./"}) {
    testing::WriteBytes(out / "documents.jsonl", "{}");
    PendingFiles files(out.path(), folder);
    ASSERT_TRUE(files.Open().ok());
    WriteAll(files, {{"in/a.txt", "one"}});
    Finish(files);
    EXPECT_EQ(testing::ReadBytes(out / "in/a.txt"), "one");
    EXPECT_EQ(testing::ReadBytes(out / "documents.jsonl"), "{}");
    EXPECT_FALSE(fs::exists(out / ".garner.part"));
  }
}

TEST(PendingFiles, RefusePositionsThatDoNotFit) {
  const testing::TempFolder out;
  std::unique_ptr<PendingFiles> files = Open(out);
  WriteAll(*files, {{"a.txt", "one"}});
  const std::string position = Commit(*files);
  files.reset();
  EXPECT_EQ(PendingFiles(out.path(), "text").Reopen("").kind(), StatusKind::kInvalidInput);
  EXPECT_EQ(PendingFiles(out.path(), "text").Reopen(position.substr(1)).kind(), StatusKind::kInvalidInput);
  const std::string list = testing::ReadBytes(out / ".garner/text.files.part");
  testing::WriteBytes(out / ".garner/text.files.part", list.substr(0, list.size() - 1));
  const Status shorter = PendingFiles(out.path(), "text").Reopen(position);
  EXPECT_EQ(shorter.kind(), StatusKind::kIo);
  EXPECT_EQ(shorter.message().rfind("the folder 'text': " + (out / ".garner/text.files.part") + ": does not hold the ", 0), 0u) << shorter.message();
  testing::WriteBytes(out / ".garner/text.files.part", list);
  EXPECT_EQ(Reopen(out, position)->files().size(), 1u);
}

// --- any moment -----------------------------------------------------------------------------------------------------------------

// Runs over a changing input, killed at any moment and gone on with: the output is that of undisturbed runs, the lists included.
TEST(PendingFiles, AreWhatUndisturbedRunsLeave) {
  for (uint32_t seed = 0; seed < 5; ++seed) {
    std::mt19937 random(seed);
    const testing::TempFolder undisturbed;
    auto out = std::make_unique<testing::TempFolder>();
    for (int run = 0; run < 3; ++run) {
      Files contents;
      for (int i = 0; i < 20; ++i)
        if (random() % 3 != 0) contents["in" + std::to_string(i % 4) + "/" + std::to_string(i) + ".txt"] = "text " + std::to_string(random() % 3);
      WholeRun(undisturbed, contents);

      std::unique_ptr<PendingFiles> files = Open(*out);
      std::string position = Commit(*files);
      std::vector<std::pair<std::string, std::string>> todo(contents.begin(), contents.end());
      size_t done = 0;
      size_t committed = 0;
      const auto crash = [&] {
        auto after = std::make_unique<testing::TempFolder>();
        fs::copy(out->path(), after->path(), fs::copy_options::recursive);
        files.reset();
        out = std::move(after);
        files = Reopen(*out, position);
        done = committed;
      };
      for (int crashes = 0; done < todo.size();) {
        ASSERT_TRUE(files->Write(todo[done].first, todo[done].second).ok());
        ++done;
        if (random() % 4 == 0) {
          position = Commit(*files);
          committed = done;
        }
        if (crashes < 3 && random() % 8 == 0) {
          ++crashes;
          crash();
        }
      }
      EXPECT_TRUE(Finish(*files).empty());
      if (random() % 2 == 0) {
        crash();
        for (; done < todo.size(); ++done) ASSERT_TRUE(files->Write(todo[done].first, todo[done].second).ok());
        EXPECT_TRUE(Finish(*files).empty());
      }
      files.reset();
      EXPECT_EQ(Below(out->path()), Below(undisturbed.path())) << "seed " << seed << ", run " << run;
    }
  }
}

}  // namespace
}  // namespace garner::text_files
