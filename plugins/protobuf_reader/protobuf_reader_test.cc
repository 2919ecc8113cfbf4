#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/util/delimited_message_util.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "garner/plugin.h"
#include "garner/testing/cases.h"
#include "garner/testing/documents.h"
#include "garner/testing/unpack.h"

GARNER_CASES(ProtobufReader)

namespace garner::protobuf_reader {
namespace {

class ProtobufReaderTest : public ::testing::Test {
 protected:
  ProtobufReaderTest() : stage_(garner_plugin.make()) {
    EXPECT_TRUE(stage_->Configure(context_, "").ok());
    EXPECT_TRUE(stage_->Open().ok());
  }

  UnpackerStage& unpacker() { return dynamic_cast<UnpackerStage&>(*stage_); }

  testing::TestContext context_;
  std::unique_ptr<Stage> stage_;
};

// What Protobuf itself writes, with messages smaller and larger than any buffer.
TEST_F(ProtobufReaderTest, ReadsWhatProtobufWrites) {
  std::vector<std::string> messages;
  std::string file;
  google::protobuf::io::StringOutputStream out(&file);
  for (const size_t bytes : {3U, 200U, 262144U, 900000U, 1U}) {
    v1::Document document = testing::DocumentFromText(std::string(bytes, 'x')).document;
    document.set_id(std::string(32, 'a'));
    messages.push_back(document.SerializeAsString());
    ASSERT_TRUE(google::protobuf::util::SerializeDelimitedToZeroCopyStream(document, &out));
  }
  out.BackUp(0);
  file.resize(static_cast<size_t>(out.ByteCount()));
  for (uint32_t seed = 0; seed < 4; ++seed) {
    testing::OddStream stream(file, seed, 50000);
    const testing::Unpacked seen = testing::Unpack(unpacker(), stream);
    ASSERT_TRUE(seen.status.ok()) << seen.status.message();
    ASSERT_EQ(seen.items.size(), messages.size());
    for (size_t i = 0; i < messages.size(); ++i) EXPECT_TRUE(seen.items[i].bytes == messages[i]) << i;
  }
  // Wherever it is cut off, what was whole before stays, and the end is told from the clean one.
  for (const size_t size : {file.size() - 1, file.size() - 70, size_t{5}, size_t{1}}) {
    MemoryStream stream(std::string_view(file).substr(0, size));
    EXPECT_FALSE(testing::Unpack(unpacker(), stream).status.ok()) << size;
  }
}

// A size that nothing stands behind must not be allocated.
TEST_F(ProtobufReaderTest, BelievesNoSize) {
  const std::string bytes = "\xFF\xFF\xFF\x7F\x0A";  // 256 MiB less one byte
  MemoryStream stream(bytes);
  const testing::Unpacked seen = testing::Unpack(unpacker(), stream);
  EXPECT_TRUE(seen.items.empty());
  EXPECT_EQ(seen.status.kind(), StatusKind::kInvalidInput);
}

}  // namespace
}  // namespace garner::protobuf_reader
