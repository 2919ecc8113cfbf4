#include "dates.h"

#include <string>

#include "absolute_dates.h"
#include "numbers.h"

namespace garner::entity_tagger {
namespace {

// One attempt at one place: the absolute dates, and what is told from today, from a part of a year, or by its length.
class Matcher : public AbsoluteDates {
 public:
  using AbsoluteDates::AbsoluteDates;

  std::optional<Expression> At(size_t i) {
    std::optional<Expression> best;
    const auto consider = [&](std::optional<Expression> found) {
      if (found && (!best || found->end > best->end)) best = std::move(found);
    };
    if (t_[i].type == Token::kNumber) {
      consider(Numeric(i));
      consider(DayFirst(i));
      consider(Decade(i));
      consider(Century(i));
      consider(YearRange(i));
      consider(Year(i));
      consider(Duration(i));
    } else if (t_[i].type == Token::kWord) {
      const W* word = LookUp(t_[i].hash);
      if (word == nullptr) return HyphenWord(i);
      consider(MonthFirst(i));
      consider(Weekday(i));
      consider(Deictic(i));
      consider(Season(i));
      consider(QuarterOfYear(i));
      consider(Century(i));
      consider(Relative(i));
      consider(Part(i));
      consider(Duration(i));
      consider(HyphenWord(i));
    } else if (t_[i].mark == '"' && i + 2 < t_.size()) {
      return ShortDecade(i);
    }
    return best;
  }

 private:
  std::optional<Expression> Deictic(size_t i) const {
    const W* word = Word(i);
    if (word->type == W::kHoliday && t_[i].capital) {
      size_t end = i + 1;
      if (Is(end, {"day", "eve", "sunday", "monday"}) && t_[end].capital) ++end;
      size_t with_year = end;
      if (const int year = TrailingYear(with_year); year > 0) return Undetermined(i, with_year);
      return Undetermined(i, end);
    }
    if (word->type != W::kDeictic) return std::nullopt;
    if (Is(i, {"today"}) && i > 0 && t_[i].capital && !t_[i].sentence_start && t_[i - 1].capital)
      return std::nullopt;  // "USA Today"
    return Undetermined(i, i + 1);
  }

  // last week, next Monday, this year, the past three years, recent months, earlier this month, later that year.
  std::optional<Expression> Relative(size_t i) const {
    const W* word = Word(i);
    if (word->type != W::kRelative) return std::nullopt;
    size_t at = i + 1;
    if (Is(i, {"earlier", "later"})) {
      if (!Is(at, {"this", "that", "in"})) return std::nullopt;
      if (Is(at, {"in"})) {
        if (!Is(at + 1, {"the"}) || !Type(at + 2, W::kUnit)) return std::nullopt;
        return Undetermined(i, at + 3);
      }
      ++at;
      if (Type(at, W::kUnit) || Type(at, W::kSeason)) return Undetermined(i, at + 1);
      return std::nullopt;
    }
    if (Type(at, W::kVague) && !Is(at, {"dozen"}))
      ++at;
    else if (const std::optional<Number> n = ParseNumber(text_, t_, at); n && n->value <= 10000 && n->value >= 1)
      at = n->end;
    const bool counted = at > i + 1;
    if (Mark(at, '-')) return std::nullopt;
    if (Type(at, W::kUnit)) {
      const int unit = static_cast<int>(Word(at)->value);
      if (Is(i, {"this"}) && (unit == kDay || unit == kSeasonUnit) && !counted) return std::nullopt;
      if (Is(i, {"recent", "coming", "past"}) && !counted && unit == kDay && !Is(at, {"days"})) return std::nullopt;
      return Undetermined(i, at + 1);
    }
    if (counted) return std::nullopt;
    if (Type(at, W::kWeekday) && t_[at].capital) return Undetermined(i, at + 1);
    if (Month(at, true) > 0 && Type(at, W::kMonth)) {
      size_t end = at + 1;
      if (Whole(end) >= 1 && Whole(end) <= 31) end = PastOrdinal(end + 1);
      return Undetermined(i, end);
    }
    if (Type(at, W::kSeason) && Is(i, {"last", "next", "this", "past", "previous"})) return Undetermined(i, at + 1);
    return std::nullopt;
  }

