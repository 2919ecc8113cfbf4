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

TEST(FindRepeats, NothingInAnEmptyDocument) { EXPECT_TRUE(FindRepeats(v1::Document(), {}).empty()); }

}  // namespace
}  // namespace garner::deduplicator
