#include "tag_sequence.h"

#include <gtest/gtest.h>

#include <random>

namespace garner::entity_tagger {
namespace {

using Emissions = std::vector<TagRow<int32_t>>;

bool Allowed(const std::vector<uint8_t>& tags) {
  if (Continues(tags.front()) || Opens(tags.back())) return false;
  for (size_t i = 1; i < tags.size(); ++i)
    if (!MayFollow(tags[i - 1], tags[i])) return false;
  return true;
}

int64_t Score(const Transitions<int32_t>& transitions, const Emissions& emissions, const std::vector<uint8_t>& tags) {
  int64_t score = 0;
  for (size_t i = 0; i < tags.size(); ++i) score += emissions[i][tags[i]] + (i > 0 ? transitions[tags[i - 1]][tags[i]] : 0);
  return score;
}

// Every sequence of so many tags, counted up like a number.
bool Next(std::vector<uint8_t>* tags) {
  for (uint8_t& tag : *tags) {
    if (++tag < kTags) return true;
    tag = 0;
  }
  return false;
}

TEST(TagSequence, IsTheBestOfAllThatAreAllowed) {
  std::mt19937 random(7);
  const auto number = [&] { return static_cast<int32_t>(random() % 41) - 20; };
  for (int round = 0; round < 20; ++round) {
    Transitions<int32_t> transitions{};
    for (auto& row : transitions)
      for (int32_t& weight : row) weight = number();
    Emissions emissions(4);
    for (auto& row : emissions)
      for (int32_t& weight : row) weight = number();
    int64_t best = INT64_MIN;
    std::vector<uint8_t> tags(emissions.size(), 0);
    do {
      if (Allowed(tags)) best = std::max(best, Score(transitions, emissions, tags));
    } while (Next(&tags));
    std::vector<uint8_t> found;
    BestTags(transitions, emissions, &found);
    EXPECT_TRUE(Allowed(found));
    EXPECT_EQ(Score(transitions, emissions, found), best);
  }
}

TEST(TagSequence, OfNothingIsEmpty) {
  std::vector<uint8_t> tags{1, 2};
  BestTags(Transitions<int32_t>{}, Emissions{}, &tags);
  EXPECT_TRUE(tags.empty());
}

TEST(TagSequence, ANameThatDoesNotEndIsNone) {
  Emissions emissions(1);
  emissions[0][TagOf(0, kBegin)] = 100;
  emissions[0][TagOf(0, kAlone)] = 1;
  std::vector<uint8_t> tags;
  BestTags(Transitions<int32_t>{}, emissions, &tags);
  EXPECT_EQ(tags, std::vector<uint8_t>{TagOf(0, kAlone)});
}

}  // namespace
}  // namespace garner::entity_tagger