  // early January, late 2021, mid-June, the beginning of 2014, the end of the year, the start of the new year.
  std::optional<Expression> Part(size_t i) const {
    if (Word(i)->type != W::kPart) return std::nullopt;
    size_t at = i + 1;
    if (Is(i, {"early", "late", "mid"})) {
      if (Mark(at, '-')) ++at;
      if (Is(at, {"in"}) && Is(i, {"early", "late"})) ++at;
      if (Is(at, {"the"}) && at > i + 1) ++at;
    } else {
      if (!Is(at, {"of"})) return std::nullopt;
      ++at;
      if (Is(at, {"the", "this", "last", "next", "that"})) ++at;
      if (Is(at, {"new", "current", "past", "previous"})) ++at;
    }
    if (at >= t_.size()) return std::nullopt;
    if (Type(at, W::kUnit) && !Is(i, {"early", "mid"}) && !Is(at, {"season"})) {
      if (Is(i, {"late", "turn"}) && !Is(at, {"century", "year", "decade", "millennium"})) return std::nullopt;
      return Is(i, {"late"}) ? std::nullopt : std::optional<Expression>(Undetermined(i, at + 1));
    }
    if (Is(i, {"early", "late", "mid"}) && Is(at, {"this", "last", "next"}) && (Type(at + 1, W::kUnit)))
      return Undetermined(i, at + 2);
    std::optional<Expression> rest;
    if (t_[at].type == Token::kNumber) {
      rest = Decade(at);
      if (!rest) rest = Century(at);
      if (!rest && YearAt(at) > 0 && !CountsSomething(at + 1)) rest = Date(at, at + 1, "", false);
    } else if (Word(at) != nullptr) {
      rest = Month(at, true) > 0 ? MonthFirst(at) : std::nullopt;
      if (!rest && Month(at, true) > 0 && Type(at, W::kMonth)) rest = Date(at, at + 1, "", false);
      if (!rest) rest = Century(at);
      if (!rest && Type(at, W::kSeason) && !t_[at].capital) rest = Date(at, at + 1, "", false);
      if (!rest) rest = Season(at);
    }
    if (!rest) return std::nullopt;
    return Undetermined(i, rest->end);
  }

  // 30 years, a week, more than 10 years, three decades ago, many years, 30-year-old.
  std::optional<Expression> Duration(size_t i) const {
    size_t at = i;
    bool exact = true, any = false;
    if (Type(at, W::kApproximate)) {
      exact = false;
      if (Is(at, {"more", "less"})) {
        if (!Is(at + 1, {"than"})) return std::nullopt;
        at += 2;
      } else if (Is(at, {"at"})) {
        if (!Is(at + 1, {"least", "most"})) return std::nullopt;
        at += 2;
      } else if (Is(at, {"up"})) {
        if (!Is(at + 1, {"to"})) return std::nullopt;
        at += 2;
      } else {
        ++at;
      }
    }
    double amount = 0;
    if (Type(at, W::kArticle)) {
      any = true;
      amount = 1;
      ++at;
      if (Is(at, {"few", "couple", "dozen"})) {
        exact = false;
        ++at;
        if (Is(at, {"of"})) ++at;
      } else if (Is(at, {"single", "full", "whole"})) {
        ++at;
      }
    } else if (Type(at, W::kVague)) {
      if (Is(at, {"couple"})) return std::nullopt;
      any = true;
      exact = false;
      ++at;
    } else if (const std::optional<Number> n = ParseNumber(text_, t_, at); n && n->value >= 0) {
      any = true;
      amount = n->value;
      at = n->end;
      if (DashAt(at) || Is(at, {"or"})) {
        if (const std::optional<Number> second = ParseNumber(text_, t_, at + 1); second && second->value > amount) {
          at = second->end;
          exact = false;
        }
      }
    }
    if (!any) return std::nullopt;
    bool hyphen = false;
    if (Mark(at, '-') && !t_[at].space_before && at + 1 < t_.size() && !t_[at + 1].space_before) {
      hyphen = true;
      ++at;
    }
    if (Is(at, {"consecutive", "straight", "full", "calendar", "more", "long"}) && !hyphen) ++at;
    return DurationUnit(i, at, amount, exact, hyphen);
  }
  std::optional<Expression> DurationUnit(size_t i, size_t at, double amount, bool exact, bool hyphen) const {
    if (hyphen && at < t_.size() && Is(at, {"year-old", "years-old", "month-old", "day-old", "week-old", "year-olds"}))
      return Undetermined(i, at + 1);
    const W* unit = Word(at);
    if (unit == nullptr || (unit->type != W::kUnit && unit->type != W::kClockUnit)) return std::nullopt;
    const int code = static_cast<int>(unit->value);
    if (code == kSeasonUnit || code == kQuarter || code == kWeekend) return std::nullopt;
    const bool clock = unit->type == W::kClockUnit;
    size_t end = at + 1;
    if (hyphen && Mark(end, '-') && Is(end + 1, {"old"})) return Undetermined(i, end + 2);
    if (Is(end, {"ago", "earlier", "later"})) {
      Expression found = Undetermined(i, end + 1);
      found.label = clock ? "TIME" : "DATE";
      return found;
    }
    if (Is(end, {"old"}) && !clock) return Undetermined(i, end + 1);
    Expression found = Date(i, end, exact ? DurationValue(amount, code) : "", false);
    if (clock) found.label = "TIME";
    return found;
  }
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

