// The day on which a document was written, and the dates that are told from it.
//
//   const ReferenceDate written = ParseReferenceDate("2021-04-07T08:00:00Z");
//   DaysFrom(written, -1);                     // "2021-04-06"
//   UnitFrom(written, kWeek, -1);              // "2021-W13"
//
// Values are ISO 8601 with the precision of the unit, and empty where the date is not known exactly enough: of "2021-04" the
// month before is known, the day before is not. Pure.
#pragma once

#include <string>
#include <string_view>

#include "calendar.h"
#include "garner/v1/document.pb.h"

namespace garner::entity_tagger {

struct ReferenceDate {
  int year = 0;  // 0: unknown
  int month = 0;
  int day = 0;
  bool exact() const { return day > 0; }
};

// "2021-04-07", also with a time behind it, "2021-04" or "2021"; anything else is unknown.
ReferenceDate ParseReferenceDate(std::string_view iso);
// The chosen metadata "date_published".
ReferenceDate WrittenOn(const v1::Document& document);

std::string DaysFrom(const ReferenceDate& from, int days);
// `count` days, weeks, months, quarters, years ... away, with the unit's own precision.
std::string UnitFrom(const ReferenceDate& from, int unit, int count);

// Monday is 1.
int WeekdayOf(const ReferenceDate& date);
// The day of that name: the last one before the date, or on it where `same_day`; the next one after it.
std::string WeekdayBefore(const ReferenceDate& from, int weekday, bool same_day);
std::string WeekdayAfter(const ReferenceDate& from, int weekday);
// That day in the week of the date, 1 or -1 weeks away.
std::string WeekdayInWeek(const ReferenceDate& from, int weekday, int weeks);

// The month of that name: the last before the date's own, the next behind it, or that of its year.
std::string MonthFrom(const ReferenceDate& from, int month, int which);
// "last summer", "this summer" where only one can be meant.
std::string SeasonFrom(const ReferenceDate& from, int season, int which);

// The ISO week that holds a day: "2021-W10"; empty for a day that does not exist.
std::string WeekOf(int year, int month, int day);

}  // namespace garner::entity_tagger
