#include "model_features.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "garner/testing/documents.h"
#include "keep_cut.h"

namespace garner::boilerplate_stripper {
namespace {

TEST(Shape, CountsWhatATextIsMadeOf) {
  const TextShape shape = ReadShape("The ferry left at 6, half empty. \"Nobody paid $5!\"");
  EXPECT_EQ(shape.words, 10U);
  EXPECT_EQ(shape.capital_words, 2U);
  EXPECT_EQ(shape.number_words, 2U);
  EXPECT_EQ(shape.lower_words, 6U);
  EXPECT_EQ(shape.short_words, 1U);
  EXPECT_EQ(shape.commas, 1U);
  EXPECT_EQ(shape.stops, 1U) << "the stop at the end is no inner one";
  EXPECT_TRUE(shape.currency);
  EXPECT_TRUE(shape.quote);
  EXPECT_EQ(shape.first, TextShape::First::kCapital);
  EXPECT_EQ(shape.last, TextShape::Last::kStop) << "a quotation mark does not hide it";
}

TEST(Shape, OtherScripts) {
  EXPECT_EQ(ReadShape("Паром ушёл в шесть утра").short_words, 1U);
  EXPECT_EQ(ReadShape("渡船は朝六時に出ます。").words, 5U);
  EXPECT_EQ(ReadShape("渡船は朝六時に出ます。").last, TextShape::Last::kStop);
  EXPECT_EQ(ReadShape("© Έλενα").first, TextShape::First::kOther);
  EXPECT_TRUE(ReadShape("© Έλενα").copyright);
  EXPECT_EQ(ReadShape("").words, 0U);
}

TEST(Shape, OfALongBlockTheBeginningIsRead) {
  const std::string text(3 * kMaxShapeBytes, 'a');
  EXPECT_EQ(ReadShape(text).bytes, text.size());
  EXPECT_EQ(ReadShape(text).letters, kMaxShapeBytes);
}

TEST(ModelFeatures, HaveOneNameEach) {
  const auto& names = ModelFeatures::Names();
  EXPECT_EQ(std::set<std::string_view>(names.begin(), names.end()).size(), names.size());
  const auto read = testing::DocumentFromText("Menu\n\nThe ferry takes two hours and leaves at six.\n\nShare\n");
  const Analysis analysis(read.document, Lexicon());
  const ModelFeatures features(analysis);
  for (size_t i = 0; i < analysis.facts.size(); ++i) {
    constexpr float kUnwritten = -12345;
    std::vector<float> row(names.size() + 1, kUnwritten);
    features.WriteRow(i, row.data());
    EXPECT_EQ(row.back(), kUnwritten);
    EXPECT_EQ(std::count(row.begin(), row.end(), kUnwritten), 1);
  }
}

// Whoever saved the page decides about empty lines; the model must not.
TEST(ModelFeatures, AreTheSameWithAndWithoutEmptyLines) {
  const auto rows = [](const std::string& gap) {
    std::string text;
    for (const char* line : {"Home", "Timetable", "The ferry takes two hours and leaves at six.", "Nobody paid for the boat in all these years.", "Share"})
      text += line + gap;
    const auto read = testing::DocumentFromText(text);
    const Analysis analysis(read.document, Lexicon());
    const size_t width = ModelFeatures::Names().size();
    std::vector<float> out(analysis.facts.size() * width);
    for (size_t i = 0; i < analysis.facts.size(); ++i) ModelFeatures(analysis).WriteRow(i, &out[i * width]);
    return out;
  };
  EXPECT_EQ(rows("\n"), rows("\n\n"));
}

TEST(BestCut, IsWhereTheExpectedMeasureIsBest) {
  // Both sure blocks: 2 * 18 / (20 + 23) = .84; with the doubtful one .83; all: .73.
  EXPECT_FLOAT_EQ(BestCut({0.9F, 0.9F, 0.4F, 0.1F}, {10, 10, 10, 10}, 1, 0.02, 0), 0.9F);
  EXPECT_FLOAT_EQ(BestCut({0.9F, 0.9F, 0.6F, 0.1F}, {10, 10, 10, 10}, 1, 0.02, 0), 0.6F);
  EXPECT_FLOAT_EQ(BestCut({0.9F, 0.9F, 0.4F, 0.1F}, {10, 10, 10, 10}, 2, 0.02, 0), 0.4F) << "recall counts more";
}

TEST(BestCut, LeavesACleanTextWhole) {
  EXPECT_FLOAT_EQ(BestCut({0.3F, 0.3F, 0.28F}, {10, 10, 10}, 1, 0.02, 0), 0.0F) << "all doubtful: all stay";
  EXPECT_FLOAT_EQ(BestCut({0.95F, 0.95F, 0.3F}, {500, 500, 10}, 1, 0.02, 0), 0.0F) << "next to nothing to be won";
  EXPECT_FLOAT_EQ(BestCut({0.95F, 0.95F, 0.3F}, {500, 500, 10}, 1, 0, 0), 0.95F);
  EXPECT_FLOAT_EQ(BestCut({}, {}, 1, 0.02, 0), 0.0F);
  EXPECT_EQ(BestCut({0.3F, 0.1F, 0.1F}, {10, 50, 50}, 1, 0, 0.1), 0.3F);
  EXPECT_EQ(BestCut({0.3F, 0.1F, 0.1F}, {10, 50, 50}, 1, 0, 0.4), kCutsAll) << "even the best promises little";
  EXPECT_FLOAT_EQ(BestCut({0.9F}, {0}, 1, 0.02, 0), 0.0F);
}

}  // namespace
}  // namespace garner::boilerplate_stripper
