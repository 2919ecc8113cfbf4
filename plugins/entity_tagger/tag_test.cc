#include "tag.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "one_block.h"
#include "stretches.h"

namespace garner::entity_tagger {
namespace {

std::vector<Mention> Tagged(const std::string& text) {
  const auto lists = Lists::Load(GARNER_PLUGIN_DATA_DIR);
  const auto model = NameModel::Load(std::string(GARNER_PLUGIN_DATA_DIR) + "/entities.model");
  EXPECT_TRUE(lists.ok() && model.ok());
  return Tag(OneBlock(text, "en"), **lists, model->get(), {});
}

size_t CountOf(const std::vector<Mention>& mentions, std::string_view label, std::string_view canonical) {
  return static_cast<size_t>(std::count_if(mentions.begin(), mentions.end(), [&](const Mention& mention) {
    return mention.label == label && mention.canonical == canonical;
  }));
}

// What is said at the beginning of a block of many stretches holds at its end.
TEST(LongBlock, IsOneDocument) {
  constexpr std::string_view kUnit = "The officials met in Ghana on 3 June 2016, and the report was read there. ";
  std::string text = "The Kenya Marine Research Institute (KMRI) was founded by Ines Duarte. ";
  size_t repeats = 0;
  for (; text.size() < 3 * kLongestStretch; ++repeats) text += kUnit;
  text += "Later Duarte left the KMRI.";
  const std::vector<Mention> mentions = Tagged(text);
  EXPECT_EQ(CountOf(mentions, "GPE", "Ghana"), repeats);
  EXPECT_EQ(CountOf(mentions, "DATE", "2016-06-03"), repeats);
  EXPECT_EQ(CountOf(mentions, "PERSON", "Ines Duarte"), 2U);
  EXPECT_EQ(CountOf(mentions, "ORG", "Kenya Marine Research Institute"), 3U);
  for (size_t i = 1; i < mentions.size(); ++i) ASSERT_LE(mentions[i - 1].end, mentions[i].begin);
  const auto valued = [](const Mention& mention) { return mention.label != "GPE" || mention.value == "GH"; };
  EXPECT_TRUE(std::all_of(mentions.begin(), mentions.end(), valued));
}

TEST(LongBlock, WithoutAnySpaceIsReadToItsEnd) {
  const std::string text = std::string(2 * kLongestStretch, '-') + " Officials met in Ghana. " +
                           std::string(kLongestStretch, 'x') + " Then they met in Peru.";
  const std::vector<Mention> mentions = Tagged(text);
  EXPECT_EQ(CountOf(mentions, "GPE", "Ghana"), 1U);
  EXPECT_EQ(CountOf(mentions, "GPE", "Peru"), 1U);
}

}  // namespace
}  // namespace garner::entity_tagger
