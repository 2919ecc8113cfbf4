// What the applying of edits does in the cases that a reader would ask about.
#include "core/sdk/edit_applier.h"

#include <gtest/gtest.h>

#include <string>

#include "garner/edits.h"
#include "garner/metadata.h"
#include "garner/source_map.h"
#include "garner/testing/documents.h"
#include "garner/testing/invariants.h"

namespace garner::testing {
namespace {

class EditApplier : public ::testing::Test {
 protected:
  void Make(std::string_view text) { made_ = DocumentFromText(text); }

  Span Find(std::string_view words) const {
    const size_t at = made_.document.text().find(words);
    EXPECT_NE(at, std::string::npos) << words;
    return {at, at + words.size()};
  }

  Status Apply() {
    const Status status = ApplyEdits(edits_.proto(), "stage", &made_.document);
    edits_ = Edits();
    EXPECT_TRUE(Sound(made_.document, made_.payload));
    return status;
  }

  const std::string& text() const { return made_.document.text(); }
  std::string Source(const v1::Removal& removal) const {
    return made_.payload.substr(removal.source().begin(), removal.source().end() - removal.source().begin());
  }

  TestDocument made_;
  Edits edits_;
};

TEST_F(EditApplier, AnErasedBlockTakesItsEmptyLineWithIt) {
  Make("One.\n\nTwo.\n\nThree.");
  edits_.Erase(Find("Two."), {.rule = "r", .score = 0.75, .threshold = 0.5});
  ASSERT_TRUE(Apply().ok());
  EXPECT_EQ(text(), "One.\n\nThree.");
  ASSERT_EQ(made_.document.removals_size(), 1);
  EXPECT_EQ(Source(made_.document.removals(0)), "Two.\n\n");
  EXPECT_EQ(made_.document.removals(0).stage(), "stage");
  EXPECT_EQ(made_.document.removals(0).score(), 0.75F);
}

TEST_F(EditApplier, TheFirstAndTheLastBlockLeaveNoEmptyLine) {
  Make("One.\n\nTwo.\n\nThree.");
  edits_.Erase(Find("One."), {.rule = "a"});
  edits_.Erase(Find("Three."), {.rule = "b"});
  ASSERT_TRUE(Apply().ok());
  EXPECT_EQ(text(), "Two.");
}

TEST_F(EditApplier, ErasingEverythingLeavesAnEmptyDocument) {
  Make("One.\n\nTwo.");
  edits_.Erase({0, text().size()}, {.rule = "all"});
  ASSERT_TRUE(Apply().ok());
  EXPECT_EQ(text(), "");
  EXPECT_EQ(made_.document.blocks_size(), 0);
}

TEST_F(EditApplier, AnErasureInsideASentenceLeavesOneSpace) {
  Make("The boat (advertisement) left.");
  edits_.Erase(Find("(advertisement)"), {.rule = "r"});
  ASSERT_TRUE(Apply().ok());
  EXPECT_EQ(text(), "The boat left.");
}

TEST_F(EditApplier, AnErasureInsideAWordJoinsIt) {
  Make("equal<b>ised");
  edits_.Erase(Find("<b>"), {.rule = "tag"});
  ASSERT_TRUE(Apply().ok());
  EXPECT_EQ(text(), "equalised");
}

TEST_F(EditApplier, AnErasureAtABlocksEdgeTakesTheSpaceBesideIt) {
  Make("<p> Boats leave early. </p>");
  edits_.Erase(Find("<p>"), {.rule = "tag"});
  edits_.Erase(Find("</p>"), {.rule = "tag"});
  ASSERT_TRUE(Apply().ok());
  EXPECT_EQ(text(), "Boats leave early.");
}

TEST_F(EditApplier, AnErasureAcrossBlocksKeepsThemApart) {
  Make("One two.\n\nThree four.");
  edits_.Erase({Find("two").begin, Find("Three").end}, {.rule = "r"});
  ASSERT_TRUE(Apply().ok());
  EXPECT_EQ(text(), "One\n\nfour.");
}

TEST_F(EditApplier, OverlappingErasuresMergeAndTheStrongerGivesTheReason) {
  Make("One two three.");
  edits_.Erase(Find("One two"), {.rule = "weak", .score = 0.2});
  edits_.Erase(Find("two three"), {.rule = "strong", .score = 0.9});
  ASSERT_TRUE(Apply().ok());
  EXPECT_EQ(text(), ".");
  ASSERT_EQ(made_.document.removals_size(), 1);
  EXPECT_EQ(made_.document.removals(0).rule(), "strong");
}

TEST_F(EditApplier, AReplacementIsTracedToWhatItReplaced) {
  Make("Fish &amp; chips.");
  edits_.Replace(Find("&amp;"), "&", "character_reference");
  ASSERT_TRUE(Apply().ok());
  EXPECT_EQ(text(), "Fish & chips.");
  const Origin origin = SourceMapView(made_.document.source_map()).Find(Find("&"));
  EXPECT_EQ(made_.payload.substr(origin.source.begin, origin.source.size()), "&amp;");
  EXPECT_FALSE(origin.verbatim);
  ASSERT_EQ(made_.document.changes_size(), 1);
  EXPECT_EQ(made_.document.changes(0).rule(), "character_reference");
}

TEST_F(EditApplier, WhatWasReplacedCanBeErasedLater) {
  Make("Fish &amp; chips.");
  edits_.Replace(Find("&amp;"), "and", "r");
  ASSERT_TRUE(Apply().ok());
  edits_.Erase(Find("an"), {.rule = "part"});
  ASSERT_TRUE(Apply().ok());
  EXPECT_EQ(made_.document.removals_size(), 0) << "the last letter still stands for all of &amp;";
  edits_.Erase(Find("d chips"), {.rule = "rest"});
  ASSERT_TRUE(Apply().ok());
  EXPECT_EQ(text(), "Fish .");
  ASSERT_EQ(made_.document.removals_size(), 1);
  EXPECT_EQ(Source(made_.document.removals(0)), "&amp; chips");
}

TEST_F(EditApplier, AReplacementInsideAnErasureGoesWithIt) {
  Make("One two three.");
  edits_.Erase(Find("One two "), {.rule = "r"});
  edits_.Replace(Find("two"), "2", "s");
  ASSERT_TRUE(Apply().ok());
  EXPECT_EQ(text(), "three.");
  EXPECT_EQ(made_.document.changes_size(), 0);
}

TEST_F(EditApplier, TwoReplacementsOfOnePlaceAreRefused) {
  Make("One two three.");
  edits_.Replace(Find("One two"), "1", "r");
  edits_.Replace(Find("two three"), "2", "r");
  const Status status = Apply();
  EXPECT_EQ(status.kind(), StatusKind::kInvalidEdits);
  EXPECT_EQ(text(), "One two three.");
}

TEST_F(EditApplier, ASplitMakesTwoBlocksAndRemovesWhatStoodBetween) {
  Make("First part.</p> <p>Second part.");
  edits_.Split(Find("</p> <p>"), "tag");
  ASSERT_TRUE(Apply().ok());
  EXPECT_EQ(text(), "First part.\n\nSecond part.");
  EXPECT_EQ(made_.document.blocks_size(), 2);
}

TEST_F(EditApplier, ASplitAtABlocksEdgeMakesNoEmptyBlock) {
  Make("<p>Only part.");
  edits_.Split(Find("<p>"), "tag");
  ASSERT_TRUE(Apply().ok());
  EXPECT_EQ(text(), "Only part.");
  EXPECT_EQ(made_.document.blocks_size(), 1);
}

TEST_F(EditApplier, AnnotationsMoveWithTheirTextAndGoWithIt) {
  Make("Delete me. Oslo and Bergen.");
  edits_.Annotate({.span = Find("Oslo"), .set = "entities", .label = "GPE"});
  edits_.Annotate({.span = Find("Bergen"), .set = "entities", .label = "GPE"});
  ASSERT_TRUE(Apply().ok());
  edits_.Erase(Find("Delete me. "), {.rule = "r"});
  edits_.Erase(Find("ergen"), {.rule = "r"});
  ASSERT_TRUE(Apply().ok());
  EXPECT_EQ(text(), "Oslo and B.");
  ASSERT_EQ(made_.document.annotations_size(), 1);
  EXPECT_EQ(made_.document.annotations(0).begin(), 0U);
  EXPECT_EQ(made_.document.annotations(0).end(), 4U);
}

class LinkMoves : public EditApplier {
 protected:
  void Link(std::string_view words) { edits_.Annotate({.span = Find(words), .set = "links", .label = "link", .value = "https://quay.example/"}); }
  // The words of the links that are left.
  std::vector<std::string> Left() const {
    std::vector<std::string> left;
    for (const v1::Annotation& link : made_.document.annotations()) {
      EXPECT_EQ(link.value(), "https://quay.example/");
      left.push_back(text().substr(link.begin(), link.end() - link.begin()));
    }
    return left;
  }
  using Words = std::vector<std::string>;
};

TEST_F(LinkMoves, ALinkCoversWhatIsLeftOfIt) {
  Make("Read the log of the old pier today.");
  Link("the log of the old pier");
  ASSERT_TRUE(Apply().ok());
  edits_.Erase(Find("Read the "), {.rule = "r"});
  edits_.Erase(Find("old "), {.rule = "r"});
  ASSERT_TRUE(Apply().ok());
  EXPECT_EQ(text(), "log of the pier today.");
  EXPECT_EQ(Left(), (Words{"log of the pier"}));
  edits_.Erase(Find("pier today"), {.rule = "r"});
  ASSERT_TRUE(Apply().ok());
  EXPECT_EQ(text(), "log of the .");
  EXPECT_EQ(Left(), (Words{"log of the"})) << "without the space at its edge";
}

TEST_F(LinkMoves, ALinkKeepsWhatStandsForItsWords) {
  Make("See \"the log\" &amp; map... now.");
  Link("\"the log\" &amp; map...");
  ASSERT_TRUE(Apply().ok());
  edits_.Replace({4, 5}, "\xE2\x80\x9C", "quotes");
  edits_.Replace(Find("&amp;"), "and", "reference");
  edits_.Replace(Find("..."), "\xE2\x80\xA6", "dots");
  ASSERT_TRUE(Apply().ok());
  EXPECT_EQ(Left(), (Words{"\xE2\x80\x9Cthe log\" and map\xE2\x80\xA6"}));
}

TEST_F(LinkMoves, WhatIsInsertedAtItsEdgesStaysOutside) {
  Make("See the log now.");
  Link("the log");
  ASSERT_TRUE(Apply().ok());
  edits_.Replace({4, 4}, "(", "r");
  edits_.Replace({8, 8}, "new ", "r");
  edits_.Replace({11, 11}, ")", "r");
  ASSERT_TRUE(Apply().ok());
  EXPECT_EQ(text(), "See (the new log) now.");
  EXPECT_EQ(Left(), (Words{"the new log"}));
}

TEST_F(LinkMoves, WhatStandsForMoreThanTheLinkIsNotTheLinks) {
  Make("See the log now. Then the map.");
  Link("the log");
  Link("the map");
  ASSERT_TRUE(Apply().ok());
  edits_.Replace(Find("log now"), "log", "r");
  edits_.Replace(Find("Then the map"), "It ends", "r");
  ASSERT_TRUE(Apply().ok());
  EXPECT_EQ(text(), "See the log. It ends.");
  EXPECT_EQ(Left(), (Words{"the"}));
}

TEST_F(LinkMoves, ALinkGoesWithItsTextAndWithItsBlock) {
  Make("See the log.\n\nSee the map.\n\nSee the pier.");
  for (const char* words : {"the log", "the map", "the pier"}) Link(words);
  ASSERT_TRUE(Apply().ok());
  edits_.Erase(Find("the log"), {.rule = "r"});
  edits_.Erase(Find("See the map."), {.rule = "r"});
  ASSERT_TRUE(Apply().ok());
  EXPECT_EQ(Left(), (Words{"the pier"}));
}

TEST_F(LinkMoves, ASplitInsideLeavesWhatStandsBeforeIt) {
  Make("See the log<p>and the map now.");
  Link("the log<p>and the map");
  Link("now");
  ASSERT_TRUE(Apply().ok());
  edits_.Split(Find("<p>"), "tag");
  ASSERT_TRUE(Apply().ok());
  EXPECT_EQ(text(), "See the log\n\nand the map now.");
  EXPECT_EQ(Left(), (Words{"the log", "now"}));
}

TEST_F(EditApplier, MetadataKeepsItsEvidenceAfterTheLineIsGone) {
  Make("A Headline\n\nBody.");
  edits_.AddMetadata({.key = "title", .value = "A Headline", .origin = "text_line", .evidence = Find("A Headline"), .chosen = true});
  edits_.Erase(Find("A Headline"), {.rule = "title"});
  ASSERT_TRUE(Apply().ok());
  EXPECT_EQ(text(), "Body.");
  EXPECT_EQ(ChosenValue(made_.document, "title"), "A Headline");
  EXPECT_EQ(made_.document.metadata(0).source().end(), 10U);
}

TEST_F(EditApplier, OneCandidateOfASingleValuedKeyIsChosen) {
  Make("Body.");
  for (const char* title : {"One", "Two"}) edits_.AddMetadata({.key = "title", .value = title, .origin = "t", .chosen = true});
  for (const char* tag : {"a", "b"}) edits_.AddMetadata({.key = "tags", .value = tag, .origin = "t", .chosen = true});
  ASSERT_TRUE(Apply().ok());
  EXPECT_EQ(ChosenValues(made_.document, "title"), std::vector<std::string_view>{"Two"});
  EXPECT_EQ(ChosenValues(made_.document, "tags"), (std::vector<std::string_view>{"a", "b"}));
}

TEST_F(EditApplier, ADropNamesItsStage) {
  Make("Body.");
  edits_.Drop("too_short", 1, 50);
  ASSERT_TRUE(Apply().ok());
  EXPECT_EQ(made_.document.drop().stage(), "stage");
  EXPECT_EQ(made_.document.drop().rule(), "too_short");
}

// A decoder may make such a block (preformatted white space), and a stage may call it a paragraph.
TEST_F(EditApplier, SplitsABlockOfWhiteSpace) {
  Make("One.\n\nxxxx\n\nTwo.");
  made_.document.mutable_text()->replace(6, 4, "    ");
  made_.payload.replace(6, 4, "    ");
  edits_.Split({8, 8}, "r");
  ASSERT_TRUE(Apply().ok());
  EXPECT_EQ(text(), "One.\n\nTwo.");
}

// Ten megabytes, a hundred thousand edits of each kind, twice: the test's time limit is what says that nothing here is quadratic.
TEST_F(EditApplier, TakesManyEditsOfALargeDocument) {
  std::string large;
  for (int i = 0; i < 100000; ++i) large += "Word another  third " + std::string(80, static_cast<char>('a' + i % 26)) + "\n";
  Make(large);
  for (int round = 0; round < 2; ++round) {
    const size_t blocks = static_cast<size_t>(made_.document.blocks_size());
    for (const v1::Block& block : made_.document.blocks()) {
      if (block.end() - block.begin() < 40) continue;
      edits_.Erase({block.begin(), block.begin() + 4}, {.rule = "first"});
      edits_.Replace({block.begin() + 6, block.begin() + 8}, "new", "second");
      edits_.Split({block.begin() + 20, block.begin() + 20}, "third");
      edits_.Annotate({.span = {block.begin() + 25, block.begin() + 30}, .set = "entities", .label = "X"});
      edits_.AddMetadata({.key = "tags", .value = "t", .origin = "o", .evidence = Span{block.begin(), block.begin() + 30}, .chosen = true});
    }
    ASSERT_TRUE(Apply().ok());
    EXPECT_GT(static_cast<size_t>(made_.document.blocks_size()), blocks);
  }
  EXPECT_EQ(made_.document.annotations_size(), 100000) << "those of the first round went with the text that the second one replaced";
}

}  // namespace
}  // namespace garner::testing
