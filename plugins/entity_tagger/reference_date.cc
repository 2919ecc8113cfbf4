#include "reference_date.h"

#include <fmt/format.h>

#include <chrono>

namespace garner::entity_tagger {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

sys_days Day(const ReferenceDate& date) { return sys_days(std::chrono::year(date.year) / date.month / date.day); }

std::string Text(sys_days day) {
  const std::chrono::year_month_day date(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

int IsoWeekday(sys_days day) { return static_cast<int>(std::chrono::weekday(day).iso_encoding()); }
sys_days MondayOf(sys_days day) { return day - days(IsoWeekday(day) - 1); }

// The year of a week is that of its Thursday.
std::string Week(sys_days day) {
  const sys_days thursday = MondayOf(day) + days(3);
  const std::chrono::year year = std::chrono::year_month_day(thursday).year();
  const auto nth = (thursday - sys_days(year / 1 / 1)).count();
  return fmt::format("{:04}-W{:02}", static_cast<int>(year), nth / 7 + 1);
}

int Digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::string Month(int year, int month, int count) {
  const int months = year * 12 + month - 1 + count;
  return months < 12 ? "" : fmt::format("{:04}-{:02}", months / 12, months % 12 + 1);
}
std::string Quarter(const ReferenceDate& from, int count) {
  const int quarters = from.year * 4 + (from.month - 1) / 3 + count;
  return quarters < 4 ? "" : fmt::format("{:04}-{}", quarters / 4, 33 + quarters % 4);
}
std::string HalfYear(const ReferenceDate& from, int count) {
  const int halves = from.year * 2 + (from.month - 1) / 6 + count;
  return halves < 2 ? "" : fmt::format("{:04}-{}", halves / 2, 40 + halves % 2);
}
std::string Years(int year) { return year < 1 || year > 9999 ? "" : fmt::format("{:04}", year); }

// "last weekend" on a Saturday is the one before, "this weekend" is today.
std::string Weekend(const ReferenceDate& from, int count) {
  const sys_days saturday = MondayOf(Day(from)) + days(5 + 7 * count);
  return count > 0 ? "" : fmt::format("{}/{}", Text(saturday), Text(saturday + days(1)));
}

// Nobody means a day so far away by its distance in days.
constexpr int kFarthest = 100000;

}  // namespace

ReferenceDate ParseReferenceDate(std::string_view iso) {
  ReferenceDate date;
  if (iso.size() < 4 || (iso.size() > 4 && iso[4] != '-')) return {};
  date.year = Digits(iso.substr(0, 4));
  if (date.year < 1) return {};
  if (iso.size() < 7) return date;
  date.month = Digits(iso.substr(5, 2));
  if (date.month < 1 || date.month > 12) return {};
  if (iso.size() < 10 || iso[7] != '-') return date;
  date.day = Digits(iso.substr(8, 2));
  if (date.day < 1 || !(std::chrono::year(date.year) / date.month / date.day).ok()) return {};
  return date;
}

ReferenceDate WrittenOn(const v1::Document& document) {
  for (const v1::Metadata& metadata : document.metadata())
    if (metadata.key() == "date_published" && metadata.chosen()) return ParseReferenceDate(metadata.value());
  return {};
}

std::string DaysFrom(const ReferenceDate& from, int count) {
  return from.exact() && count > -kFarthest && count < kFarthest ? Text(Day(from) + days(count)) : "";
}

std::string UnitFrom(const ReferenceDate& from, int unit, int count) {
  if (from.year == 0 || count < -kFarthest || count > kFarthest) return "";
  const bool to_month = from.month > 0;
  switch (unit) {
    case kDay:
      return DaysFrom(from, count);
    case kWeek:
      return from.exact() ? Week(Day(from) + days(7 * count)) : "";
    case kFortnight:
      return from.exact() ? Week(Day(from) + days(14 * count)) : "";
    case kWeekend:
      return from.exact() ? Weekend(from, count) : "";
    case kMonthUnit:
      return to_month ? Month(from.year, from.month, count) : "";
    case kQuarter:
      return to_month ? Quarter(from, count) : "";
    case kHalfYear:
      return to_month ? HalfYear(from, count) : "";
    case kYear:
      return Years(from.year + count);
    case kDecade:
      return Years(from.year + 10 * count).empty() ? "" : Years(from.year + 10 * count).substr(0, 3) + "X";
    case kCentury:
      return Years(from.year + 100 * count).empty() ? "" : Years(from.year + 100 * count).substr(0, 2) + "XX";
    default:
      return "";
  }
}

int WeekdayOf(const ReferenceDate& date) { return IsoWeekday(Day(date)); }

std::string WeekdayBefore(const ReferenceDate& from, int weekday, bool same_day) {
  if (!from.exact()) return "";
  const int back = (WeekdayOf(from) - weekday + 7) % 7;
  return DaysFrom(from, back == 0 && !same_day ? -7 : -back);
}

std::string WeekdayAfter(const ReferenceDate& from, int weekday) {
  if (!from.exact()) return "";
  const int ahead = (weekday - WeekdayOf(from) + 7) % 7;
  return DaysFrom(from, ahead == 0 ? 7 : ahead);
}

std::string WeekdayInWeek(const ReferenceDate& from, int weekday, int weeks) {
  return from.exact() ? Text(MondayOf(Day(from)) + days(weekday - 1 + 7 * weeks)) : "";
}

std::string MonthFrom(const ReferenceDate& from, int month, int which) {
  if (from.month == 0) return "";
  int year = from.year;
  if (which < 0 && month >= from.month) --year;
  if (which > 0 && month <= from.month) ++year;
  return fmt::format("{:04}-{:02}", year, month);
}

std::string SeasonFrom(const ReferenceDate& from, int season, int which) {
  constexpr int kWinter = 4;
  // A winter lies in two years; and what the season is called in December depends on the half of the world.
  if (season == kWinter || from.month < 3 || from.month > 11) return "";
  const int begins = season * 3;  // March, June, September
  if (which == kThisOne) return fmt::format("{:04}-{}", from.year, 20 + season);
  // Once it has begun, "last" may be this one or the one of the year before.
  return which == kOneBefore && from.month < begins ? fmt::format("{:04}-{}", from.year - 1, 20 + season) : "";
}

std::string WeekOf(int year, int month, int day) {
  const auto date = std::chrono::year(year) / month / day;
  return date.ok() ? Week(sys_days(date)) : "";
}

}  // namespace garner::entity_tagger
