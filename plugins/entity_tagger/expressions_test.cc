// Dates, times and amounts with their values, and what looks like one and is none.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "fold.h"
#include "lists.h"
#include "one_block.h"
#include "tag.h"

namespace garner::entity_tagger {
namespace {

// The tables stand in expressions/*.txt: a line each, expressions in [ ], then what each must be, in their order:
//
//   sold [yesterday] for [$5m] | DATE 2021-04-06 = yesterday | MONEY USD 5000000
//
// Label, value (none where none is determined), and behind " = " the canonical name where it matters. Nothing else may be found.
// "@language de", "@written 2021-04-07" (the day of writing; "none"), "@labels LAW EVENT" hold for the lines below them.
struct Expected {
  std::string text, label, value, canonical;
  bool any_canonical = true;
};
struct Row {
  std::string text;
  std::vector<Expected> expected;
};

std::string Trimmed(const std::string& text) {
  const size_t begin = text.find_first_not_of(' ');
  return begin == std::string::npos ? "" : text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

std::vector<std::string> Fields(const std::string& line) {
  std::vector<std::string> fields;
  std::stringstream stream(line);
  for (std::string field; std::getline(stream, field, '|');) fields.push_back(Trimmed(field));
  return fields;
}

Expected ParseExpected(std::string field) {
  Expected expected;
  if (const size_t equals = field.find(" = "); equals != std::string::npos) {
    expected.canonical = field.substr(equals + 3);
    expected.any_canonical = false;
    field.erase(equals);
  }
  const size_t space = field.find(' ');
  expected.label = field.substr(0, space);
  if (space != std::string::npos) expected.value = field.substr(space + 1);
  return expected;
}

Row ParseRow(const std::string& line) {
  const std::vector<std::string> fields = Fields(line);
  Row row;
  row.text = fields[0];
  for (size_t at = 0, i = 1; (at = row.text.find('[', at)) != std::string::npos; ++i) {
    row.text.erase(at, 1);
    const size_t end = row.text.find(']', at);
    if (end == std::string::npos || i >= fields.size()) {
      ADD_FAILURE() << "brackets and fields do not agree: " << line;
      return row;
    }
    row.text.erase(end, 1);
    row.expected.push_back(ParseExpected(fields[i]));
    row.expected.back().text = row.text.substr(at, end - at);
    at = end;
  }
  return row;
}

v1::Document Written(const std::string& text, const std::string& language, const std::string& day) {
  v1::Document document = OneBlock(text, language);
  if (!day.empty()) AddChosen(&document, "date_published", day);
  return document;
}

class Expressions : public ::testing::Test {
 protected:
  void SetUp() override {
    Result<std::shared_ptr<const Lists>> lists = Lists::Load(GARNER_PLUGIN_DATA_DIR);
    ASSERT_TRUE(lists.ok()) << lists.status().message();
    lists_ = *lists;
  }
  std::shared_ptr<const Lists> lists_;
};

// One table file; counts what it holds so that none is lost unseen.
class Table {
 public:
  Table(const Lists& lists, const std::string& name) : lists_(lists), name_(name) {
    std::ifstream file(std::string(GARNER_PLUGIN_SOURCE_DIR) + "/expressions/" + name + ".txt");
    EXPECT_TRUE(file.good()) << name;
    int number = 0;
    for (std::string line; std::getline(file, line);) {
      ++number;
      if (line.empty() || line[0] == '#') continue;
      SCOPED_TRACE(name_ + ".txt:" + std::to_string(number) + ": " + line);
      if (line[0] == '@')
        Set(line);
      else
        Check(ParseRow(line));
    }
  }
  int rows() const { return rows_; }
  int empty_rows() const { return empty_rows_; }

 private:
  void Set(const std::string& line) {
    const size_t space = line.find(' ');
    const std::string key = line.substr(1, space - 1), value = line.substr(space + 1);
    if (key == "language")
      language_ = value;
    else if (key == "written")
      written_ = value == "none" ? "" : value;
    else if (key == "labels")
      labels_ = " " + value + " ";
    else
      ADD_FAILURE() << "unknown setting " << key;
  }
  void Check(const Row& row) {
    (row.expected.empty() ? empty_rows_ : rows_) += 1;
    std::vector<Mention> found;
    for (Mention& mention : Tag(Written(row.text, language_, written_), lists_, nullptr, {}))
      if (labels_.find(" " + std::string(mention.label) + " ") != std::string::npos) found.push_back(std::move(mention));
    std::string all;
    for (const Mention& mention : found)
      all += " [" + row.text.substr(mention.begin, mention.end - mention.begin) + "] " + std::string(mention.label) + " " +
             mention.value;
    if (found.size() != row.expected.size()) {
      ADD_FAILURE() << "found:" << all;
      return;
    }
    for (size_t i = 0; i < found.size(); ++i) {
      const Expected& expected = row.expected[i];
      EXPECT_EQ(row.text.substr(found[i].begin, found[i].end - found[i].begin), expected.text);
      EXPECT_EQ(found[i].label, expected.label);
      EXPECT_EQ(found[i].value, expected.value) << expected.text;
      if (!expected.any_canonical) {
        EXPECT_EQ(found[i].canonical, expected.canonical);
      }
    }
  }

  const Lists& lists_;
  std::string name_;
  std::string language_;
  std::string written_;
  std::string labels_ = " DATE TIME MONEY PERCENT QUANTITY ";
  int rows_ = 0;
  int empty_rows_ = 0;
};

TEST_F(Expressions, EnglishDates) { EXPECT_GE(Table(*lists_, "english_dates").rows(), 145); }
TEST_F(Expressions, EnglishRelativeDates) { EXPECT_GE(Table(*lists_, "english_relative").rows(), 90); }
TEST_F(Expressions, EnglishTimes) { EXPECT_GE(Table(*lists_, "english_times").rows(), 55); }
TEST_F(Expressions, EnglishAmounts) { EXPECT_GE(Table(*lists_, "english_amounts").rows(), 165); }
TEST_F(Expressions, EnglishLaws) { EXPECT_GE(Table(*lists_, "english_laws").rows(), 40); }
TEST_F(Expressions, EnglishNothing) { EXPECT_GE(Table(*lists_, "english_nothing").empty_rows(), 200); }
TEST_F(Expressions, German) { EXPECT_GE(Table(*lists_, "german").rows(), 90); }
TEST_F(Expressions, French) { EXPECT_GE(Table(*lists_, "french").rows(), 90); }
TEST_F(Expressions, Spanish) { EXPECT_GE(Table(*lists_, "spanish").rows(), 90); }
TEST_F(Expressions, Russian) { EXPECT_GE(Table(*lists_, "russian").rows(), 90); }
TEST_F(Expressions, Kazakh) { EXPECT_GE(Table(*lists_, "kazakh").rows(), 15); }
TEST_F(Expressions, Elsewhere) { EXPECT_GE(Table(*lists_, "elsewhere").rows(), 15); }

TEST_F(Expressions, SlashedDatesFollowTheOption) {
  const std::vector<Mention> found = Tag(OneBlock("dated 1/6/2022 here", ""), *lists_, nullptr, {.month_first = false});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].value, "2022-06-01");
}

// A long row of tokens that begin something and never end it must cost no more than as many ordinary ones.
TEST_F(Expressions, HostileTextIsLinear) {
  for (const char* language : {"en", "de", "fr", "es", "ru", "xx"})
    for (const char* unit : {"A ", "a1-", "May ", "the end of ", "10/", "$", "(", "Al-", "X. ", "five ", "U.", "1.", "’s", "Bank of ", "Monday ",
                             "million ", "1 000 ", "§ 5, ", "Article 5 and ", "Law No. 1-", "3 to ", "17:", "vor ", "il y a ", "Anfang der ", "XIX ",
                             "1 и ", "half a ", "from $5 ", "two-three-four-"}) {
      std::string text;
      while (text.size() < 60000) text += unit;
      (void)Tag(Written(text, language, "2021-04-07"), *lists_, nullptr, {});
    }
}

TEST(Slips, AreOneEditOrSwap) {
  EXPECT_TRUE(OneSlipApart("morroco", "morocco") == false);  // two slips
  EXPECT_TRUE(OneSlipApart("nigeira", "nigeria"));
  EXPECT_TRUE(OneSlipApart("mexco", "mexico"));
  EXPECT_TRUE(OneSlipApart("mexicoo", "mexico"));
  EXPECT_TRUE(OneSlipApart("mexika", "mexico") == false);
  EXPECT_TRUE(OneSlipApart("mexica", "mexico"));
  EXPECT_TRUE(OneSlipApart("mexico", "mexico"));
}

TEST(ListFiles, AMissingFolderIsRefusedInWords) {
  const Result<std::shared_ptr<const Lists>> lists = Lists::Load("/nonexistent");
  ASSERT_FALSE(lists.ok());
  EXPECT_NE(lists.status().message().find("entities.lists"), std::string::npos);
}

TEST(Folding, LeavesTheBaseLetters) {
  std::string key;
  Fold("Düsseldorf’s ŁÓDŹ Straße", key);
  EXPECT_EQ(key, "dusseldorf's lodz strasse");
}

}  // namespace
}  // namespace garner::entity_tagger
