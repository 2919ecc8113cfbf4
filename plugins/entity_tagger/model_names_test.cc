// Sentences, what a document says of its words, and how the rules' names and the model's become one list.
#include "model_names.h"

#include <gtest/gtest.h>

#include "reading.h"

namespace garner::entity_tagger {
namespace {

class ModelNamesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const Result<std::shared_ptr<const Lists>> lists = Lists::Load(GARNER_PLUGIN_DATA_DIR);
    ASSERT_TRUE(lists.ok()) << lists.status().message();
    lists_ = *lists;
  }

  // The text's words, and nothing that the rules found in it.
  Scene SceneOf(std::string_view text) {
    Tokenize(text, {0, text.size()}, tokens_);
    LookUpKinds(text, *lists_, Language(), tokens_);
    taken_.assign(tokens_.size(), false);
    return {text, tokens_, *lists_, taken_, false, Language()};
  }

  std::shared_ptr<const Lists> lists_;
  Tokens tokens_;
  std::vector<bool> taken_;
};

std::vector<std::string> Sentences(std::string_view text) {
  static const Result<std::shared_ptr<const Lists>> lists = Lists::Load(GARNER_PLUGIN_DATA_DIR);
  Tokens tokens;
  Tokenize(text, {0, text.size()}, tokens);
  LookUpKinds(text, **lists, Language(), tokens);
  std::vector<std::string> sentences;
  for (const TokenRange& range : SentencesOf(tokens))
    sentences.emplace_back(text.substr(tokens[range.begin].begin, tokens[range.end - 1].end - tokens[range.begin].begin));
  return sentences;
}

TEST(SentencesTest, EndAtFullStopsAndNotAtAbbreviations) {
  EXPECT_EQ(Sentences("Mr. J. Okoro left. He came back! Why?"),
            (std::vector<std::string>{"Mr. J. Okoro left.", "He came back!", "Why?"}));
  EXPECT_EQ(Sentences("“It rained.” The ferry waited."), (std::vector<std::string>{"“It rained.”", "The ferry waited."}));
  EXPECT_EQ(Sentences("It cost approx. five coins."), (std::vector<std::string>{"It cost approx. five coins."}));
  EXPECT_EQ(Sentences("See page.html and go."), (std::vector<std::string>{"See page.html and go."}));
  EXPECT_TRUE(Sentences("").empty());
}

TEST(SentencesTest, AbbreviationsEndSomeAndWordsThatLookLikeThemAll) {
  EXPECT_EQ(Sentences("It left at 5 p.m. The ferry of Gulf Lines Inc. It was late."),
            (std::vector<std::string>{"It left at 5 p.m.", "The ferry of Gulf Lines Inc.", "It was late."}));
  EXPECT_EQ(Sentences("The U.S. Navy came. St. Mary fell on Jan. Fifth."), (std::vector<std::string>{"The U.S. Navy came.", "St. Mary fell on Jan. Fifth."}));
  EXPECT_EQ(Sentences("They sat. The sun. Bears slept."), (std::vector<std::string>{"They sat.", "The sun.", "Bears slept."}));
  EXPECT_EQ(Sentences("See No. 5 and Art. 14 of it. 7 came."), (std::vector<std::string>{"See No. 5 and Art. 14 of it.", "7 came."}));
}

TEST(SentencesTest, AreNeverTooLongAndLeaveNothingOut) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "word ";
  Tokens tokens;
  Tokenize(text, {0, text.size()}, tokens);
  size_t at = 0;
  for (const TokenRange& range : SentencesOf(tokens)) {
    EXPECT_EQ(range.begin, at);
    EXPECT_LE(range.end - range.begin, kLongestSentence);
    EXPECT_LT(range.begin, range.end);
    at = range.end;
  }
  EXPECT_EQ(at, tokens.size());
}

