// What case files cannot say: that the short ways say the same as the long ones.
#include "words.h"

#include <gtest/gtest.h>

#include "dates.h"
#include "folded_hash.h"
#include "hash_index.h"
#include "word_lists.h"

namespace garner::metadata_lines {
namespace {

const WordLists& Lists() {
  static const Result<std::shared_ptr<const WordLists>> lists = WordLists::Load(GARNER_PLUGIN_DATA_DIR);
  EXPECT_TRUE(lists.ok()) << lists.status().message();
  return **lists;
}

TEST(Words, HaveTheMarksOfTheirBytes) {
  std::vector<Word> words;
  const Marks all = AppendWords("(Lock\u00A04) – Straße\u2009#x", &words);
  ASSERT_EQ(words.size(), 5U);
  EXPECT_EQ(words[0].marks, kBracketMark | kEdgeMark | kLetterMark);
  EXPECT_EQ(words[0].core(), "Lock");
  EXPECT_TRUE(HasDigit(words[1]));
  EXPECT_FALSE(HasLetter(words[1]));
  EXPECT_EQ(words[2].core(), "");
  EXPECT_TRUE((words[3].marks & kWideMark) != 0);
  EXPECT_TRUE((all & kHashMark) != 0);
  EXPECT_FALSE((all & kListMark) != 0);
}

TEST(Words, OfOtherScriptsHaveDigitsAndLetters) {
  std::vector<Word> words;
  AppendWords("١٢ Шлюз “…” 水", &words);
  ASSERT_EQ(words.size(), 4U);
  EXPECT_TRUE(HasDigit(words[0]));
  EXPECT_FALSE(HasDigit(words[1]));
  EXPECT_TRUE(HasLetter(words[1]));
  EXPECT_FALSE(HasLetter(words[2]));
  EXPECT_TRUE(HasLetter(words[3]));
}

TEST(FoldedHash, OfAsciiIsThatOfTheFoldedWord) {
  std::string folded;
  for (const std::string word : {"a", "Z", "at", "LOW", "Lock", "Weirs", "Gate-2", "o'Brien", "Mc@Yard[", "A^_~{}Zz", "Lockkeeper", "LOCKKEEPERSHOUSE"}) {
    const bool plain = Fold(word, folded);
    const FoldedHash hash = HashFoldedAscii(word);
    EXPECT_EQ(hash.hash, HashFolded(folded)) << word;
    EXPECT_EQ(hash.plain, plain) << word;
    EXPECT_TRUE(word.size() < 4 || hash.first == FirstFour(folded)) << word;
  }
  EXPECT_NE(HashFolded("lock"), HashFolded("locks"));
  EXPECT_NE(HashFolded("aba"), HashFolded("abba"));
}

// Other alphabets, and the grave accent, which folds to an apostrophe, take the long way.
TEST(LookUp, FindsWordsThatFoldOtherwise) {
  const std::vector<Word> words = Lists().Split("MAY Mai мая MAYO");
  EXPECT_TRUE(Lists().months.Holds(words[0]));
  EXPECT_TRUE(Lists().months.Holds(words[1]));
  EXPECT_TRUE(Lists().months.Holds(words[2]));
  EXPECT_FALSE(Lists().months.Find(words[0]) == nullptr);
  EXPECT_EQ(Lists().Split("don`t").front().hash, Lists().Split("Don’t").front().hash);
}

TEST(HashIndex, FindsWhatItHoldsAndNothingElse) {
  HashIndex index;
  const auto hash = [](uint64_t i) { return (i + 1) * 0x9E3779B97F4A7C15U; };
  for (uint32_t i = 1; i <= 5000; ++i) index.Add(hash(i), i);
  index.Add(hash(7), 8);  // the first counts
  for (uint32_t i = 1; i <= 5000; ++i) ASSERT_EQ(index.Find(hash(i)), i);
  for (uint64_t i = 5001; i <= 20000; ++i) ASSERT_EQ(index.Find(hash(i)), 0U);
}

// The words of a longer line stand for those of its part, brackets and bars at its ends or not.
TEST(Dates, AreReadFromTheWordsOfALongerLine) {
  const std::string line = "The Lock | (Published: May 4, 2018) |";
  const std::vector<Word> words = Lists().Split(line);
  const auto date = ParseLabelledDate(std::string_view(line).substr(words[2].begin), Words(words).subspan(2), Lists(), NumericOrder::kUnknown);
  ASSERT_TRUE(date.has_value());
  EXPECT_EQ(date->date.iso, "2018-05-04");
  EXPECT_EQ(date->kind, "published");
  EXPECT_FALSE(ParseLabelledDate(line, words, Lists(), NumericOrder::kUnknown).has_value());
}

}  // namespace
}  // namespace garner::metadata_lines
