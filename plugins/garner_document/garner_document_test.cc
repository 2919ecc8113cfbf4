#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "count_entries.h"
#include "garner/plugin.h"
#include "garner/testing/cases.h"
#include "garner/testing/documents.h"

GARNER_CASES(GarnerDocument)

namespace garner::garner_document {
namespace {

Status Decode(const std::string& bytes, v1::Document* document) {
  testing::TestContext context;
  const std::unique_ptr<Stage> stage(garner_plugin.make());
  EXPECT_TRUE(stage->Configure(context, "").ok());
  Payload payload;
  payload.bytes = bytes;
  document->mutable_source()->set_uri("documents.pb");
  return dynamic_cast<DecoderStage&>(*stage).Decode(payload, document);
}

v1::Document Made() {
  v1::Document document = testing::DocumentFromText("The gate.\n\nThe pump.").document;
  document.set_id(std::string(32, 'a'));
  document.mutable_source()->set_uri("in/a.txt");
  document.add_lineage()->set_stage("text");
  document.add_signals()->set_name("x");
  document.add_removals()->set_rule("tag");
  return document;
}

TEST(GarnerDocument, RestoresAllOfIt) {
  const v1::Document document = Made();
  v1::Document restored;
  ASSERT_TRUE(Decode(document.SerializeAsString(), &restored).ok());
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(document, restored));
  EXPECT_EQ(restored.SerializeAsString(), document.SerializeAsString());
}

// What a later version adds must not get lost on the way.
TEST(GarnerDocument, KeepsFieldsThatItDoesNotKnow) {
  std::string bytes = Made().SerializeAsString();
  bytes += std::string("\xFA\x07\x03new", 6);  // field 127
  v1::Document restored;
  ASSERT_TRUE(Decode(bytes, &restored).ok());
  EXPECT_EQ(restored.SerializeAsString(), bytes);
}

TEST(GarnerDocument, CountsWhatCostsMemory) {
  EXPECT_EQ(CountEntries(""), 0U);
  EXPECT_EQ(CountEntries(std::string("\x2A\x00\x2A\x00", 4)), 2U);
  EXPECT_EQ(CountEntries("\x22\x20" + std::string(32, '\0')), 3U);
  EXPECT_EQ(CountEntries(std::string("\x2A\x05", 2)), std::nullopt);
  EXPECT_EQ(CountEntries("\x00"), 0U);
}

}  // namespace
}  // namespace garner::garner_document