TEST_F(ModelNamesTest, EvidenceIsOfTheWholeDocument) {
  const std::string text = "Wren met Tarn Wren near the wren.";
  const Scene scene = SceneOf(text);
  WordEvidence evidence;
  EXPECT_EQ(evidence.Of(tokens_[0].hash), 0U);
  evidence.AddNames(scene, {{2, 4, "PERSON", {}, 0.9F}});
  evidence.AddLowerCase(tokens_);
  EXPECT_EQ(evidence.Of(tokens_[0].hash),
            uint32_t{WordEvidence::kLastOfPerson | WordEvidence::kWithin | WordEvidence::kLowerCase});
  EXPECT_EQ(evidence.Of(tokens_[2].hash), uint32_t{WordEvidence::kFirstOfPerson | WordEvidence::kWithin});
  EXPECT_EQ(evidence.Of(tokens_[1].hash), 0U);
}

TEST_F(ModelNamesTest, EvidenceGrowsWithTheDocument) {
  std::string text;
  for (int i = 0; i < 3000; ++i) text += "Q" + std::to_string(i) + "x ";
  const Scene scene = SceneOf(text);
  WordEvidence evidence;
  evidence.AddNames(scene, {});
  for (const Token& token : tokens_)
    if (!token.sentence_start) {
      ASSERT_NE(evidence.Of(token.hash) & WordEvidence::kWithin, 0U) << View(text, token);
    }
}

TEST_F(ModelNamesTest, ARuleAddsWhatTheModelDoesNotKnow) {
  const Scene scene = SceneOf("The Gulf Harbour and Oslo");
  const std::vector<Name> merged = MergeNames(scene, {{1, 3, "FAC", {}, 0.85F}, {4, 5, "GPE", "Oslo", 0.95F}},
                                              {{1, 3, "GPE", {}, 0.4F}, {4, 5, "GPE", {}, 0.99F}});
  ASSERT_EQ(merged.size(), 2U);
  EXPECT_EQ(merged[0].label, "FAC");
  EXPECT_FLOAT_EQ(merged[0].confidence, 0.85F);
  EXPECT_EQ(merged[1].canonical, "Oslo");
  EXPECT_FLOAT_EQ(merged[1].confidence, 0.99F);
}

TEST_F(ModelNamesTest, TheModelDecidesWhereANameBeginsAndWhatItIs) {
  const Scene scene = SceneOf("then Norwegian Oak Society met Ada");
  const std::vector<Name> merged =
      MergeNames(scene, {{1, 2, "NORP", "Norwegian", 0.95F}, {2, 4, "ORG", {}, 0.85F}, {5, 6, "GPE", {}, 0.5F}},
                 {{1, 4, "ORG", {}, 0.8F}, {5, 6, "PERSON", {}, 0.7F}});
  ASSERT_EQ(merged.size(), 2U);
  EXPECT_EQ(merged[0].begin, 1U);
  EXPECT_EQ(merged[0].end, 4U);
  EXPECT_EQ(merged[0].label, "ORG");
  EXPECT_EQ(merged[1].label, "PERSON");
}

TEST_F(ModelNamesTest, WhatTheRulesAloneKnowStays) {
  const Scene scene = SceneOf("the Norwegian crew left Chad before Storm Abel");
  const std::vector<Name> merged =
      MergeNames(scene, {{1, 2, "NORP", "Norwegian", 0.95F}, {4, 5, "GPE", "Chad", 0.95F}, {6, 8, "EVENT", {}, 0.85F}},
                 {{7, 8, "PERSON", {}, 0.6F}});
  ASSERT_EQ(merged.size(), 3U);
  EXPECT_EQ(merged[0].label, "NORP");
  EXPECT_EQ(merged[1].label, "GPE");
  EXPECT_EQ(merged[2].label, "EVENT");
}

