#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "garner/plugin.h"
#include "garner/testing/cases.h"
#include "garner/testing/documents.h"

GARNER_CASES(DocumentDeduplicator)

namespace garner::testing {
namespace {

std::unique_ptr<Stage> Opened(TestContext& context) {
  std::unique_ptr<Stage> stage(garner_plugin.make());
  EXPECT_TRUE(stage->Configure(context, "").ok());
  EXPECT_TRUE(stage->Open().ok());
  return stage;
}

// Fifteen families of texts; in each one every text differs from the one before it by a few words.
std::string TextOf(uint32_t number) {
  std::minstd_rand words(number % 15 + 1);
  std::string text;
  for (int i = 0; i < 120; ++i) text += "w" + std::to_string(words()) + " ";
  return text + "edition " + std::to_string(number / 15 / 3) + std::string(number / 15 % 3, '!');
}

// What Decide says of a text, and what is to be remembered of it.
std::pair<std::string, std::string> Decided(DecidingStage& stage, uint32_t number) {
  TestDocument made = DocumentFromText(TextOf(number));
  made.document.set_id("id-" + std::to_string(number));
  made.document.mutable_source()->set_uri("mail.eml");
  made.document.mutable_source()->set_container_path(std::to_string(number) + ".txt");
  Edits edits;
  Edits decided;
  std::string record;
  EXPECT_TRUE(stage.Process(made.document, edits).ok());
  EXPECT_TRUE(stage.Decide(made.document, edits.proto().note(), decided, record).ok());
  return {decided.proto().drop().message(), record};
}

// An interrupted job goes on as if nothing had been: all that the stage knows is in its records.
TEST(DocumentDeduplicator, KnowsWhatItsRecordsHold) {
  TestContext context;
  const std::unique_ptr<Stage> first = Opened(context);
  auto& whole = dynamic_cast<DecidingStage&>(*first);
  std::vector<std::string> records;
  for (uint32_t number = 0; number < 40; ++number) {
    const std::string record = Decided(whole, number).second;
    if (record.empty()) continue;
    ASSERT_TRUE(whole.Remember(record).ok());
    records.push_back(record);
  }
  EXPECT_EQ(records.size(), 15u);
  const std::unique_ptr<Stage> second = Opened(context);
  auto& resumed = dynamic_cast<DecidingStage&>(*second);
  for (const std::string& record : records) ASSERT_TRUE(resumed.Remember(record).ok());
  for (uint32_t number = 40; number < 80; ++number) EXPECT_EQ(Decided(resumed, number), Decided(whole, number));
  EXPECT_EQ(Decided(resumed, 47).first, "repeats id-2 (mail.eml!/2.txt)");
}

TEST(DocumentDeduplicator, TakesNoNoteOrRecordThatIsNone) {
  TestContext context;
  const std::unique_ptr<Stage> stage = Opened(context);
  auto& deciding = dynamic_cast<DecidingStage&>(*stage);
  Edits edits;
  std::string record;
  EXPECT_EQ(deciding.Decide(v1::Document(), "no note", edits, record).kind(), StatusKind::kInternal);
  EXPECT_TRUE(record.empty());
  EXPECT_EQ(deciding.Remember("no record").kind(), StatusKind::kInvalidInput);
}

}  // namespace
}  // namespace garner::testing
