#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "file_names.h"
#include "garner/plugin.h"
#include "garner/testing/documents.h"
#include "garner/utf8.h"
#include "garner_plugins/text_files/options.pb.h"
#include "tests/support/temp_folder.h"

extern "C" const garner::PluginDescriptor garner_plugin;

namespace garner::text_files {
namespace {

using std::string_literals::operator""s;

TEST(FileNames, FollowTheInput) {
  FileNames names(".md");
  EXPECT_EQ(names.Claim("news/2020/a.html", "id1"), "news/2020/a.md");
  EXPECT_EQ(names.Claim("notes", "id2"), "notes.md");
  EXPECT_EQ(names.Claim("Vol. 2", "id3"), "Vol. 2.md") << "what follows a dot is not always an extension";
  EXPECT_EQ(names.Claim("release-2.10", "id4"), "release-2.10.md");
  EXPECT_EQ(names.Claim("https://example.org//x/?q=1", "id5"), "https_/example.org/x/_q=1.md");
}

TEST(FileNames, AreNeverAlike) {
  FileNames names(".txt");
  EXPECT_EQ(names.Claim("a.html", "id1"), "a.txt");
  EXPECT_EQ(names.Claim("a.txt", "id2"), "a-id2.txt");
  EXPECT_EQ(names.Claim("a-id2.txt", "id3"), "a-id2-id3.txt");
  EXPECT_EQ(names.Claim("a?b", "id4"), "a_b.txt");
  EXPECT_EQ(names.Claim("a*b", "id5"), "a_b-id5.txt");
  EXPECT_EQ(names.Claim("a*b", "id5"), "a_b-id5-5.txt") << "even where two documents share an id";
}

TEST(FileNames, NeverTakeAFilesNameForAFolder) {
  FileNames names(".txt");
  EXPECT_EQ(names.Claim("x.txt", "id1"), "x.txt");
  EXPECT_EQ(names.Claim("x.txt/inner", "id2"), "inner-id2.txt");
  EXPECT_EQ(names.Claim("y.txt/inner", "id3"), "y.txt/inner.txt");
  EXPECT_EQ(names.Claim("y.txt", "id4"), "y-id4.txt");
}

TEST(FileNames, StayInTheFolder) {
  FileNames names(".txt");
  EXPECT_EQ(names.Claim("../../etc/passwd", "id"), "__/__/etc/passwd.txt");
  EXPECT_EQ(names.Claim("/etc/./passwd", "id"), "etc/_/passwd.txt");
  EXPECT_EQ(names.Claim("", "id"), "document.txt");
  EXPECT_EQ(names.Claim("///", "id"), "document-id.txt");
  EXPECT_EQ(names.Claim(".bashrc", "id"), "_bashrc.txt");
  EXPECT_EQ(names.Claim("a\\..\\b:c\n\x1b[31m", "id"), "a_.._b_c__[31m.txt");
  EXPECT_EQ(names.Claim("nul\0byte"s, "id"), "nulbyte.txt");
  EXPECT_EQ(names.Claim("direction\xe2\x80\xae" "txt.exe", "id"), "direction_txt.txt");
}

TEST(FileNames, AreOfLimitedLengthAndDepth) {
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += std::to_string(i) + "/";
  std::string wide;
  for (int i = 0; i < 300; ++i) wide += "\xc3\xa9";
  FileNames names(".txt");
  const std::string path = names.Claim(deep + wide, "id");
  EXPECT_EQ(std::count(path.begin(), path.end(), '/'), static_cast<int>(kMaxDepth) - 1);
  EXPECT_TRUE(IsValidUtf8(path)) << "never cut inside a character";
  EXPECT_LE(path.substr(path.rfind('/') + 1).size(), kMaxNameBytes + 4);
}

// --- the sink itself ----------------------------------------------------------------------------------------------------------

class TextFilesSink : public ::testing::Test {
 protected:
  TextFilesSink() { context_.set_output_dir(folder_.path()); }

