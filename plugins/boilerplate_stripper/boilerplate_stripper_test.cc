#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "appeal.h"
#include "block_features.h"
#include "decision.h"
#include "facts.h"
#include "garner/plugin.h"
#include "garner/testing/cases.h"
#include "garner/testing/documents.h"
#include "garner_plugins/boilerplate_stripper/options.pb.h"
#include "lexicon.h"
#include "score.h"

GARNER_CASES(BoilerplateStripper)

namespace garner::boilerplate_stripper {
namespace {

Lexicon Make(std::string_view text) {
  Lexicon lexicon;
  EXPECT_TRUE(lexicon.Add(text, "test").ok());
  return lexicon;
}

TEST(LineKey, FoldsAndGeneralises) {
  EXPECT_EQ(LineKey("  » Share THIS Article… (1,204)").joined(), "share this article #");
  EXPECT_EQ(LineKey("L’article n° 5").joined(), LineKey("l'article N° 17").joined());
  EXPECT_TRUE(LineKey("—— • ——").hashes().empty());
}

TEST(Lexicon, MatchesWholeLinesWithCountsAtEitherEnd) {
  const Lexicon lexicon = Make("[comment_form]\ncomments\n[pager]\npage # of #\n");
  EXPECT_EQ(lexicon.MatchLine(LineKey("Comments (12)")).kind, Kind::kCommentForm);
  EXPECT_EQ(lexicon.MatchLine(LineKey("12 comments")).kind, Kind::kCommentForm);
  EXPECT_EQ(lexicon.MatchLine(LineKey("Page 3 of 20")).kind, Kind::kPager);
  EXPECT_EQ(lexicon.MatchLine(LineKey("Comments on the plan")).kind, Kind::kNone);
}

TEST(Lexicon, AWildcardStandsForSomeWords) {
  const Lexicon lexicon = Make("[embed_placeholder]\nview this post on *\n* üzerinde görüntüle\n");
  EXPECT_EQ(lexicon.MatchLine(LineKey("View this post on Instagram")).kind, Kind::kEmbedPlaceholder);
  EXPECT_EQ(lexicon.MatchLine(LineKey("Instagram üzerinde görüntüle")).kind, Kind::kEmbedPlaceholder);
  EXPECT_EQ(lexicon.MatchLine(LineKey("View this post on")).kind, Kind::kNone);
  EXPECT_EQ(lexicon.MatchLine(LineKey("View this post on a b c d e f g")).kind, Kind::kNone);
}

TEST(Lexicon, APhraseOfNumbersOnlyIsNone) {
  const Lexicon lexicon = Make("[copyright_footer]\n© #\n*\n");
  EXPECT_EQ(lexicon.MatchLine(LineKey("2021")).kind, Kind::kNone);
}

TEST(Lexicon, TheStrongerPhraseWins) {
  const Lexicon lexicon = Make("[navigation weak]\nprint\n[share_buttons]\nprint\n[pager weak]\nprint\n");
  EXPECT_EQ(lexicon.MatchLine(LineKey("Print")).kind, Kind::kShareButtons);
}

TEST(Lexicon, NamesTheLineOfAMistake) {
  Lexicon lexicon;
  EXPECT_EQ(lexicon.Add("; remark\n[shar_buttons]\n", "x").message(), "x:2: unknown section 'shar_buttons'");
  EXPECT_EQ(lexicon.Add("print\n", "x").message(), "x:1: a phrase before the first [section]");
  EXPECT_EQ(lexicon.Add("[pager week]\n", "x").message(), "x:1: 'week' after a section's name; 'weak' and 'part' are accepted");
  EXPECT_FALSE(lexicon.Add("[pager\n", "x").ok());
  EXPECT_FALSE(lexicon.Add("\xff", "x").ok());
  EXPECT_EQ(Lexicon::Load({"/nonexistent/x.lexicon"}).status().kind(), StatusKind::kNotFound);
}

TEST(Placeholders, AreWholeWordsOfShortLines) {
  for (const char* line : {"%d items", "{{count}}", "Hello ${user.name}!", "<%= title %>", "__NAME_HERE__", "{0} of {1}"})
    EXPECT_TRUE(HoldsPlaceholder(line)) << line;
  for (const char* line : {"100 %", "23.7% of users", "a {b} c", "f(x) = {x}", "50 %d’intérêt"})
    EXPECT_FALSE(HoldsPlaceholder(line)) << line;
}

TEST(Score, IsAProbabilityOfNamedFeatures) {
  FeatureVector features;
  EXPECT_LT(Probability(Evidence(features)), 0.1) << "a block is text until something says otherwise";
  features[Feature::kStrongLine] = 1;
  EXPECT_GT(Probability(Evidence(features)), 0.5);
  for (size_t i = 0; i < kFeatures; ++i) EXPECT_FALSE(FeatureName(static_cast<Feature>(i)).empty());
}

TEST(Kinds, HaveNamesThatRead) {
  for (size_t i = 1; i < kKinds; ++i) EXPECT_EQ(KindNamed(KindName(static_cast<Kind>(i))), static_cast<Kind>(i));
}

TEST(Favor, MovesTheThreshold) {
  EXPECT_LT(PolicyFor("precision").rule_threshold, PolicyFor("balanced").rule_threshold);
  EXPECT_LT(PolicyFor("balanced").rule_threshold, PolicyFor("recall").rule_threshold);
  EXPECT_LT(PolicyFor("precision").beta, PolicyFor("balanced").beta);
  EXPECT_LT(PolicyFor("balanced").beta, PolicyFor("recall").beta);
}

class Stage : public ::testing::Test {
 protected:
  v1::Edits Run(const std::string& text, const BoilerplateStripperOptions& options = {}) {
    testing::TestContext context("boilerplate_stripper", GARNER_PLUGIN_DATA_DIR);
    context.set_manifest_dir(::testing::TempDir());
    const std::unique_ptr<garner::Stage> stage(garner_plugin.make());
    EXPECT_TRUE(stage->Configure(context, options.SerializeAsString()).ok());
    const Status opened = stage->Open();
    EXPECT_TRUE(opened.ok()) << opened.message();
    Edits edits;
    EXPECT_TRUE(dynamic_cast<TransformStage&>(*stage).Process(testing::DocumentFromText(text).document, edits).ok());
    return edits.proto();
  }
};

TEST_F(Stage, EveryRemovalHasRuleScoreAndThreshold) {
  const v1::Edits edits = Run("The ferry takes two hours.\n\nShare this article\n\nLeave a comment\n");
  ASSERT_EQ(edits.erase_size(), 2);
  EXPECT_EQ(edits.erase(0).rule(), "share_buttons");
  EXPECT_EQ(edits.erase(1).rule(), "comment_form");
  for (const v1::Erase& erase : edits.erase()) EXPECT_GE(erase.score(), erase.threshold());
}

TEST_F(Stage, EmptyDocumentsAndDocumentsOfButtonsAreFine) {
  EXPECT_EQ(Run("").erase_size(), 0);
  Run("Share\n");
  Run("\n\n\n");
}

TEST_F(Stage, UsersAddPhrases) {
  std::ofstream(::testing::TempDir() + "own.lexicon") << "[newsletter]\nget the harbour letter\n";
  BoilerplateStripperOptions options;
  options.add_lexicons("own.lexicon");
  const std::string text = "The ferry takes two hours.\n\nGet the Harbour Letter\n\nIt leaves at six in the morning.\n";
  EXPECT_EQ(Run(text).erase_size(), 0);
  EXPECT_EQ(Run(text, options).erase_size(), 1);
}

TEST_F(Stage, LongLinesAndManyBlocksTakeLinearTime) {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += i % 3 == 0 ? "Share\n" : "For item\n";
  Run(text);
  Run(std::string(4'000'000, 'a') + "\n" + "(" + std::string(1'000'000, ')') + "\n");
}

}  // namespace
}  // namespace garner::boilerplate_stripper
