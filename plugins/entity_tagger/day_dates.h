// Dates that name a day and a month, in any of the languages: "4 January 2022", "January 4-6", "4 de enero de 2022", "4 по 6
// января".
#pragma once

#include <optional>

#include "numeric_dates.h"

namespace garner::entity_tagger {

class DayDates : public NumericDates {
 public:
  using NumericDates::NumericDates;

 protected:
  // The day that begins with a number, and a second one behind "to".
  std::optional<Expression> DayFirst(size_t i) const { return WithSecond(DayMonth(i)); }
  std::optional<Expression> MonthFirst(size_t i) const { return WithSecond(MonthDay(i)); }

  // January 2022, January of 2022.
  std::optional<Expression> MonthYear(size_t i) const {
    const int month = MonthBeside(i);
    if (month == 0) return std::nullopt;
    size_t end = PastMonth(i);
    const int year = TrailingYear(end);
    if (year < 0) return std::nullopt;
    return Dated(i, end, year, month, 0, 0);
  }
  // March to June 2021, April–June.
  std::optional<Expression> MonthRange(size_t i) const {
    std::optional<Expression> first = MonthYear(i);
    if (!first && MonthBeside(i) > 0 && Type(i, W::kMonth)) first = Dated(i, i + 1, 0, MonthBeside(i), 0, 0);
    if (!first || !RangeAt(first->end) || MonthBeside(first->end + 1) == 0) return std::nullopt;
    const size_t at = first->end + 1;
    if (Word(at)->language != Word(i)->language) return std::nullopt;
    std::optional<Expression> second = MonthYear(at);
    if (!second && Type(at, W::kMonth) && Whole(at + 1) < 0) second = Dated(at, at + 1, 0, MonthBeside(at), 0, 0);
    if (!second) return std::nullopt;
    return JoinDates(*first, *second);
  }

 private:
  std::optional<Expression> WithSecond(std::optional<Expression> first) const {
    if (!first) return first;
    size_t at = first->end;
    if (Mark(at, ',') && RangeWord(at + 1)) ++at;
    if (!RangeAt(at)) return first;
    const std::optional<Expression> second = IsNumber(at + 1) ? DayMonth(at + 1) : MonthDay(at + 1);
    if (!second) return first;
    if (std::optional<Expression> both = JoinDates(*first, *second)) return both;
    return first;
  }

  // 4 January 2022, 4th of January, 4-6 January, 4. Januar 2022, 4 de enero de 2022, 4 января 2022 года.
  std::optional<Expression> DayMonth(size_t i) const {
    const int day = Whole(i);
    if (day < 1 || day > 31 || Length(i) > 2) return std::nullopt;
    if (i > 0 && Joined(i) && (Mark(i - 1, '/') || Mark(i - 1, '$') || (Mark(i - 1, '-') && Joined(i - 1)))) return std::nullopt;
    size_t at = PastDayMark(i + 1);
    int last = 0;
    const bool next_day = And(at) && Whole(at + 1) == day + 1;  // 3 and 4 May
    if ((RangeAt(at) || next_day) && Whole(at + 1) > day && Whole(at + 1) <= 31) {
      last = Whole(at + 1);
      at = PastDayMark(at + 2);
    }
    const bool stop = at > i + 1 && Mark(at - 1, '.');
    if (Is(at, {"of", "de"})) ++at;
    const int month = MonthBeside(at);
    if (!ValidDay(month, std::max(day, last))) return std::nullopt;
    // Only German parts day and month by a full stop; elsewhere a sentence has ended.
    if (stop && !(Speaks(Tongue::kGerman) || Word(at)->language == 'd' || SharedWithGerman(at))) return std::nullopt;
    if (Type(at, W::kMonthShort) && Foreign(at)) return std::nullopt;
    size_t end = PastMonth(at);
    const int year = TrailingYear(end);
    if (year < 0 && Foreign(at) && Word(at)->ambiguous) return std::nullopt;  // "4 Mars bars"
    return Dated(i, end, year, month, day, last);
  }
  bool And(size_t i) const { return Is(i, {"and", "und", "et", "y", "и"}); }
  // "15. April 1990" is German in English text too.
  bool SharedWithGerman(size_t i) const { return Word(i)->language == 'e' && (Value(i) == 4 || Value(i) >= 8); }
  // Past "th" or, before a month or a second day, an ordinal's full stop.
  size_t PastDayMark(size_t i) const {
    const size_t past = PastOrdinal(i);
    if (past > i) return past;
    const bool german = !English() || MonthBeside(i + 1) > 0;
    return german && JoinedMark(i, '.') ? i + 1 : i;
  }

  // January 4, 2022; Jan. 4; January 4-6, 2022.
  std::optional<Expression> MonthDay(size_t i) const {
    const int month = MonthBeside(i);
    if (month == 0 || Word(i)->language != 'e' || !(English() || Speaks(Tongue::kOther))) return std::nullopt;
    const int day = Whole(i + 1);
    if (day < 1 || Length(i + 1) > 2 || !ValidDay(month, day) || Mark(i + 2, '%') || Mark(i + 2, ':')) return std::nullopt;
    size_t end = PastOrdinal(i + 2);
    int last = 0;
    if ((RangeAt(end) || (And(end) && Whole(end + 1) == day + 1)) && Whole(end + 1) > day && Whole(end + 1) <= 31 &&
        ValidDay(month, Whole(end + 1)) && MonthBeside(end + 2) == 0) {
      last = Whole(end + 1);
      end = PastOrdinal(end + 2);
    }
    const int year = TrailingYear(end);
    return Dated(i, end, year, month, day, last);
  }
};

}  // namespace garner::entity_tagger
