#include "stretches.h"

#include <gtest/gtest.h>

#include <string>

#include "leftovers.h"

namespace garner::entity_tagger {
namespace {

std::string Filled(std::string_view unit, size_t bytes) {
  std::string text;
  while (text.size() + unit.size() <= bytes) text += unit;
  return text + std::string(bytes - text.size(), 'x');
}

// What stands on both sides of each cut, and that nothing is left out.
std::vector<std::string> Cuts(const std::string& text) {
  std::vector<std::string> cuts;
  for (Span rest{0, text.size()}; rest.begin < rest.end;) {
    const Span stretch = NextStretch(text, rest);
    EXPECT_EQ(stretch.begin, rest.begin);
    EXPECT_GT(stretch.end, stretch.begin);
    EXPECT_LE(stretch.end - stretch.begin, kLongestStretch);
    if (stretch.end < rest.end) cuts.push_back(text.substr(stretch.end - 4, 4) + "|" + text.substr(stretch.end, 4));
    rest.begin = stretch.end;
  }
  return cuts;
}

TEST(Stretches, ACommonBlockIsOne) {
  EXPECT_TRUE(Cuts(Filled("Words. ", kLongestStretch)).empty());
  EXPECT_EQ(Cuts(Filled("Words. ", kLongestStretch + 1)).size(), 1U);
}

TEST(Stretches, EndBehindASentenceElseAWordElseACharacter) {
  for (const std::string& cut : Cuts(Filled("It was Mr. J. Tell. who spoke. Then ", 400'000))) EXPECT_EQ(cut, "oke.| The");
  for (const std::string& cut : Cuts(Filled("Mr. A. B. no end ", 400'000))) EXPECT_EQ(cut.substr(4, 2), "| ");
  for (const std::string& cut : Cuts(Filled("\u044F", 400'000))) EXPECT_EQ(cut, "\u044F\u044F|\u044F\u044F");
  EXPECT_EQ(Cuts(std::string(kLongestStretch * 3, 'A')).size(), 2U);
}

TEST(Leftovers, ComeBackAsTheyWere) {
  std::string text;
  std::vector<Leftover> all;
  for (uint64_t i = 0; i < 100'000; ++i) {
    Leftover leftover;
    leftover.adjacent = i % 3 == 1;
    text += leftover.adjacent ? " " : std::string(i % 300 + 2, '.');
    leftover.begin = text.size();
    text += std::string(i % 11 + 1, 'A');
    leftover.end = text.size();
    leftover.ordinary = i % 2 == 0;
    leftover.unlisted = i % 5 == 0;
    leftover.weak = i % 7 == 0;
    leftover.no_surname = i % 13 == 0;
    all.push_back(leftover);
  }
  LeftoverLog log;
  for (const Leftover& leftover : all) log.Add(leftover);
  LeftoverReader reader(log, text);
  for (size_t i = 0; i < all.size();) {
    for (size_t ahead = 0; ahead < LeftoverReader::kAhead && i + ahead < all.size(); ++ahead) {
      const Leftover* seen = reader.At(ahead);
      ASSERT_NE(seen, nullptr);
      const Leftover& wanted = all[i + ahead];
      ASSERT_EQ(seen->begin, wanted.begin) << i + ahead;
      ASSERT_EQ(seen->end, wanted.end);
      ASSERT_EQ(seen->ordinary, wanted.ordinary);
      ASSERT_EQ(seen->unlisted, wanted.unlisted);
      ASSERT_EQ(seen->weak, wanted.weak);
      ASSERT_EQ(seen->adjacent, wanted.adjacent);
      ASSERT_EQ(seen->no_surname, wanted.no_surname);
    }
    const size_t step = i % 6 + 1;
    reader.Skip(step);
    i += step;
  }
  EXPECT_EQ(reader.At(0), nullptr);
}

}  // namespace
}  // namespace garner::entity_tagger