TEST_F(ModelNamesTest, AListedOwnerIsANameOfItsOwn) {
  const Scene scene = SceneOf("at Ghana's Fishing Court and Vorrel's Fishing Court");
  const std::vector<Name> merged =
      MergeNames(scene, {{1, 2, "GPE", "Ghana", 0.95F}}, {{1, 5, "ORG", {}, 0.8F}, {6, 10, "ORG", {}, 0.8F}});
  ASSERT_EQ(merged.size(), 3U);
  EXPECT_EQ(merged[0].label, "GPE");
  EXPECT_EQ(merged[1].begin, 3U);
  EXPECT_EQ(merged[1].end, 5U);
  EXPECT_EQ(merged[2].begin, 6U);
  EXPECT_EQ(merged[2].end, 10U);
}

TEST_F(ModelNamesTest, TheOwnerOfACommonNounIsTheWholeName) {
  const Scene scene = SceneOf("on Vorrel's west quay and Tarn's Old Quay");
  const std::vector<Name> merged = MergeNames(scene, {{1, 2, "GPE", {}, 0.7F}, {6, 7, "GPE", {}, 0.7F}},
                                              {{1, 5, "GPE", {}, 0.8F}, {6, 10, "GPE", {}, 0.8F}});
  ASSERT_EQ(merged.size(), 2U);
  EXPECT_EQ(merged[0].begin, 1U);
  EXPECT_EQ(merged[0].end, 2U);
  EXPECT_EQ(merged[1].end, 10U) << "a rule that is not sure leaves a name with capitals whole";
}

TEST_F(ModelNamesTest, WordsWithoutACapitalNeedAModelThatIsSure) {
  const Scene scene = SceneOf("The pak choi by @pak choi and a north gate");
  const std::vector<Name> found = {{1, 3, "PERSON", {}, 0.5F}, {5, 7, "PERSON", {}, 0.5F}, {9, 11, "GPE", {}, 0.7F}};
  const std::vector<Name> merged = MergeNames(scene, {}, found);
  ASSERT_EQ(merged.size(), 2U);
  EXPECT_EQ(merged[0].begin, 5U) << "handles are written without capitals";
  EXPECT_EQ(merged[1].begin, 9U);
}

TEST_F(ModelNamesTest, ADoubtfulWordThatOpensASentenceIsNone) {
  const Scene scene = SceneOf("Slushwater came and Slushwater stayed");
  const std::vector<Name> merged = MergeNames(scene, {}, {{0, 1, "PERSON", {}, 0.45F}, {3, 4, "PERSON", {}, 0.45F}});
  ASSERT_EQ(merged.size(), 1U);
  EXPECT_EQ(merged[0].begin, 3U);
}

TEST_F(ModelNamesTest, AnUnsureRuleFallsWhereTheModelSeesNoName) {
  const Scene scene = SceneOf("a Quick Brown day");
  EXPECT_TRUE(MergeNames(scene, {{1, 3, "PERSON", {}, 0.6F}}, {}).empty());
}

TEST_F(ModelNamesTest, MergedNamesNeverOverlap) {
  const Scene scene = SceneOf("Aa Bb Cc Dd Ee Ff Gg Hh");
  const std::vector<Name> rules = {{0, 4, "EVENT", {}, 0.85F}, {4, 6, "ORG", {}, 0.85F}, {6, 8, "NORP", {}, 0.95F}};
  for (size_t begin = 0; begin < 8; ++begin)
    for (size_t middle = begin + 1; middle <= 8; ++middle)
      for (size_t end = middle; end <= 8; ++end) {
        std::vector<Name> found = {{begin, middle, "ORG", {}, 0.7F}};
        if (end > middle) found.push_back({middle, end, "PERSON", {}, 0.7F});
        size_t at = 0;
        for (const Name& name : MergeNames(scene, rules, found)) {
          EXPECT_GE(name.begin, at);
          EXPECT_LT(name.begin, name.end);
          at = name.end;
        }
      }
}

}  // namespace
}  // namespace garner::entity_tagger
