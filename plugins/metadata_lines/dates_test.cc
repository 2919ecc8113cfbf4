#include "dates.h"

#include <gtest/gtest.h>

namespace garner::metadata_lines {
namespace {

const WordLists& Lists() {
  static const Result<std::shared_ptr<const WordLists>> lists = WordLists::Load(GARNER_PLUGIN_DATA_DIR);
  EXPECT_TRUE(lists.ok()) << lists.status().message();
  return **lists;
}

std::string Iso(std::string_view text, NumericOrder order = NumericOrder::kUnknown) {
  const auto date = ParseDate(text, Lists(), order);
  if (!date) return "none";
  return date->iso + (date->ambiguous ? " ambiguous" : "") + (date->zone_uncertain ? " uncertain" : "");
}

struct Row {
  const char* text;
  const char* iso;
};

TEST(Dates, SayWhatTheTextSays) {
  const Row rows[] = {
      {"May 4, 2018", "2018-05-04"},
      {"4 May 2018", "2018-05-04"},
      {"4th of May 2018", "2018-05-04"},
      {"Thursday, May 17th, 2018", "2018-05-17"},
      {"May 2018", "2018-05"},
      {"March 17, 2014 08:20 EST", "2014-03-17T08:20:00-05:00"},
      {"March 17, 2014, 8:20 a.m. EST", "2014-03-17T08:20:00-05:00"},
      {"July 8, 2019 at 9 p.m.", "2019-07-08T21:00:00"},
      {"12:05 AM, 8 July 2019", "2019-07-08T00:05:00"},
      {"Feb. 29, 2016 18:30 GMT+2", "2016-02-29T18:30:00+02:00"},
      {"Feb. 29, 2015", "none"},
      {"2018-05-04", "2018-05-04"},
      {"2018-05-04T10:11:12Z", "2018-05-04T10:11:12Z"},
      {"2018-05-04T10:11:12.345+05:30", "2018-05-04T10:11:12+05:30"},
      {"2018/05/04 07:30", "2018-05-04T07:30:00"},
      {"4.5.2018", "2018-05-04"},
      {"04.05.2018, 14:05 Uhr", "2018-05-04T14:05:00"},
      {"Freitag, 4. Mai 2018, 14.05 Uhr", "2018-05-04T14:05:00"},
      {"4. März 2018 um 9 Uhr", "2018-03-04T09:00:00"},
      {"le 1er août 2017 à 18h45", "2017-08-01T18:45:00"},
      {"vendredi 4 mai 2018 à 7 h 05", "2018-05-04T07:05:00"},
      {"4 de mayo de 2018", "2018-05-04"},
      {"4 de mayo de 2018 a las 19:20 h", "2018-05-04T19:20:00"},
      {"4 maggio 2018, ore 10:15", "2018-05-04T10:15:00"},
      {"4 de março de 2018 às 10:15", "2018-03-04T10:15:00"},
      {"4 mei 2018 om 10:15 uur", "2018-05-04T10:15:00"},
      {"4 maja 2018 r., godz. 10:15", "2018-05-04T10:15:00"},
      {"4 мая 2018 г., 10:15 МСК", "2018-05-04T10:15:00+03:00"},
      {"10:15, 4 мая 2018 года", "2018-05-04T10:15:00"},
      {"4 травня 2018 року", "2018-05-04"},
      {"4 Mayıs 2018 Cuma, 10:15", "2018-05-04T10:15:00"},
      {"2018 жылғы 4 мамыр", "2018-05-04"},
      {"4 мамыр 2018 ж. 10:15", "2018-05-04T10:15:00"},
      {"2018年5月4日", "2018-05-04"},
      {"13/5/2018", "2018-05-13"},
      {"5/13/2018", "2018-05-13"},
      {"5/5/2018", "2018-05-05"},
      {"4/5/2018", "2018 ambiguous"},
      {"4/5/2018 10:15 PST", "2018-04-05T10:15:00-08:00"},
      {"04.05.18", " ambiguous"},
      {"January 11, 2011 09:05 EDT", "2011-01-11T09:05:00-04:00 uncertain"},
      {"8 July 2019 10:00 IST", "2019-07-08T10:00:00"},
  };
  for (const Row& row : rows) EXPECT_EQ(Iso(row.text), row.iso) << row.text;
}

TEST(Dates, TakeTheOrderThatTheyAreTold) {
  EXPECT_EQ(Iso("4/5/2018", NumericOrder::kDayFirst), "2018-05-04");
  EXPECT_EQ(Iso("4/5/2018", NumericOrder::kMonthFirst), "2018-04-05");
  EXPECT_EQ(Iso("4.5.2018", NumericOrder::kMonthFirst), "2018-05-04");
}

TEST(Dates, AreNotMadeOfOtherLines) {
  for (const char* text :
       {"", "2018", "May", "4 May", "May we meet in 2018?", "Route 66, 2018", "1-800-555-2018", "4 May 2018 was a Friday",
        "99/99/2018", "10:15", "The 4 May 2018 issue", "Chapter 4.5.2018b", "32 May 2018", "4 May 2018 25:10"})
    EXPECT_EQ(Iso(text), "none") << text;
}

TEST(Dates, MayCarryLabels) {
  const Row rows[] = {
      {"Published: May 4, 2018", "published 2018-05-04"},        {"Last updated on 4 May 2018", "updated 2018-05-04"},
      {"Veröffentlicht am 4. Mai 2018", "published 2018-05-04"}, {"Stand: 4. Mai 2018", "updated 2018-05-04"},
      {"Publié le 04/05/2018", "published 2018-05-04"},          {"Actualizado el 04/05/2018", "updated 2018-05-04"},
      {"Опубликовано: 4 мая 2018", "published 2018-05-04"},      {"Жарияланды: 4 мамыр 2018", "published 2018-05-04"},
      {"4 мамыр 2018 жарияланды", "published 2018-05-04"},       {"Published: 04/05/2018", "published 2018"},
  };
  for (const Row& row : rows) {
    const auto date = ParseLabelledDate(row.text, Lists(), NumericOrder::kUnknown);
    ASSERT_TRUE(date.has_value()) << row.text;
    EXPECT_EQ(date->kind + " " + date->date.iso, row.iso) << row.text;
  }
}

TEST(Dates, AreFoundInsideCaptions) {
  EXPECT_TRUE(ContainsFullDate("Boats in the harbour, Oct. 3, 2017.", Lists()));
  EXPECT_TRUE(ContainsFullDate("Лодки в гавани, 3 октября 2017 года.", Lists()));
  EXPECT_FALSE(ContainsFullDate("Boats in the harbour in October 2017.", Lists()));
}

}  // namespace
}  // namespace garner::metadata_lines