  Status Configure(const TextFilesOptions& options) {
    stage_.reset();  // gives its folder up before the next one takes it
    stage_.reset(garner_plugin.make());
    sink_ = dynamic_cast<SinkStage*>(stage_.get());
    return stage_->Configure(context_, options.SerializeAsString());
  }

  Status Open(const TextFilesOptions& options) {
    const Status status = Configure(options);
    return status.ok() ? stage_->Open() : status;
  }

  Status Reopen(const TextFilesOptions& options, const std::string& position) {
    const Status status = Configure(options);
    return status.ok() ? sink_->Reopen(position) : status;
  }

  // What stands in the sink's folder, by name.
  std::map<std::string, std::string> Written() const {
    std::map<std::string, std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_ / "text"))
      if (entry.is_regular_file()) files[entry.path().lexically_relative(folder_ / "text").string()] = testing::ReadBytes(entry.path());
    return files;
  }

  Status Write(const std::string& uri, const std::string& text) {
    v1::Document document = testing::DocumentFromText(text).document;
    document.mutable_source()->set_uri(uri);
    document.set_id("0123");
    v1::Metadata* title = document.add_metadata();
    title->set_key("title");
    title->set_value("Tides");
    title->set_chosen(true);
    return sink_->Write(document);
  }

  testing::TempFolder folder_;
  testing::TestContext context_;
  std::unique_ptr<Stage> stage_;
  SinkStage* sink_ = nullptr;
};

TEST_F(TextFilesSink, WritesTheTextAsItIs) {
  ASSERT_TRUE(Open({}).ok());
  ASSERT_TRUE(Write("in/a.html", "High water.\n\nLow water.").ok());
  ASSERT_TRUE(Write("in/empty.txt", "").ok());
  EXPECT_FALSE(std::filesystem::exists(folder_ / "text/in/a.txt")) << "nothing shows before the job is complete";
  const Status finished = sink_->Finish();
  ASSERT_TRUE(finished.ok()) << finished.message();
  EXPECT_EQ(testing::ReadBytes(folder_ / "text/in/a.txt"), "High water.\n\nLow water.\n");
  EXPECT_EQ(testing::ReadBytes(folder_ / "text/in/empty.txt"), "");
  EXPECT_FALSE(std::filesystem::exists(folder_ / "text/.garner.part"));
}

TEST_F(TextFilesSink, PutsTheTitleFirstWhereItIsWanted) {
  TextFilesOptions options;
  options.set_format(TextFilesOptions::MARKDOWN);
  ASSERT_TRUE(Open(options).ok());
  ASSERT_TRUE(Write("a.html", "High water.").ok());
  ASSERT_TRUE(sink_->Finish().ok());
  EXPECT_EQ(testing::ReadBytes(folder_ / "text/a.md"), "# Tides\n\nHigh water.\n");

  options.set_format(TextFilesOptions::TEXT);
  options.set_title(true);
  options.set_suffix(".text");
  ASSERT_TRUE(Open(options).ok());
  ASSERT_TRUE(Write("a.html", "High water.").ok());
  ASSERT_TRUE(sink_->Finish().ok());
  EXPECT_EQ(testing::ReadBytes(folder_ / "text/a.text"), "Tides\n\nHigh water.\n");
}

TEST_F(TextFilesSink, RefusesAFolderOutsideTheOutput) {
  for (const char* folder : {"/tmp", "..", "a/../.."}) {
    TextFilesOptions options;
    options.set_folder(folder);
    EXPECT_EQ(Open(options).kind(), StatusKind::kConfig) << folder;
  }
}

TEST_F(TextFilesSink, LeavesNothingWhereItDoesNotFinish) {
  ASSERT_TRUE(Open({}).ok());
  ASSERT_TRUE(Write("a.html", "High water.").ok());
  stage_.reset();
  EXPECT_TRUE(std::filesystem::is_empty(folder_ / "text"));
}

