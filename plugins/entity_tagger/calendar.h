// The words of time and number in English, German, French, Spanish and Russian, and the most needed ones in Kazakh.
//
//   const CalendarWord* word = LookUp(token.hash, Tongue::kGerman);   // null for any other word
//
// Each language has its own words, and the months of the others beside them: "14 juillet 1789" stands in English text too.
// Built once; safe from any thread.
#pragma once

#include <cstdint>

#include "fold.h"
#include "tongue.h"

namespace garner::entity_tagger {

struct CalendarWord {
  enum Type : uint8_t {
    kMonth,       // value 1 to 12
    kMonthShort,  // "Jan", "Jan.": a month only beside a number
    kWeekday,     // value 1 (Monday) to 7
    kWeekdayShort,
    kTimeUnit,        // day, week, month ...: value a UnitCode
    kClockUnit,       // hour, minute, second
    kSeason,          // value 1 (spring) to 4
    kNumber,          // one, two ... ninety
    kMagnitude,       // hundred, thousand, million ...
    kVagueMagnitude,  // tens, hundreds, thousands
    kHalf,
    kArticle,       // a, an
    kApproximate,   // about, nearly, more ("than")
    kVague,         // several, many, few
    kRelative,      // last, next, past, this, recent: value a RelativeCode
    kPart,          // early, late, beginning, start, end
    kDeictic,       // today, yesterday: value in days from today
    kClockDeictic,  // tonight
    kDayPart,       // morning, night
    kWeekdayPart,   // "Montagabend"
    kHoliday,
    kNoon,        // noon, midnight: value the hour
    kOrdinal,     // first, second ...: value
    kDecadeName,  // "nineties"
    kAgo,         // "ago", "назад"
    kAgoLed,      // "vor", "hace", "il" (y a): stands before
    kMinus,
    kConnector,  // "and" within a number
    kOther,      // a word that only some rule asks for
  };
  Type type = kOther;
  double value = 0;
  // Months that are ordinary words too: "may", "march".
  bool ambiguous = false;
  // The language that the word belongs to where it is not English: 'd', 'f', 's', 'r', 'k'.
  char language = 'e';
};

enum UnitCode {
  kDay = 1,
  kWeek,
  kMonthUnit,
  kYear,
  kDecade,
  kCentury,
  kQuarter,
  kWeekend,
  kFortnight,
  kSeasonUnit,
  kMillennium,
  kHour,
  kMinute,
  kSecond,
  kHalfYear
};

// Which of several: the one before this, this, the one after it.
enum RelativeCode { kOneBefore = -1, kThisOne = 0, kOneAfter = 1, kComingOne = 2, kVaguely = 3 };

const CalendarWord* LookUp(uint64_t hash, Tongue tongue = Tongue::kEnglish);

// A month, a day of the week, "today": in its language hardly ever somebody's name. In English any word of the calendar.
bool IsNoName(uint64_t hash, Tongue tongue);

}  // namespace garner::entity_tagger
