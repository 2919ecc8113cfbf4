// What case files cannot say: large and hostile documents cost near-linear time.
#include "find_repeats.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/documents.h"

namespace garner::deduplicator {
namespace {

// A paragraph of `words` words chosen by a generator, different for every seed.
std::string RandomParagraph(uint64_t seed, int words, uint64_t vocabulary) {
  std::string text;
  for (int i = 0; i < words; ++i) {
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    text += "w" + std::string(1 + (seed >> 60), static_cast<char>('a' + (seed >> 33) % 26)) + std::to_string((seed >> 20) % vocabulary) + "x ";
  }
  return text;
}

v1::Document Document(int paragraphs, int distinct, uint64_t vocabulary) {
  std::string text;
  for (int i = 0; i < paragraphs; ++i) text += RandomParagraph(static_cast<uint64_t>(i % distinct) * 77 + 5, 20, vocabulary) + "\n\n";
  return testing::DocumentFromText(text).document;
}

TEST(FindRepeats, TwentyThousandParagraphsWithFewWords) { EXPECT_TRUE(FindRepeats(Document(20000, 20000, 3), {}).size() < 20000); }

TEST(FindRepeats, TwentyThousandCopiesOfOneParagraph) { EXPECT_EQ(FindRepeats(Document(20000, 1, 1000), {}).size(), 19999u); }

TEST(FindRepeats, EachOfManyParagraphsComesThreeTimes) { EXPECT_EQ(FindRepeats(Document(15000, 5000, 100000), {}).size(), 10000u); }

TEST(FindRepeats, AHundredThousandDistinctParagraphs) { EXPECT_TRUE(FindRepeats(Document(100000, 100000, 100000000), {}).empty()); }

TEST(FindRepeats, AHundredThousandCopies) { EXPECT_EQ(FindRepeats(Document(100000, 1, 1000), {}).size(), 99999u); }

TEST(FindRepeats, AHundredThousandLinesDoubled) {
  std::string half;
  for (int i = 0; i < 50000; ++i) half += "w" + std::to_string(i) + "\n" + (i % 3 == 0 ? "the same line\n" : "");
  const v1::Document document = testing::DocumentFromText(half + half).document;
  EXPECT_EQ(FindRepeats(document, {}).size(), static_cast<size_t>(document.blocks_size()) / 2);
}

TEST(FindRepeats, AHundredThousandNearCopies) {
  const std::string common = RandomParagraph(3, 18, 1000);
  std::string text;
  for (int i = 0; i < 100000; ++i) text += "n" + std::to_string(i % 5000) + "x " + common + "end.\n\n";
  EXPECT_LT(FindRepeats(testing::DocumentFromText(text).document, {}).size(), 100000u);
}

TEST(FindRepeats, TeasersOfOneLongParagraph) {
  std::string text;
  for (int i = 0; i < 2000; ++i) text += RandomParagraph(static_cast<uint64_t>(i) * 77 + 5, 10, 100000) + "end.\n\n";
  std::string all;
  for (int i = 0; i < 2000; ++i) all += RandomParagraph(static_cast<uint64_t>(i) * 77 + 5, 10, 100000);
  EXPECT_LT(FindRepeats(testing::DocumentFromText(text + all + ".").document, {}).size(), 2000u);
}

TEST(FindRepeats, OneLineOfTenMegabytes) {
  std::string text;
  while (text.size() < 10000000) text += RandomParagraph(text.size(), 20, 100000);
  EXPECT_TRUE(FindRepeats(testing::DocumentFromText(text).document, {}).empty());
}

TEST(FindRepeats, NothingInAnEmptyDocument) { EXPECT_TRUE(FindRepeats(v1::Document(), {}).empty()); }

}  // namespace
}  // namespace garner::deduplicator
