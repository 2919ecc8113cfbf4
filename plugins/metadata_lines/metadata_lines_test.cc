#include "find_metadata.h"
#include "garner/edits.h"
#include "garner/html_elements.h"
#include "garner/plugin.h"
#include "garner/testing/cases.h"
#include "garner/testing/documents.h"

GARNER_CASES(MetadataLines)

namespace garner::metadata_lines {
namespace {

// The HTML decoder takes the headline out of the text; the lines below it are still the head.
TEST(HtmlHead, BeginsBelowTheHeadlineThatTheDecoderTook) {
  testing::TestDocument made = testing::DocumentFromText(
      "Menu\n\nOtters Return\n\nBy Nora Quill\n\n4 May 2018\n\nThe otters are back under the third lock.\n");
  for (v1::Block& block : *made.document.mutable_blocks()) SetHtmlPath(&made.document, &block, "div");
  Edits edits;
  edits.Erase({6, 19}, {.rule = "title"});
  ASSERT_TRUE(garner::testing::Apply(edits, made).ok());
  const Result<std::shared_ptr<const WordLists>> lists = WordLists::Load(GARNER_PLUGIN_DATA_DIR);
  ASSERT_TRUE(lists.ok());
  const Findings found = FindMetadata(made.document, **lists, {});
  ASSERT_EQ(found.removals.size(), 2U);
  EXPECT_EQ(found.removals[0].rule, "byline");
  EXPECT_EQ(found.removals[1].rule, "date_line");
}

}  // namespace
}  // namespace garner::metadata_lines
