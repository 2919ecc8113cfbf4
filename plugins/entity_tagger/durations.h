// What lengths of time and times told from today have in common: units, counts, values.
#pragma once

#include <string>

#include "absolute_dates.h"
#include "numbers.h"
#include "tense.h"

namespace garner::entity_tagger {

class Durations : public AbsoluteDates {
 public:
  using AbsoluteDates::AbsoluteDates;

 protected:
  static constexpr double kLargestCount = 10000;

  // The 34 of "T-34 days", the 12 of "3/12 months".
  bool Hangs(size_t i) const {
    if (i == 0 || !Joined(i)) return false;
    if (Mark(i - 1, '/') || Mark(i - 1, '.')) return true;
    return Mark(i - 1, '-') && Joined(i - 1) && i > 1 && IsWord(i - 2);
  }
  bool IsUnit(size_t i) const { return Type(i, W::kTimeUnit) || Type(i, W::kClockUnit); }
  bool IsClock(size_t i) const { return Type(i, W::kClockUnit); }

  static std::string DurationValue(double amount, int unit) {
    switch (unit) {
      case kDay:
        return "P" + FormatNumber(amount) + "D";
      case kWeek:
        return "P" + FormatNumber(amount) + "W";
      case kMonthUnit:
        return "P" + FormatNumber(amount) + "M";
      case kYear:
        return "P" + FormatNumber(amount) + "Y";
      case kDecade:
        return "P" + FormatNumber(amount * 10) + "Y";
      case kCentury:
        return "P" + FormatNumber(amount * 100) + "Y";
      case kMillennium:
        return "P" + FormatNumber(amount * 1000) + "Y";
      case kFortnight:
        return "P" + FormatNumber(amount * 2) + "W";
      case kHour:
        return "PT" + FormatNumber(amount) + "H";
      case kMinute:
        return "PT" + FormatNumber(amount) + "M";
      case kSecond:
        return "PT" + FormatNumber(amount) + "S";
      default:
        return "";
    }
  }
  Expression Lasting(size_t begin, size_t end, double amount, bool exact, int unit, bool clock) const {
    Expression found = Told(begin, end, exact ? DurationValue(amount, unit) : "");
    if (clock) found.label = "TIME";
    return found;
  }
  // "two hours and 41 minutes", "un an et six mois": a length in two units is one.
  Expression WithRest(Expression first, int unit) const {
    const size_t at = Is(first.end, {"and", "und", "et", "y", "и"}) ? first.end + 1 : first.end;
    if (first.value.empty()) return first;
    const std::optional<Number> n =
        at < t_.size() && (IsNumber(at) || Type(at, W::kNumber)) ? ParseNumber(in_, at) : std::nullopt;
    if (!n || !n->sure || !IsUnit(n->end) || !Divides(unit, Value(n->end))) return first;
    const std::string rest = DurationValue(n->value, Value(n->end));
    // "PT2H" and "PT41M", "P1D" and "PT2H", "P1Y" and "P6M".
    const bool clock = rest.rfind("PT", 0) == 0;
    first.value += clock && first.value.rfind("PT", 0) == 0 ? rest.substr(2) : rest.substr(1);
    first.end = n->end + 1;
    return first;
  }
  static bool Divides(int unit, int smaller) {
    return (unit == kYear && smaller == kMonthUnit) || (unit == kDay && smaller == kHour) ||
           (unit == kHour && smaller == kMinute) || (unit == kMinute && smaller == kSecond);
  }

  // So many units before or after the day of writing; whole numbers only.
  std::string Away(double amount, bool exact, int unit, int direction) const {
    const int count = static_cast<int>(std::min(amount, kLargestCount));
    return exact && amount == count ? UnitFrom(set_.written, unit, direction * count) : "";
  }

  // The day of that name that the verb of its sentence points to. A plural ("on Mondays") is no one day.
  std::string WeekdayByTense(size_t i) const {
    if (!set_.written.exact()) return "";
    switch (TenseAround(in_, i)) {
      case Tense::kPast:
        return WeekdayBefore(set_.written, Value(i), true);
      case Tense::kFuture:
        // On that very day it may be today or in a week.
        return WeekdayOf(set_.written) == Value(i) ? "" : WeekdayAfter(set_.written, Value(i));
      case Tense::kUnknown:
        return "";
    }
    return "";
  }
};

}  // namespace garner::entity_tagger
