#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/util/delimited_message_util.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "garner/plugin.h"
#include "garner_plugins/protobuf/options.pb.h"
#include "tests/support/documents.h"
#include "tests/support/temp_folder.h"

extern "C" const garner::PluginDescriptor garner_plugin;

namespace garner::protobuf_sink {
namespace {

class ProtobufSinkTest : public ::testing::Test {
 protected:
  ProtobufSinkTest() : stage_(garner_plugin.make()), sink_(dynamic_cast<SinkStage*>(stage_.get())) { context_.set_output_dir(folder_.path()); }

  Status Open(const std::string& path) {
    ProtobufOptions options;
    options.set_path(path);
    if (Status status = stage_->Configure(context_, options.SerializeAsString()); !status.ok()) return status;
    return stage_->Open();
  }

  testing::TempFolder folder_;
  testing::TestContext context_;
  std::unique_ptr<Stage> stage_;
  SinkStage* sink_;
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

TEST_F(ProtobufSinkTest, RefusesAPathOutsideTheOutputFolder) { EXPECT_EQ(Open("../documents.pb").kind(), StatusKind::kConfig); }

}  // namespace
}  // namespace garner::protobuf_sink
