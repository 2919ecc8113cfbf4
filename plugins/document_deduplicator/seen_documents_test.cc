// Which document a new one repeats, and that a crowd of similar ones costs a bounded time.
#include "seen_documents.h"

#include <gtest/gtest.h>

#include <random>

namespace garner::document_deduplicator {
namespace {

constexpr double kThreshold = 0.8;

// A document of `size` elements, of which the last `changed` are its own. `text` makes texts equal or different.
Fingerprint Made(uint32_t text, size_t size, size_t changed, uint32_t own) {
  std::vector<uint32_t> elements;
  std::mt19937 common(7);
  std::mt19937 rest(own);
  for (size_t i = 0; i < size; ++i) elements.push_back(static_cast<uint32_t>(i + changed < size ? common() : rest()));
  Fingerprint fingerprint;
  for (size_t i = 0; i < 4; ++i) fingerprint.text[i] = static_cast<uint8_t>(text >> (8 * i));
  const MinHashes hashes = MinHash(elements);
  fingerprint.near = Near{Shorten(hashes), BandKeys(hashes, BandsFor(kThreshold))};
  return fingerprint;
}

TEST(BandTable, KeepsTheFirstOfAKeyInOrder) {
  BandTable table;
  for (uint32_t number = 0; number < 100'000; ++number) table.Add(number % 5'000, number);
  for (uint32_t key = 0; key < 5'000; ++key) {
    std::vector<uint32_t> found;
    table.ForEach(key, [&](uint32_t number) { found.push_back(number); });
    ASSERT_EQ(found.size(), BandTable::kMaxPerKey);
    for (size_t i = 0; i < found.size(); ++i) ASSERT_EQ(found[i], key + 5'000 * i);
  }
  table.ForEach(5'000, [](uint32_t) { FAIL() << "nobody has this key"; });
}

TEST(SeenDocuments, FindTheSameTextFirst) {
  SeenDocuments seen(kThreshold);
  seen.Add(Made(1, 500, 10, 1), {"near", "near.txt"});
  seen.Add(Made(2, 500, 100, 2), {"same", "same.txt"});
  const std::optional<Match> match = seen.Find(Made(2, 500, 0, 3));
  ASSERT_TRUE(match.has_value());
  EXPECT_TRUE(match->exact);
  EXPECT_EQ(seen.name(match->document).id, "same");
}

TEST(SeenDocuments, FindTheMostSimilar) {
  SeenDocuments seen(kThreshold);
  seen.Add(Made(1, 500, 40, 1), {"far", ""});
  seen.Add(Made(2, 500, 10, 2), {"near", ""});
  seen.Add(Made(3, 500, 30, 3), {"middle", ""});
  const std::optional<Match> match = seen.Find(Made(4, 500, 0, 4));
  ASSERT_TRUE(match.has_value());
  EXPECT_FALSE(match->exact);
  EXPECT_EQ(seen.name(match->document).id, "near");
  EXPECT_NEAR(match->similarity, 490.0 / 510.0, 0.06);
}

TEST(SeenDocuments, LeaveOthersAlone) {
  SeenDocuments seen(kThreshold);
  seen.Add(Made(1, 500, 250, 1), {"half", ""});
  EXPECT_FALSE(seen.Find(Made(2, 500, 250, 2)).has_value());
  EXPECT_FALSE(SeenDocuments(kThreshold).Find(Made(2, 500, 0, 2)).has_value());
}

TEST(SeenDocuments, WithoutSignatureAreComparedWordForWord) {
  SeenDocuments seen(kThreshold);
  Fingerprint short_one;
  short_one.text[0] = 9;
  seen.Add(short_one, {"short", ""});
  EXPECT_TRUE(seen.Find(short_one)->exact);
  EXPECT_FALSE(seen.Find(Made(1, 500, 0, 1)).has_value());
}

// Pages of one template: just below the threshold, all of them alike. The copy of one is still found.
TEST(SeenDocuments, FindACopyInACrowd) {
  SeenDocuments seen(kThreshold);
  for (uint32_t i = 0; i < 2000; ++i) seen.Add(Made(i, 400, 130, i), {std::to_string(i), ""});
  int found = 0;
  for (uint32_t i = 0; i < 2000; i += 20) {
    Fingerprint copy = Made(i, 400, 130, i);
    copy.text[5] = 1;
    const std::optional<Match> match = seen.Find(copy);
    found += match && seen.name(match->document).id == std::to_string(i);
  }
  EXPECT_EQ(found, 100);
}

}  // namespace
}  // namespace garner::document_deduplicator