  // mid-June, mid-1990s, three-year, two-week-old: one token.
  std::optional<Expression> HyphenWord(size_t i) const {
    const std::string_view word = View(text_, t_[i]);
    const size_t hyphen = word.find('-');
    if (hyphen == std::string_view::npos || word.size() > 40) return std::nullopt;
    std::string left, right;
    Fold(word.substr(0, hyphen), left);
    Fold(word.substr(hyphen + 1), right);
    if (left == "mid") {
      const W* month = LookUp(Hash(right));
      if (month != nullptr && (month->type == W::kMonth || month->type == W::kSeason || month->type == W::kUnit)) {
        size_t end = i + 1;
        TrailingYear(end);
        return Undetermined(i, end);
      }
      if (right.size() == 4 && right[0] >= '1' && right[0] <= '2' && right.find_first_not_of("0123456789") == std::string::npos) {
        return Undetermined(i, Is(i + 1, {"s"}) && !t_[i + 1].space_before ? i + 2 : i + 1);
      }
      return (right.size() == 5 && right.back() == 's' && right[3] == '0') ? std::optional<Expression>(Undetermined(i, i + 1))
                                                                           : std::nullopt;
    }
    const W* number = LookUp(Hash(left));
    if (number == nullptr || number->type != W::kNumber) return std::nullopt;
    const size_t second = right.find('-');
    const W* unit = LookUp(Hash(std::string_view(right).substr(0, second)));
    if (unit == nullptr || (unit->type != W::kUnit && unit->type != W::kClockUnit) || static_cast<int>(unit->value) == kQuarter ||
        static_cast<int>(unit->value) == kSeasonUnit)
      return std::nullopt;
    if (second != std::string::npos) {
      if (right.compare(second, std::string::npos, "-old") != 0) return std::nullopt;
      return Undetermined(i, i + 1);
    }
    Expression found = Date(i, i + 1, DurationValue(number->value, static_cast<int>(unit->value)), false);
    if (unit->type == W::kClockUnit) found.label = "TIME";
    return found;
  }
};

void AppendLowerUnlessName(std::string_view part, std::string& out) {
  std::string folded;
  Fold(part, folded);
  const CalendarWord* word = LookUp(Hash(folded));
  const bool name = word != nullptr && word->type <= CalendarWord::kWeekdayShort;
  for (const char c : part) out += !name && c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

}  // namespace

std::optional<Expression> MatchDate(const DateInput& input, size_t i) { return Matcher(input).At(i); }

std::string CanonicalDateText(std::string_view text, const Tokens& tokens, size_t begin, size_t end) {
  std::string canonical, folded;
  for (size_t i = begin; i < end; ++i) {
    if (i > begin && tokens[i].space_before) canonical += ' ';
    std::string_view rest = View(text, tokens[i]);
    while (!rest.empty()) {  // "mid-June" has a month in its second part
      const size_t hyphen = rest.find('-');
      const std::string_view part = rest.substr(0, hyphen == std::string_view::npos ? hyphen : hyphen + 1);
      AppendLowerUnlessName(part, canonical);
      rest.remove_prefix(part.size());
    }
  }
  return canonical;
}

}  // namespace garner::entity_tagger