// Names depend on those given before: what is claimed comes back with the position.
TEST_F(TextFilesSink, GoesOnFromACommitWithoutATrace) {
  for (const char* suffix : {".txt", ".txt.gz"}) {
    TextFilesOptions options;
    options.set_suffix(suffix);
    const std::vector<std::pair<std::string, std::string>> documents = {
        {"in/a.html", "One."}, {"in/a.txt", "Two."}, {"in/b.txt", "Three."}, {"in/a.md", "Four."}, {"in/b.txt/c", "Five."}};
    const auto write = [&](size_t from, size_t to) {
      for (size_t i = from; i < to; ++i) ASSERT_TRUE(Write(documents[i].first, documents[i].second).ok());
    };
    ASSERT_TRUE(Open(options).ok());
    EXPECT_TRUE(sink_->Resumable());
    write(0, documents.size());
    ASSERT_TRUE(sink_->Finish().ok());
    const std::map<std::string, std::string> undisturbed = Written();
    ASSERT_EQ(undisturbed.size(), documents.size());
    const std::string list = testing::ReadBytes(folder_ / ".garner/text.files");

    for (size_t commit = 0; commit <= documents.size(); ++commit) {
      ASSERT_TRUE(Open(options).ok());
      write(0, commit);
      const Result<std::string> position = sink_->Commit();
      ASSERT_TRUE(position.ok()) << position.status().message();
      ASSERT_TRUE(Write("in/a.txt", "Lost.").ok());
      ASSERT_TRUE(Reopen(options, *position).ok());
      write(commit, documents.size());
      const Result<std::string> last = sink_->Commit();
      ASSERT_TRUE(last.ok());
      ASSERT_TRUE(sink_->Finish().ok());
      EXPECT_EQ(Written(), undisturbed) << suffix << ", commit after " << commit;
      EXPECT_EQ(testing::ReadBytes(folder_ / ".garner/text.files"), list);

      ASSERT_TRUE(Reopen(options, *last).ok()) << "the journal did not hear of Finish";
      ASSERT_TRUE(sink_->Finish().ok());
      EXPECT_EQ(Written(), undisturbed) << suffix;
    }
  }
}

TEST_F(TextFilesSink, RemovesTheFilesOfVanishedInputs) {
  ASSERT_TRUE(Open({}).ok());
  ASSERT_TRUE(Write("in/a.txt", "One.").ok());
  ASSERT_TRUE(Write("in/b.txt", "Two.").ok());
  ASSERT_TRUE(Write("in/c.txt", "Three.").ok());
  ASSERT_TRUE(sink_->Finish().ok());
  testing::WriteBytes(folder_ / "text/in/c.txt", "Three, and a note of mine.");
  ASSERT_TRUE(Open({}).ok());
  ASSERT_TRUE(Write("in/a.txt", "One.").ok());
  EXPECT_EQ(Written().size(), 4u) << "not before the job is complete";
  ASSERT_TRUE(sink_->Finish().ok());
  EXPECT_EQ(Written(), (std::map<std::string, std::string>{{"in/a.txt", "One.\n"}, {"in/c.txt", "Three, and a note of mine."}}));
  ASSERT_EQ(context_.warnings.size(), 1u);
  EXPECT_EQ(context_.warnings[0].rfind((folder_ / "text/in/c.txt") + ": its document is gone, ", 0), 0u) << context_.warnings[0];
}

TEST_F(TextFilesSink, SaysWhyItCannotGoOn) {
  ASSERT_TRUE(Open({}).ok());
  ASSERT_TRUE(Write("in/a.txt", "One.").ok());
  const std::string position = *sink_->Commit();
  EXPECT_EQ(Reopen({}, "").kind(), StatusKind::kInvalidInput);
  std::filesystem::remove(folder_ / ".garner/text.files.part");
  const Status gone = Reopen({}, position);
  EXPECT_EQ(gone.kind(), StatusKind::kIo);
  EXPECT_NE(gone.message().find(folder_ / ".garner/text.files.part"), std::string::npos) << gone.message();
}

}  // namespace
}  // namespace garner::text_files
