// Dates, times and amounts with their values, and what looks like one and is none.
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "amounts.h"
#include "dates.h"
#include "fold.h"
#include "lists.h"
#include "numbers.h"
#include "tag.h"

namespace garner::entity_tagger {
namespace {

struct Row {
  const char* text;  // the expression stands in [ ]
  const char* label;
  const char* value;  // "" where none is determined
  const char* canonical = nullptr;
};

constexpr Row kRows[] = {
    // Days.
    {"on [January 4, 2022] in", "DATE", "2022-01-04", "2022-01-04"},
    {"on [Jan. 4, 2022], the", "DATE", "2022-01-04"},
    {"on [March 3rd, 1999] the", "DATE", "1999-03-03"},
    {"on [4 January 2022] in", "DATE", "2022-01-04"},
    {"on the [4th of January, 2022] a", "DATE", "2022-01-04"},
    {"by [31 December 2030], all", "DATE", "2030-12-31"},
    {"dated [2022-01-04] and", "DATE", "2022-01-04"},
    {"dated [1/6/2022] and", "DATE", "2022-01-06"},
    {"dated [23/6/2022] and", "DATE", "2022-06-23"},
    {"dated [2021/11/30] and", "DATE", "2021-11-30"},
    {"dated [06.01.2022] and", "DATE", "2022-01-06"},
    {"[Monday, January 4, 2021], was", "DATE", "2021-01-04", "2021-01-04"},
    {"on [Tuesday 12 May 2015] the", "DATE", "2015-05-12"},
    {"[May 5, 2014], was", "DATE", "2014-05-05"},
    {"on [August 15 1947] the", "DATE", "1947-08-15"},
    {"on [Sept. 11, 2001] the", "DATE", "2001-09-11"},
    {"on [Feb. 29, 2020] it", "DATE", "2020-02-29"},
    // Days without a year.
    {"on [January 10] the", "DATE", "--01-10", "January 10"},
    {"on [Jan. 10] the", "DATE", "--01-10", "Jan. 10"},
    {"on [10 January] the", "DATE", "--01-10"},
    {"on the [1st of May] the", "DATE", "--05-01"},
    {"on [May 1] the", "DATE", "--05-01"},
    {"on [March 8] the", "DATE", "--03-08"},
    {"on [Friday, June 3] the", "DATE", "--06-03"},
    {"on [July 4th] the", "DATE", "--07-04"},
    // Months and years.
    {"in [January 2022] the", "DATE", "2022-01", "2022-01"},
    {"in [January of 2022] the", "DATE", "2022-01"},
    {"in [January, 2022], the", "DATE", "2022-01"},
    {"in [May 1968] the", "DATE", "1968-05"},
    {"in [Dec. 2018] the", "DATE", "2018-12"},
    {"in [January] the", "DATE", "--01", "January"},
    {"in [May] the", "DATE", "--05"},
    {"since [March] the", "DATE", "--03"},
    {"in [2022] the", "DATE", "2022", "2022"},
    {"since [1887], the", "DATE", "1887"},
    {"until [1066] the", "DATE", "1066"},
    {"the [2016] election was", "DATE", "2016"},
    {"[2021]'s harvest was", "DATE", "2021"},
    {"her novel ([1998]) was", "DATE", "1998"},
    {"by the end, in [2010], the", "DATE", "2010"},
    {"between [1990] and 5", "DATE", "1990"},
    // Ranges.
    {"from [January 4-6, 2022] in", "DATE", "2022-01-04/2022-01-06"},
    {"on [4-6 January 2022] in", "DATE", "2022-01-04/2022-01-06"},
    {"on [January 4 to 6] in", "DATE", "--01-04/--01-06"},
    {"in [1939-45] the", "DATE", "1939/1945"},
    {"in [1939–1945] the", "DATE", "1939/1945"},
    {"the years [2010-2012] were", "DATE", "2010/2012"},
    {"from [1990 to 1994] the", "DATE", "1990/1994"},
    {"on [Jan. 30-Feb. 2, 2020] in", "DATE", "2020-01-30/2020-02-02"},
    // Decades, centuries, seasons, quarters.
    {"in the [1990s] the", "DATE", "199X", "199X"},
    {"in the [1800s] the", "DATE", "18XX"},
    {"in the [1990's] the", "DATE", "199X"},
    {"in the [20th century] the", "DATE", "19XX"},
    {"a [19th-century] house", "DATE", "18XX"},
    {"of the [nineteenth century] the", "DATE", "18XX"},
    {"in [summer 2021] the", "DATE", "2021-22"},
    {"in the [spring of 2019] the", "DATE", "2019-21"},
    {"in the [third quarter of 2021] the", "DATE", "2021-35"},
    {"in the [first half of 2020] the", "DATE", "2020-40"},
    {"in the [second quarter] the", "DATE", ""},
    // Relative.
    {"he came [yesterday] and", "DATE", "", "yesterday"},
    {"[Today] there are", "DATE", "", "today"},
    {"she said [Monday] that", "DATE", "", "Monday"},
    {"[Last week] a", "DATE", "", "last week"},
    {"it rose [last year] and", "DATE", ""},
    {"by [next Friday] the", "DATE", "", "next Friday"},
    {"in the [past three years] alone", "DATE", "", "past three years"},
    {"in [recent years] the", "DATE", ""},
    {"in the [coming months] the", "DATE", ""},
    {"[this month] the", "DATE", ""},
    {"[last January] the", "DATE", "", "last January"},
    {"[last summer] the", "DATE", ""},
    {"[earlier this year] the", "DATE", ""},
    {"in [early January] the", "DATE", "", "early January"},
    {"in [late 2021] the", "DATE", "", "late 2021"},
    {"in the [early 1990s] the", "DATE", ""},
    {"in [mid-June] the", "DATE", "", "mid-June"},
    {"in the [mid-1990s] the", "DATE", ""},
    {"at the [beginning of 2014] the", "DATE", "", "beginning of 2014"},
    {"by the [end of the year] the", "DATE", "", "end of the year"},
    {"at the [start of the new year] the", "DATE", ""},
    {"by the [end of March] the", "DATE", "", "end of March"},
    {"[three decades ago] the", "DATE", "", "three decades ago"},
    {"[two weeks later] the", "DATE", ""},
    {"at [Christmas] the", "DATE", ""},
    {"on [Christmas Day] the", "DATE", ""},
    // Durations.
    {"for [30 years] the", "DATE", "P30Y", "30 years"},
    {"after [a week] of", "DATE", "P1W", "a week"},
    {"for [three decades] the", "DATE", "P30Y"},
    {"for [many years] the", "DATE", "", "many years"},
    {"for [more than 10 years], the", "DATE", "", "more than 10 years"},
    {"for [several months] the", "DATE", ""},
    {"a [three-year] plan", "DATE", "P3Y"},
    {"a [30-year-old] woman", "DATE", ""},
    {"within [90 days] of", "DATE", "P90D"},
    {"for [half-hearted]", "", ""},
    // Other languages.
    {"am [4. Januar 2022] in", "DATE", "2022-01-04"},
    {"le [4 janvier 2022] le", "DATE", "2022-01-04"},
    {"le [1er mars 2020] le", "DATE", "2020-03-01"},
    {"el [4 de enero de 2022] el", "DATE", "2022-01-04"},
    {"с [4 января 2022 года] в", "DATE", "2022-01-04"},
    {"am [15. März 1990] in", "DATE", "1990-03-15"},
    {"le [14 août] le", "DATE", "--08-14"},
    // Times.
    {"at [06:55 EDT] the", "TIME", "T06:55-04:00"},
    {"at [5 p.m.] the", "TIME", "T17"},
    {"at [5:30 pm] the", "TIME", "T17:30"},
    {"at [5.30pm] the", "TIME", "T17:30"},
    {"at [17:00 GMT] the", "TIME", "T17:00Z"},
    {"at [9am] the", "TIME", "T09"},
    {"at [12 a.m.] the", "TIME", "T00"},
    {"at [noon] the", "TIME", "T12:00"},
    {"until [midnight] the", "TIME", "T24:00"},
    {"on [Monday morning] the", "TIME", "", "Monday morning"},
    {"[tonight] the", "TIME", ""},
    {"[last night] the", "TIME", ""},
    {"for [two hours] the", "TIME", "PT2H"},
    {"[a few hours later] the", "TIME", ""},
    {"at [14:05:30] the", "TIME", "T14:05:30"},
    // Money.
    {"paid [$5 million] for", "MONEY", "USD 5000000", "USD 5000000"},
    {"paid [US$5m] for", "MONEY", "USD 5000000"},
    {"paid [€3.5bn] for", "MONEY", "EUR 3500000000"},
    {"paid [£1.2 million] for", "MONEY", "GBP 1200000"},
    {"paid [A$200] for", "MONEY", "AUD 200"},
    {"paid [$1,250.50] for", "MONEY", "USD 1250.5"},
    {"paid [5 million dollars] for", "MONEY", "USD 5000000"},
    {"paid [five million euros] for", "MONEY", "EUR 5000000"},
    {"paid [120 tenge] per", "MONEY", "KZT 120"},
    {"paid [EUR 5,000] for", "MONEY", "EUR 5000"},
    {"zahlte [5.000.000 Euro] für", "MONEY", "EUR 5000000"},
    {"paid [5 000 €] for", "MONEY", "EUR 5000"},
    {"paid [200 pesos] for", "MONEY", "", "200 pesos"},
    {"paid [300 Canadian dollars] for", "MONEY", "CAD 300"},
    {"paid [20 million pounds] for", "MONEY", "GBP 20000000"},
    {"paid [$5-6 million] for", "MONEY", "USD 5000000/6000000"},
    {"paid [¥900 billion] for", "MONEY", "JPY 900000000000"},
    {"paid [50 rubles] for", "MONEY", "RUB 50"},
    // Percentages and quantities.
    {"rose [23.7%] to", "PERCENT", "23.7 %"},
    {"rose [9 percent] to", "PERCENT", "9 %"},
    {"rose [nine per cent] to", "PERCENT", "9 %"},
    {"rose [10-15%] to", "PERCENT", "10/15 %"},
    {"rose [three percentage points] to", "PERCENT", "3 %"},
    {"ran [50 km] to", "QUANTITY", "50 km"},
    {"ran [26.2 miles] to", "QUANTITY", "26.2 mile"},
    {"of [1.6 million barrels a day] to", "QUANTITY", "1600000 barrel/d"},
    {"of [300 square kilometers] to", "QUANTITY", "300 km2"},
    {"of [40 degrees Celsius] in", "QUANTITY", "40 °C"},
    {"of [40°C] in", "QUANTITY", "40 °C"},
    {"of [12,000 tonnes] of", "QUANTITY", "12000 t"},
    {"a [200-meter] wall", "QUANTITY", "200 m"},
    {"a [500 megawatt] plant", "QUANTITY", "500 MW"},
    {"of [90 kilometers per hour] to", "QUANTITY", "90 km/h"},
    {"of [two acres] of", "QUANTITY", "2 acre"},
};

constexpr const char* kNothing[] = {"It may rain here.",
                                    "May I come in?",
                                    "They may not agree.",
                                    "You may be right about it.",
                                    "The troops march on the town.",
                                    "March on, they cried.",
                                    "They march in step.",
                                    "Section 12 was full.",
                                    "Chapter 7 is long.",
                                    "Version 2.0.1 is out.",
                                    "Version 10.4.11 is out.",
                                    "They won 3-1 at home.",
                                    "They lost 2-0 there.",
                                    "The score was 21-17.",
                                    "A 5-4 ruling followed.",
                                    "About 2,500 voices spoke.",
                                    "Some 300 people came.",
                                    "They sold 2000 cars.",
                                    "In 1500 cases it failed.",
                                    "More than 6,000 were held.",
                                    "Room 2022 is empty.",
                                    "Flight 1549 landed.",
                                    "Route 66 is closed.",
                                    "The 747 took off.",
                                    "Call 555-1234 at once.",
                                    "The code is 46-4070943.",
                                    "At 3:2 odds they bet.",
                                    "Genesis 1:1 is short.",
                                    "The ratio is 4:3 here.",
                                    "He is number 10.",
                                    "She came first.",
                                    "A second try failed.",
                                    "Wait a second chance.",
                                    "The third man left.",
                                    "One of them left.",
                                    "Two men came.",
                                    "He scored twice.",
                                    "They fall in love.",
                                    "Prices fall in shops.",
                                    "They spring into action.",
                                    "August company was kept.",
                                    "An august body met.",
                                    "The sun sets.",
                                    "He sat down.",
                                    "They wed in church.",
                                    "The mar was visible.",
                                    "Dec the halls.",
                                    "He read the daily paper.",
                                    "An early start is good.",
                                    "The end of the road came.",
                                    "At the end of the story.",
                                    "The beginning of hope.",
                                    "Late arrivals wait.",
                                    "The past is gone.",
                                    "This is new.",
                                    "The next step is clear.",
                                    "The last word is his.",
                                    "The year is long.",
                                    "A yearly event.",
                                    "The monthly fee rose.",
                                    "The won is weak.",
                                    "He won 3 medals.",
                                    "A pound of flesh.",
                                    "The dollar rose.",
                                    "Euro zone talks failed.",
                                    "In the first round they lost.",
                                    "Half of them left.",
                                    "Percent signs are odd.",
                                    "He ran and ran.",
                                    "On foot they came.",
                                    "Its 12 members voted.",
                                    "Article by the editor.",
                                    "From 10 to 20 cases.",
                                    "Up to 40 seats.",
                                    "At least 164 dead."};

v1::Document Document(const std::string& text) {
  v1::Document document;
  document.set_text(text);
  v1::Block* block = document.add_blocks();
  block->set_begin(0);
  block->set_end(text.size());
  return document;
}

bool IsExpression(std::string_view label) {
  return label == "DATE" || label == "TIME" || label == "MONEY" || label == "PERCENT" || label == "QUANTITY";
}

class Expressions : public ::testing::Test {
 protected:
  void SetUp() override {
    Result<std::shared_ptr<const Lists>> lists = Lists::Load(GARNER_PLUGIN_DATA_DIR);
    ASSERT_TRUE(lists.ok()) << lists.status().message();
    lists_ = *lists;
  }
  std::vector<Mention> Tagged(const std::string& text) const {
    std::vector<Mention> found;
    for (Mention& mention : Tag(Document(text), *lists_, nullptr, {}))
      if (IsExpression(mention.label)) found.push_back(std::move(mention));
    return found;
  }
  std::shared_ptr<const Lists> lists_;
};

TEST_F(Expressions, HaveTheirValues) {
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.text);
    std::string text = row.text;
    const size_t begin = text.find('[');
    text.erase(begin, 1);
    const size_t end = text.find(']');
    text.erase(end, 1);
    const std::vector<Mention> found = Tagged(text);
    if (row.label[0] == '\0') {
      EXPECT_TRUE(found.empty());
      continue;
    }
    if (found.empty()) {
      ADD_FAILURE() << "nothing found";
      continue;
    }
    EXPECT_EQ(found[0].label, row.label);
    EXPECT_EQ(text.substr(found[0].begin, found[0].end - found[0].begin), text.substr(begin, end - begin));
    EXPECT_EQ(found[0].value, row.value);
    if (row.canonical != nullptr) {
      EXPECT_EQ(found[0].canonical, row.canonical);
    }
  }
}

TEST_F(Expressions, AreNotSeenInOrdinaryText) {
  for (const char* text : kNothing) {
    const std::vector<Mention> found = Tagged(text);
    EXPECT_TRUE(found.empty()) << text << ": "
                               << (found.empty() ? "" : std::string(text).substr(found[0].begin, found[0].end - found[0].begin));
  }
}

TEST_F(Expressions, SlashedDatesFollowTheOption) {
  const std::vector<Mention> found = Tag(Document("dated 1/6/2022 here"), *lists_, nullptr, {.month_first = false});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].value, "2022-06-01");
}

// A long row of tokens that begin something and never end it must cost no more than as many ordinary ones.
TEST_F(Expressions, HostileTextIsLinear) {
  for (const char* unit :
       {"A ", "a1-", "May ", "the end of ", "10/", "$", "(", "Al-", "X. ", "five ", "U.", "1.", "’s", "Bank of "}) {
    std::string text;
    while (text.size() < 100000) text += unit;
    (void)Tag(Document(text), *lists_, nullptr, {});
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
