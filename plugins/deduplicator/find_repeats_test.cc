// What case files cannot say: large and hostile documents cost near-linear time; metadata has an origin.
#include "find_repeats.h"

#include <gtest/gtest.h>

#include <string>

#include "garner/testing/documents.h"

namespace garner::deduplicator {
namespace {

// A paragraph of `words` words chosen by a generator, different for every seed.
std::string RandomParagraph(uint64_t seed, int words, uint64_t vocabulary) {
  std::string text;
  for (int i = 0; i < words; ++i) {
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    text += "w" + std::string(1 + (seed >> 60), static_cast<char>('a' + (seed >> 33) % 26)) +
            std::to_string((seed >> 20) % vocabulary) + "x ";
  }
  return text;
}

v1::Document Document(int paragraphs, int distinct, uint64_t vocabulary) {
  std::string text;
  for (int i = 0; i < paragraphs; ++i)
    text += RandomParagraph(static_cast<uint64_t>(i % distinct) * 77 + 5, 20, vocabulary) + "\n\n";
  return testing::DocumentFromText(text).document;
}

TEST(FindRepeats, TwentyThousandParagraphsWithFewWords) {
  EXPECT_TRUE(FindRepeats(Document(20000, 20000, 3), {}).size() < 20000);
}

TEST(FindRepeats, TwentyThousandCopiesOfOneParagraph) { EXPECT_EQ(FindRepeats(Document(20000, 1, 1000), {}).size(), 19999u); }

TEST(FindRepeats, EachOfManyParagraphsComesThreeTimes) {
  EXPECT_EQ(FindRepeats(Document(15000, 5000, 100000), {}).size(), 10000u);
}

TEST(FindRepeats, ThirtyThousandDistinctParagraphs) { EXPECT_TRUE(FindRepeats(Document(30000, 30000, 100000000), {}).empty()); }

TEST(FindRepeats, ThirtyThousandCopies) { EXPECT_EQ(FindRepeats(Document(30000, 1, 1000), {}).size(), 29999u); }

TEST(FindRepeats, ThirtyThousandLinesDoubled) {
  std::string half;
  for (int i = 0; i < 15000; ++i) half += "w" + std::to_string(i) + "\n" + (i % 3 == 0 ? "the same line\n" : "");
  const v1::Document document = testing::DocumentFromText(half + half).document;
  EXPECT_EQ(FindRepeats(document, {}).size(), static_cast<size_t>(document.blocks_size()) / 2);
}

TEST(FindRepeats, ThirtyThousandNearCopies) {
  const std::string common = RandomParagraph(3, 18, 1000);
  std::string text;
  for (int i = 0; i < 30000; ++i) text += "n" + std::to_string(i % 5000) + "x " + common + "end.\n\n";
  EXPECT_LT(FindRepeats(testing::DocumentFromText(text).document, {}).size(), 30000u);
}

TEST(FindRepeats, TeasersOfOneLongParagraph) {
  std::string text;
  for (int i = 0; i < 2000; ++i) text += RandomParagraph(static_cast<uint64_t>(i) * 77 + 5, 10, 100000) + "end.\n\n";
  std::string all;
  for (int i = 0; i < 2000; ++i) all += RandomParagraph(static_cast<uint64_t>(i) * 77 + 5, 10, 100000);
  EXPECT_LT(FindRepeats(testing::DocumentFromText(text + all + ".").document, {}).size(), 2000u);
}

TEST(FindRepeats, OneLineOfTwoMegabytes) {
  std::string text;
  while (text.size() < 2000000) text += RandomParagraph(text.size(), 20, 100000);
  EXPECT_TRUE(FindRepeats(testing::DocumentFromText(text).document, {}).empty());
}

v1::Document DescribedDocument(const std::string& origin) {
  v1::Document document =
      testing::DocumentFromText(
          "Tenants spend half of their pay on rent and heating.\n\nThe figures come from a survey of nine hundred flats.\n")
          .document;
  v1::Metadata& description = *document.add_metadata();
  description.set_key("description");
  description.set_value("Tenants spend half of their pay on rent and heating.");
  description.set_origin(origin);
  description.set_chosen(true);
  return document;
}

TEST(FindRepeats, ACopyOfWhatWasTakenOutAsDescription) {
  const std::vector<Repeat> repeats = FindRepeats(DescribedDocument("text_line"), {});
  ASSERT_EQ(repeats.size(), 1u);
  EXPECT_EQ(repeats[0].block, 0);
  EXPECT_EQ(repeats[0].rule, Repeat::Rule::kMetadata);
}

// The text may hold the only copy of what a page's head says.
TEST(FindRepeats, ADescriptionFromTheHeadOfThePage) { EXPECT_TRUE(FindRepeats(DescribedDocument("opengraph"), {}).empty()); }

TEST(FindRepeats, NothingInAnEmptyDocument) { EXPECT_TRUE(FindRepeats(v1::Document(), {}).empty()); }

}  // namespace
}  // namespace garner::deduplicator
