#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/util/delimited_message_util.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "garner/plugin.h"
#include "garner/testing/documents.h"
#include "garner_plugins/protobuf/options.pb.h"
#include "tests/support/temp_folder.h"

extern "C" const garner::PluginDescriptor garner_plugin;

namespace garner::protobuf_sink {
namespace {

class ProtobufSinkTest : public ::testing::Test {
 protected:
  ProtobufSinkTest() { context_.set_output_dir(folder_.path()); }

  Status Configure(const std::string& path) {
    stage_.reset();  // gives its file up before the next one takes it
    stage_.reset(garner_plugin.make());
    sink_ = dynamic_cast<SinkStage*>(stage_.get());
    ProtobufOptions options;
    options.set_path(path);
    return stage_->Configure(context_, options.SerializeAsString());
  }

  Status Open(const std::string& path) {
    const Status status = Configure(path);
    return status.ok() ? stage_->Open() : status;
  }

  Status Reopen(const std::string& path, const std::string& position) {
    const Status status = Configure(path);
    return status.ok() ? sink_->Reopen(position) : status;
  }

  testing::TempFolder folder_;
  testing::TestContext context_;
  std::unique_ptr<Stage> stage_;
  SinkStage* sink_ = nullptr;
};

TEST_F(ProtobufSinkTest, WritesWhatProtobufReadsBack) {
  const v1::Document first = testing::DocumentFromText("One paragraph.\n\nAnother one.").document;
  const v1::Document second = testing::DocumentFromText(std::string(500, 'x')).document;
  ASSERT_TRUE(Open("documents.pb").ok());
  for (const v1::Document* document : {&first, &second}) ASSERT_TRUE(sink_->Write(*document).ok());
  ASSERT_TRUE(sink_->Write(v1::Document()).ok());
  ASSERT_TRUE(sink_->Finish().ok());

  const std::string bytes = testing::ReadBytes(folder_ / "documents.pb");
  google::protobuf::io::ArrayInputStream stream(bytes.data(), static_cast<int>(bytes.size()));
  bool clean_end = false;
  for (const v1::Document* expected : {&first, &second}) {
    v1::Document read;
    ASSERT_TRUE(google::protobuf::util::ParseDelimitedFromZeroCopyStream(&read, &stream, &clean_end));
    EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(read, *expected));
  }
  v1::Document read;
  ASSERT_TRUE(google::protobuf::util::ParseDelimitedFromZeroCopyStream(&read, &stream, &clean_end)) << "an empty document is a record as well";
  EXPECT_FALSE(google::protobuf::util::ParseDelimitedFromZeroCopyStream(&read, &stream, &clean_end));
  EXPECT_TRUE(clean_end);
}

TEST_F(ProtobufSinkTest, GoesOnFromACommitWithoutATrace) {
  const v1::Document first = testing::DocumentFromText("One paragraph.\n\nAnother one.").document;
  const v1::Document second = testing::DocumentFromText(std::string(500, 'x')).document;
  for (const char* path : {"a.pb", "a.pb.gz", "a.pb.zst"}) {
    ASSERT_TRUE(Open(path).ok());
    EXPECT_TRUE(sink_->Resumable());
    for (const v1::Document* document : {&first, &second}) ASSERT_TRUE(sink_->Write(*document).ok());
    ASSERT_TRUE(sink_->Finish().ok());
    const std::string undisturbed = testing::ReadBytes(folder_ / path);

    ASSERT_TRUE(Open(path).ok());
    ASSERT_TRUE(sink_->Write(first).ok());
    const Result<std::string> position = sink_->Commit();
    ASSERT_TRUE(position.ok()) << position.status().message();
    ASSERT_TRUE(sink_->Write(first).ok());
    ASSERT_TRUE(Reopen(path, *position).ok());
    ASSERT_TRUE(sink_->Write(second).ok());
    const Result<std::string> last = sink_->Commit();
    ASSERT_TRUE(last.ok());
    ASSERT_TRUE(sink_->Finish().ok());
    EXPECT_TRUE(testing::ReadBytes(folder_ / path) == undisturbed) << path;

    ASSERT_TRUE(Reopen(path, *last).ok()) << "the journal did not hear of Finish";
    ASSERT_TRUE(sink_->Finish().ok());
    EXPECT_TRUE(testing::ReadBytes(folder_ / path) == undisturbed) << path;
  }
}

TEST_F(ProtobufSinkTest, RefusesAPositionOfAnotherFile) {
  ASSERT_TRUE(Open("a.pb").ok());
  const std::string position = *sink_->Commit();
  EXPECT_EQ(Reopen("a.pb.gz", position).kind(), StatusKind::kInvalidInput);
  EXPECT_EQ(Reopen("a.pb", "").kind(), StatusKind::kInvalidInput);
}

TEST_F(ProtobufSinkTest, RefusesAPathOutsideTheOutputFolder) { EXPECT_EQ(Open("../documents.pb").kind(), StatusKind::kConfig); }

}  // namespace
}  // namespace garner::protobuf_sink
