// The words of time and number in English, German, French, Spanish and Russian.
//
//   const CalendarWord* word = LookUp(token.hash);   // null for any other word
//
// Built once; safe from any thread.
#pragma once

#include <cstdint>

#include "fold.h"

namespace garner::entity_tagger {

struct CalendarWord {
  enum Type : uint8_t {
    kMonth,       // value 1 to 12
    kMonthShort,  // "Jan", "Jan.": a month only beside a number
    kWeekday,     // value 1 (Monday) to 7
    kWeekdayShort,
    kUnit,          // day, week, month ...: value a UnitCode
    kClockUnit,     // hour, minute, second
    kSeason,        // value 1 (spring) to 4
    kNumber,        // one, two ... ninety
    kMagnitude,     // hundred, thousand, million ...
    kArticle,       // a, an
    kApproximate,   // about, nearly, more ("than")
    kVague,         // several, many, few
    kRelative,      // last, next, past, this, recent
    kPart,          // early, late, beginning, start, end
    kDeictic,       // today, yesterday
    kClockDeictic,  // tonight
    kDayPart,       // morning, night
    kHoliday,
    kNoon,     // noon, midnight: value the hour
    kOrdinal,  // first, second ...: value
    kOther,    // a word that only some rule asks for
  };
  Type type = kOther;
  double value = 0;
  // Months that are ordinary English words: "may", "march".
  bool ambiguous = false;
  // The language that the word belongs to where it is not English: 'd', 'f', 's', 'r'.
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
  kSecond
};

const CalendarWord* LookUp(uint64_t hash);

}  // namespace garner::entity_tagger
