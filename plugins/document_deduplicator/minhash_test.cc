// Estimates are those of the theory, whichever instructions make them.
#include "minhash.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "bands.h"

namespace garner::document_deduplicator {
namespace {

// Two sets of so many elements together, and what they share of them.
struct Pair {
  std::vector<uint32_t> a;
  std::vector<uint32_t> b;
};

Pair MakePair(size_t together, size_t shared, std::mt19937& random) {
  Pair pair;
  for (size_t i = 0; i < together; ++i) {
    const auto element = static_cast<uint32_t>(random());
    if (i < shared || i % 2 == 0) pair.a.push_back(element);
    if (i < shared || i % 2 == 1) pair.b.push_back(element);
  }
  return pair;
}

double Estimate(const Pair& pair) { return EstimateSimilarity(Shorten(MinHash(pair.a)), Shorten(MinHash(pair.b))); }

TEST(MinHash, IsTheSameWithoutSpecialInstructions) {
  std::mt19937 random(1);
  for (const size_t size : {0U, 1U, 2U, 31U, 1000U}) {
    const Pair pair = MakePair(size, size, random);
    EXPECT_EQ(MinHash(pair.a), PortableMinHash(pair.a)) << size;
  }
}

// Kept in journals: another value would make old records useless without anybody seeing it.
TEST(MinHash, HasTheValuesOfEveryDay) {
  const MinHashes hashes = MinHash({1, 2, 3});
  EXPECT_EQ(hashes[0], PortableMinHash({3, 2, 1})[0]) << "the order of a set is none";
  EXPECT_EQ(hashes[0], 1411131271U);
  EXPECT_EQ(hashes[127], 864966235U);
}

TEST(MinHash, EstimatesWithoutBiasAndWithinTheoryForSetsOfAnySize) {
  std::mt19937 random(2);
  const int rounds = 300;
  for (const size_t together : {20U, 60U, 300U, 2000U}) {
    for (const double wanted : {0.0, 0.3, 0.5, 0.8, 0.9, 1.0}) {
      const auto shared = static_cast<size_t>(wanted * static_cast<double>(together));
      const double truth = static_cast<double>(shared) / static_cast<double>(together);
      double sum = 0;
      double squares = 0;
      for (int round = 0; round < rounds; ++round) {
        const double error = Estimate(MakePair(together, shared, random)) - truth;
        sum += error;
        squares += error * error;
      }
      SCOPED_TRACE(std::to_string(together) + " " + std::to_string(truth));
      EXPECT_NEAR(sum / rounds, 0, 0.01);
      EXPECT_LT(std::sqrt(squares / rounds), 1.25 * std::sqrt(truth * (1 - truth) / kHashes) + 0.01);
    }
  }
}

TEST(Bands, MeetAtTheThresholdAndHardlyEverFarBelow) {
  EXPECT_EQ(BandsFor(0.8).rows, 6u);
  EXPECT_EQ(BandsFor(0.8).count, 21u);
  EXPECT_EQ(BandsFor(1).rows, kHashes);
  std::mt19937 random(3);
  const Bands bands = BandsFor(0.8);
  const auto meet = [&](double similarity) {
    int met = 0;
    for (int round = 0; round < 500; ++round) {
      const Pair pair = MakePair(500, static_cast<size_t>(500 * similarity), random);
      const std::vector<uint32_t> a = BandKeys(MinHash(pair.a), bands);
      const std::vector<uint32_t> b = BandKeys(MinHash(pair.b), bands);
      bool some = false;
      for (size_t i = 0; i < a.size(); ++i) some = some || a[i] == b[i];
      met += some;
    }
    return met;
  };
  EXPECT_GE(meet(0.8), 490);
  EXPECT_LE(meet(0.2), 5);
}

TEST(Bands, OfOneValueAreDifferent) {
  const std::vector<uint32_t> keys = BandKeys(MinHashes{}, BandsFor(0.8));
  for (size_t i = 0; i < keys.size(); ++i)
    for (size_t j = 0; j < i; ++j) EXPECT_NE(keys[i], keys[j]);
}

}  // namespace
}  // namespace garner::document_deduplicator
