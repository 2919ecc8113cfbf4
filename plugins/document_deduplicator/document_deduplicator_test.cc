#include <gtest/gtest.h>

#include "garner/plugin.h"
#include "tests/support/cases.h"
#include "tests/support/documents.h"

GARNER_CASES(DocumentDeduplicator)

namespace garner::testing {
namespace {

TEST(DocumentDeduplicator, TakesNoNoteOrRecordThatIsNone) {
  const std::unique_ptr<Stage> stage(garner_plugin.make());
  TestContext context;
  ASSERT_TRUE(stage->Configure(context, "").ok());
  ASSERT_TRUE(stage->Open().ok());
  auto& deciding = dynamic_cast<DecidingStage&>(*stage);
  Edits edits;
  std::string record;
  EXPECT_EQ(deciding.Decide(v1::Document(), "no note", edits, record).kind(), StatusKind::kInternal);
  EXPECT_TRUE(record.empty());
  EXPECT_EQ(deciding.Remember("no record").kind(), StatusKind::kInvalidInput);
}

}  // namespace
}  // namespace garner::testing
