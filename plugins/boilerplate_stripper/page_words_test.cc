#include "page_words.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "garner/html_elements.h"
#include "garner/testing/documents.h"

namespace garner::boilerplate_stripper {
namespace {

struct Line {
  std::string text;
  std::string path;
};

testing::TestDocument PageOf(const std::vector<Line>& lines) {
  std::string text;
  for (const Line& line : lines) text += line.text + "\n\n";
  testing::TestDocument made = testing::DocumentFromText(text);
  for (size_t i = 0; i < lines.size(); ++i) SetHtmlPath(&made.document, made.document.mutable_blocks(static_cast<int>(i)), lines[i].path);
  return made;
}

std::map<uint32_t, int> FeaturesOf(const v1::Document& document, size_t block) {
  const Analysis analysis(document, Lexicon());
  std::map<uint32_t, int> features;
  PageWords(analysis).Visit(block, [&](uint32_t feature) { ++features[feature]; });
  return features;
}

// Every feature its own weight, as far as bytes go.
WordWeights SomeWeights() {
  std::vector<int8_t> steps(1U << 12);
  for (size_t i = 0; i < steps.size(); ++i) steps[i] = static_cast<int8_t>(static_cast<int>(i * 37 % 255) - 127);
  return WordWeights(12, 0.01F, 0.5F, steps);
}

TEST(PageWords, TheLogOddsAreTheSumOverTheFeatures) {
  const testing::TestDocument made = PageOf({{"Subscribe now", "div.post.body/aside.box/p"}, {"The ferry leaves at eight.", "div.post.body/p.post"}, {"3 of 4", ""}});
  const Analysis analysis(made.document, Lexicon());
  const PageWords words(analysis);
  const WordWeights weights = SomeWeights();
  const WordOdds odds = words.LogOdds(weights);
  for (size_t i = 0; i < analysis.facts.size(); ++i) {
    float sum = weights.bias();
    words.Visit(i, [&](uint32_t feature) { sum += weights[feature]; });
    EXPECT_NEAR(odds.all[i], sum, 1e-4) << i;
  }
}

TEST(PageWords, CaseAndNumbersDoNotCount) {
  const testing::TestDocument made = PageOf({{"Read 12 COMMENTS", "p"}, {"read 3 comments", "p"}, {"read no comments", "p"}});
  EXPECT_EQ(FeaturesOf(made.document, 0), FeaturesOf(made.document, 1));
  EXPECT_NE(FeaturesOf(made.document, 0), FeaturesOf(made.document, 2));
}

TEST(PageWords, TheElementsOfABlockCount) {
  const testing::TestDocument made = PageOf({{"More", "div.related/p"}, {"More", "div.body/p"}, {"More", ""}});
  EXPECT_NE(FeaturesOf(made.document, 0), FeaturesOf(made.document, 1));
  EXPECT_LT(FeaturesOf(made.document, 2).size(), FeaturesOf(made.document, 1).size());
}

TEST(PageWords, AClassWordOfSeveralElementsCountsOnce) {
  const testing::TestDocument once = PageOf({{"More", "div.grid/div/div/div/div/p"}});
  const testing::TestDocument often = PageOf({{"More", "div.grid/div.grid/div.grid/div/div/p"}});
  EXPECT_EQ(FeaturesOf(once.document, 0), FeaturesOf(often.document, 0));
}

TEST(PageWords, OfALongTextTheFirstWordsCount) {
  std::string text;
  for (int i = 0; i < 30; ++i) text += "word" + std::string(1, static_cast<char>('a' + i % 26)) + " ";
  const testing::TestDocument made = PageOf({{text + "tail", "p"}, {text + "end", "p"}});
  EXPECT_EQ(FeaturesOf(made.document, 0), FeaturesOf(made.document, 1));
}

TEST(PageWords, PlainTextHasNothingButItsWords) {
  const testing::TestDocument made = testing::DocumentFromText("A line.\n\nAnother one.\n");
  const Analysis analysis(made.document, Lexicon());
  const WordOdds odds = PageWords(analysis).LogOdds(WordWeights());
  EXPECT_EQ(odds.all, (std::vector<float>{0, 0}));
  EXPECT_FALSE(FeaturesOf(made.document, 1).empty());
}

}  // namespace
}  // namespace garner::boilerplate_stripper
