#include "dates.h"

#include <unicode/uchar.h>

#include <utility>

#include "dates_abroad.h"
#include "durations.h"
#include "garner/utf8.h"
#include "lists.h"

namespace garner::entity_tagger {
namespace {

// One attempt at one place in English text: the absolute dates, and what is told from today, from a part of a year, or by its
// length.
class EnglishDates : public Durations {
 public:
  using Durations::Durations;

  std::optional<Expression> At(size_t i) {
    std::optional<Expression> best;
    const auto consider = [&](std::optional<Expression> found) {
      if (found && (!best || found->end > best->end)) best = std::move(found);
    };
    if (IsNumber(i)) {
      consider(Numeric(i));
      consider(DayFirst(i));
      consider(Decade(i));
      consider(Century(i));
      consider(YearRange(i));
      consider(YearOfEra(i));
      consider(Year(i));
      consider(Duration(i));
      return best;
    }
    if (!IsWord(i)) return t_[i].mark == '"' ? ShortDecade(i) : std::nullopt;
    consider(HyphenWord(i));
    if (Word(i) == nullptr) return best;
    switch (Word(i)->type) {
      case W::kMonth:
      case W::kMonthShort:
        consider(FromMonth(i));
        break;
      case W::kWeekday:
      case W::kWeekdayShort:
        consider(Weekday(i));
        break;
      case W::kHoliday:
        consider(Holiday(i));
        break;
      case W::kDeictic:
        consider(Deictic(i));
        break;
      case W::kSeason:
        consider(Season(i));
        break;
      case W::kOrdinal:
        consider(QuarterOfYear(i));
        consider(Century(i));
        consider(SpelledDay(i));
        consider(FourthOfJuly(i));
        break;
      case W::kRelative:
        consider(QuarterOfYear(i));
        consider(Relative(i));
        break;
      case W::kPart:
        consider(Part(i));
        break;
      case W::kDecadeName:
        consider(NamedDecade(i));
        break;
      case W::kTimeUnit:
        consider(UnitOf(i));
        break;
      case W::kOther:
        consider(ShortQuarter(i));
        consider(YearOfEra(i));
        consider(NewYears(i));
        consider(YearEnd(i));
        consider(LongTerm(i));
        break;
      default:
        break;
    }
    consider(Duration(i));
    return best;
  }

 private:
  // Monday; Monday, January 4, 2022; Monday through Friday. Monday morning is a time (times.cc).
  std::optional<Expression> Weekday(size_t i) const {
    size_t at = i + 1;
    if (Mark(at, ',')) ++at;
    if (Is(at, {"the"}) && IsNumber(at + 1)) ++at;
    std::optional<Expression> rest = IsNumber(at) ? DayFirst(at) : MonthFirst(at);
    if (!rest && IsNumber(at) && Mark(i + 1, ',')) rest = Numeric(at);
    if (rest && rest->value.size() >= 7) {
      rest->begin = i;
      return rest;
    }
    if (Type(i, W::kWeekdayShort) || !t_[i].capital) return std::nullopt;
    if ((Is(i + 1, {"through", "to"}) || Mark(i + 1, '-')) && Type(i + 2, W::kWeekday) && t_[i + 2].capital)
      return Undetermined(i, i + 3);
    // "Sunday Oliseh said", "The Sunday Courier": part of a name.
    if (t_[i].sentence_start && IsWord(i + 1) && t_[i + 1].capital && !t_[i + 1].all_caps && Word(i + 1) == nullptr)
      return std::nullopt;
    if (i > 0 && IsWord(i + 1) && t_[i + 1].capital && Word(i + 1) == nullptr && !t_[i].sentence_start && Before(i, {"the"}))
      return std::nullopt;
    return Told(i, i + 1, TellsOneDay(i) ? WeekdayByTense(i) : "");
  }
  bool TellsOneDay(size_t i) const {
    if (Text(i).back() == 's') return false;
    return !Before(i, {"by",  "until",  "till",  "from",  "starting",  "beginning", "before", "after", "since",
                       "for", "to",     "every", "other", "alternate", "black",     "good",   "cyber", "super",
                       "ash", "easter", "palm",  "holy",  "each",      "a",         "any",    "one"});
  }

  std::optional<Expression> Holiday(size_t i) const {
    if (!t_[i].capital) return std::nullopt;
    size_t end = i + 1;
    if (Is(end, {"day", "eve", "sunday", "monday"}) && t_[end].capital) ++end;
    const bool day = end > i + 1 && Is(i, {"christmas"}) && !Is(end - 1, {"sunday", "monday"});
    if (!day && !Is(i, {"halloween"})) {
      TrailingYear(end);
      return Undetermined(i, end);
    }
    return Fixed(i, end, Is(i, {"halloween"}) ? 10 : 12, Is(i, {"halloween"}) ? 31 : Is(end - 1, {"eve"}) ? 24 : 25);
  }
  // A day of the same date each year.
  Expression Fixed(size_t begin, size_t end, int month, int day) const {
    const int year = TrailingYear(end);
    return Dated(begin, end, year, month, day, 0);
  }
  std::optional<Expression> NewYears(size_t i) const {
    if (!Is(i, {"new"}) || !t_[i].capital || !Is(i + 1, {"year"}) || i + 3 >= t_.size()) return std::nullopt;
    const size_t at = t_[i + 2].type == Token::kPossessive ? i + 3 : i + 2;
    if (Is(at, {"day"})) return Fixed(i, at + 1, 1, 1);
    if (Is(at, {"eve"})) return Fixed(i, at + 1, 12, 31);
    return std::nullopt;
  }
  std::optional<Expression> FourthOfJuly(size_t i) const {
    if (Is(i, {"fourth"}) && t_[i].capital && Is(i + 1, {"of"}) && Is(i + 2, {"july"})) return Fixed(i, i + 3, 7, 4);
    return std::nullopt;
  }
  // in the long term; "long term care" is none.
  std::optional<Expression> LongTerm(size_t i) const {
    if (!Is(i, {"long", "medium", "short"}) || !Is(i + 1, {"term"}) || t_[i].capital || !Before(i, {"the", "over", "in"}))
      return std::nullopt;
    const bool ends = !IsWord(i + 2) || (t_[i + 2].kinds & kFunction) != 0;
    return ends ? std::optional<Expression>(Undetermined(i, i + 2)) : std::nullopt;
  }
  std::optional<Expression> YearEnd(size_t i) const {
    if (!Is(i, {"year-end"}) || !Before(i, {"by", "at", "before", "until", "since"})) return std::nullopt;
    return Undetermined(i, i + 1);
  }

  std::optional<Expression> Deictic(size_t i) const {
    if (Is(i, {"today"}) && i > 0 && t_[i].capital && !t_[i].sentence_start && t_[i - 1].capital)
      return std::nullopt;  // "USA Today"
    return Told(i, i + 1, DaysFrom(set_.written, Value(i)));
  }
  // The day before yesterday, the week of March 8.
  std::optional<Expression> UnitOf(size_t i) const {
    if (Is(i, {"day"}) && Is(i + 1, {"before"}) && Is(i + 2, {"yesterday"})) return Told(i, i + 3, DaysFrom(set_.written, -2));
    if (Is(i, {"day"}) && Is(i + 1, {"after"}) && Is(i + 2, {"tomorrow"})) return Told(i, i + 3, DaysFrom(set_.written, 2));
    if (!Is(i, {"week"}) || !Is(i + 1, {"of"})) return std::nullopt;
    const std::optional<Expression> day = IsNumber(i + 2) ? DayFirst(i + 2) : MonthFirst(i + 2);
    if (!day) return std::nullopt;
    return Date(i, day->end, WeekOfValue(day->value), day->names_itself && day->value.size() == 10);
  }
  static std::string WeekOfValue(const std::string& day) {
    const ReferenceDate date = ParseReferenceDate(day);
    return day.size() == 10 && date.exact() ? WeekOf(date.year, date.month, date.day) : "";
  }

  // last week, next Monday, this year, the past three years, recent months, earlier this month, later that year.
  std::optional<Expression> Relative(size_t i) const {
    if (Is(i, {"earlier", "later"})) return EarlierIn(i);
    const bool which = Value(i) != kVaguely;
    size_t at = i + 1;
    if (Type(at, W::kVague) && !Is(at, {"dozen"}))
      ++at;
    else if (const std::optional<Number> n = ParseNumber(in_, at); n && n->value <= kLargestCount && n->value >= 1)
      at = n->end;
    const bool counted = at > i + 1;
    if (Mark(at, '-')) return std::nullopt;
    if (Type(at, W::kTimeUnit)) {
      const int unit = Value(at);
      if (Is(i, {"this"}) && (unit == kDay || unit == kSeasonUnit) && !counted) return std::nullopt;
      if (Is(i, {"recent", "coming", "past"}) && !counted && unit == kDay && !Is(at, {"days"})) return std::nullopt;
      if (unit == kCentury && QuarterOfYear(i)) return std::nullopt;
      return Told(i, at + 1, which && !counted ? WhichUnit(at, Value(i)) : "");
    }
    if (counted) return std::nullopt;
    if (Type(at, W::kWeekday) && t_[at].capital) return Told(i, at + 1, which ? WhichWeekday(Value(at), Value(i)) : "");
    if (MonthBeside(at) > 0 && Type(at, W::kMonth)) {
      size_t end = at + 1;
      const bool day = Whole(end) >= 1 && Whole(end) <= 31;
      if (day) end = PastOrdinal(end + 1);
      return Told(i, end, which && !day ? MonthFrom(set_.written, Value(at), Value(i)) : "");
    }
    if (Type(at, W::kSeason) && Is(i, {"last", "next", "this", "past", "previous"}))
      return Told(i, at + 1, which ? SeasonFrom(set_.written, Value(at), Value(i)) : "");
    return std::nullopt;
  }
  // "last decade" may be the ten years before today; "last century" is the one before this.
  std::string WhichUnit(size_t at, int which) const {
    const int unit = Value(at);
    if (unit == kDecade && which != kThisOne) return "";
    return UnitFrom(set_.written, unit, which);
  }
  // "next Friday" on a Wednesday is in two days for some and in nine for others.
  std::string WhichWeekday(int weekday, int which) const {
    if (!set_.written.exact()) return "";
    if (which == kOneBefore) return WeekdayBefore(set_.written, weekday, false);
    const std::string next = WeekdayAfter(set_.written, weekday);
    if (which == kOneAfter) return next == WeekdayInWeek(set_.written, weekday, 1) ? next : "";
    return weekday >= WeekdayOf(set_.written) ? WeekdayInWeek(set_.written, weekday, 0) : "";
  }
  std::optional<Expression> EarlierIn(size_t i) const {
    const size_t at = i + 1;
    if (Is(at, {"in"}) && Is(at + 1, {"the"}) && Type(at + 2, W::kTimeUnit)) return Undetermined(i, at + 3);
    if (!Is(at, {"this", "that"}) || !(Type(at + 1, W::kTimeUnit) || Type(at + 1, W::kSeason))) return std::nullopt;
    const bool whole = Is(at, {"this"}) && Type(at + 1, W::kTimeUnit);
    return Told(i, at + 2, whole ? UnitFrom(set_.written, Value(at + 1), 0) : "");
  }

  // early January, late 2021, mid-June, the beginning of 2014, the end of the year, the start of the new year.
  std::optional<Expression> Part(size_t i) const {
    const bool adjective = Is(i, {"early", "late", "mid"});
    size_t at = i + 1;
    if (adjective) {
      if (Mark(at, '-')) ++at;
      if (Is(at, {"in"}) && !Is(i, {"mid"})) ++at;
      if (Is(at, {"the"}) && at > i + 1) ++at;
    } else {
      if (!Is(at, {"of"})) return std::nullopt;
      ++at;
      if (Is(at, {"the", "this", "last", "next", "that"})) ++at;
      if (Is(at, {"new", "current", "past", "previous"})) ++at;
    }
    if (Type(at, W::kTimeUnit) && !Is(i, {"early", "mid", "late"}) && !Is(at, {"season"})) {
      if (Is(i, {"turn"}) && !Is(at, {"century", "year", "decade", "millennium"})) return std::nullopt;
      return Undetermined(i, at + 1);
    }
    if (adjective && Is(at, {"this", "last", "next"}) && Type(at + 1, W::kTimeUnit)) return Undetermined(i, at + 2);
    const std::optional<Expression> rest = PartOf(at);
    return rest ? std::optional<Expression>(Undetermined(i, rest->end)) : std::nullopt;
  }
  std::optional<Expression> PartOf(size_t at) const {
    if (IsNumber(at)) {
      if (std::optional<Expression> decade = Decade(at)) return decade;
      if (std::optional<Expression> century = Century(at)) return century;
      if (YearAt(at) < 0 || Tied(at) || CountsSomething(at + 1)) return std::nullopt;
      return Undetermined(at, at + 1);
    }
    if (MonthBeside(at) > 0) {
      if (std::optional<Expression> month = FromMonth(at)) return month;
      return Type(at, W::kMonth) ? std::optional<Expression>(Undetermined(at, at + 1)) : std::nullopt;
    }
    if (std::optional<Expression> century = Century(at)) return century;
    if (std::optional<Expression> decade = NamedDecade(at)) return decade;
    if (Type(at, W::kSeason) && !t_[at].capital) {
      const std::optional<Expression> season = Season(at);
      return season ? season : Undetermined(at, at + 1);
    }
    return Season(at);
  }

  // 30 years, a week, more than 10 years, three decades ago, many years, 30-year-old.
  std::optional<Expression> Duration(size_t i) const {
    if (Hangs(i)) return std::nullopt;
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
    if (Type(at, W::kHalf) && Type(at + 1, W::kArticle) && IsUnit(at + 2)) {  // half an hour
      return DurationUnit(i, at + 2, 0.5, exact, false);
    } else if (const std::optional<Number> n = ParseNumber(in_, at); n && n->value >= 0) {
      any = true;
      amount = n->value;
      at = n->end;
      if (RangeAt(at) || Is(at, {"or"})) {
        if (const std::optional<Number> second = ParseNumber(in_, at + 1); second && second->value > amount) {
          at = second->end;
          exact = false;
        }
      }
    } else if (Type(at, W::kArticle)) {
      if (Is(at + 1, {"minute"}) && DescribesWhatFollows(at + 1)) return std::nullopt;
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
    } else if (Type(at, W::kVague) && !Is(at, {"couple"})) {
      any = true;
      exact = false;
      ++at;
    }
    if (!any) return std::nullopt;
    const bool hyphen = JoinedMark(at, '-') && Joined(at + 1);
    if (hyphen) ++at;
    if (Is(at, {"consecutive", "straight", "full", "calendar", "more", "long"}) && !hyphen) ++at;
    return DurationUnit(i, at, amount, exact, hyphen);
  }
  // "a minute detail" is a small one.
  bool DescribesWhatFollows(size_t i) const {
    return IsWord(i + 1) && !t_[i + 1].capital && (t_[i + 1].kinds & kFunction) == 0 &&
           !Is(i + 1, {"ago", "later", "earlier", "longer", "before", "after", "old", "apart"});
  }
  std::optional<Expression> DurationUnit(size_t i, size_t at, double amount, bool exact, bool hyphen) const {
    if (hyphen && Is(at, {"year-old", "years-old", "month-old", "day-old", "week-old", "year-olds"}))
      return Undetermined(i, at + 1);
    if (!IsUnit(at)) return std::nullopt;
    const int code = Value(at);
    if (code == kSeasonUnit || code == kQuarter || code == kWeekend) return std::nullopt;
    const bool clock = IsClock(at);
    size_t end = at + 1;
    if (hyphen && Mark(end, '-') && Is(end + 1, {"old"})) return Undetermined(i, end + 2);
    if (Is(end, {"and"}) && Type(end + 1, W::kArticle) && Type(end + 2, W::kHalf)) {  // a year and a half
      amount += 0.5;
      end += 3;
    }
    if (Is(end, {"ago"})) return Moved(i, end + 1, Away(amount, exact, code, -1), clock);
    if (Is(end, {"earlier", "later"})) return Moved(i, end + 1, "", clock);
    if (Is(end, {"from"}) && Is(end + 1, {"now"})) return Moved(i, end + 2, Away(amount, exact, code, 1), clock);
    if (Is(end, {"old"}) && !clock) return Undetermined(i, end + 1);
    return WithRest(Lasting(i, end, amount, exact, code, clock), code);
  }
  static Expression Moved(size_t begin, size_t end, std::string value, bool clock) {
    Expression found = Told(begin, end, std::move(value));
    if (clock) found.label = "TIME";
    return found;
  }

  // mid-June, mid-1990s, April-June, Monday-Friday, three-year, two-week-old: one token.
  std::optional<Expression> HyphenWord(size_t i) const {
    const std::string_view word = Text(i);
    const size_t hyphen = word.find('-');
    if (hyphen == std::string_view::npos || word.size() > 40) return std::nullopt;
    static thread_local std::string left, right;
    Fold(word.substr(0, hyphen), left);
    Fold(word.substr(hyphen + 1), right);
    if (left == "mid" || left == "late" || left == "early") return HyphenPart(i);
    const W* first = LookUp(Hash(left), set_.tongue);
    if (first == nullptr) return std::nullopt;
    if (first->type == W::kMonth || first->type == W::kWeekday) return HyphenRange(i, *first);
    return first->type == W::kNumber ? HyphenLength(i, first->value) : std::nullopt;
  }
  std::optional<Expression> HyphenPart(size_t i) const {
    const std::string_view word = Text(i), part = word.substr(word.find('-') + 1);
    static thread_local std::string right;
    Fold(part, right);
    const W* name = LookUp(Hash(right), set_.tongue);
    if (name != nullptr &&
        (name->type == W::kMonth || name->type == W::kSeason || (name->type == W::kTimeUnit && (word[0] | 32) == 'm'))) {
      size_t end = i + 1;
      TrailingYear(end);
      return Undetermined(i, end);
    }
    const bool digits = right.size() >= 4 && right.find_first_not_of("0123456789") == std::string::npos;
    if (digits && right.size() == 4 && (right[0] == '1' || right[0] == '2'))
      return Undetermined(i, Is(i + 1, {"s"}) && Joined(i + 1) ? i + 2 : i + 1);
    return (right.size() == 5 && right.back() == 's' && right[3] == '0') ? std::optional<Expression>(Undetermined(i, i + 1))
                                                                         : std::nullopt;
  }
  std::optional<Expression> HyphenRange(size_t i, const W& first) const {
    static thread_local std::string right;
    const std::string_view word = Text(i);
    Fold(word.substr(word.find('-') + 1), right);
    const W* second = LookUp(Hash(right), set_.tongue);
    if (second == nullptr || second->type != first.type || second->language != first.language || !t_[i].capital)
      return std::nullopt;
    if (first.type == W::kWeekday) return Undetermined(i, i + 1);
    size_t end = i + 1;
    const int year = TrailingYear(end);
    return JoinDates(Dated(i, i + 1, 0, static_cast<int>(first.value), 0, 0),
                     Dated(i, end, year, static_cast<int>(second->value), 0, 0));
  }
  std::optional<Expression> HyphenLength(size_t i, double amount) const {
    static thread_local std::string right;
    const std::string_view word = Text(i);
    Fold(word.substr(word.find('-') + 1), right);
    const size_t second = right.find('-');
    const W* unit = LookUp(Hash(std::string_view(right).substr(0, second)), set_.tongue);
    if (unit == nullptr || (unit->type != W::kTimeUnit && unit->type != W::kClockUnit)) return std::nullopt;
    const int code = static_cast<int>(unit->value);
    if (code == kQuarter || code == kSeasonUnit) return std::nullopt;
    if (second != std::string::npos) {
      if (right.compare(second, std::string::npos, "-old") != 0) return std::nullopt;
      return Undetermined(i, i + 1);
    }
    return Lasting(i, i + 1, amount, true, code, unit->type == W::kClockUnit);
  }
};

// German writes nouns with a capital: only words that are none may lose it.
bool KeepsItsCapital(const CalendarWord* word, Tongue tongue) {
  if (word == nullptr) return tongue == Tongue::kGerman;
  if (word->type <= CalendarWord::kWeekdayShort) return tongue == Tongue::kEnglish || tongue == Tongue::kGerman;
  const bool noun = word->type == CalendarWord::kTimeUnit || word->type == CalendarWord::kClockUnit ||
                    word->type == CalendarWord::kSeason || word->type == CalendarWord::kDayPart ||
                    word->type == CalendarWord::kPart || word->type == CalendarWord::kWeekdayPart ||
                    word->type == CalendarWord::kHoliday;
  return tongue == Tongue::kGerman && noun;
}

void AppendLower(std::string_view part, std::string& out) {
  for (size_t i = 0; i < part.size();) {
    const CodePoint cp = NextCodePoint(part, i);
    AppendUtf8(static_cast<char32_t>(u_tolower(static_cast<UChar32>(cp.value))), out);
    i += cp.size;
  }
}

void AppendPart(std::string_view part, Tongue tongue, std::string& out) {
  static thread_local std::string folded;
  Fold(part, folded);
  if (KeepsItsCapital(LookUp(Hash(folded), tongue), tongue))
    out += part;
  else
    AppendLower(part, out);
}

}  // namespace

std::optional<Expression> MatchDate(const ExpressionInput& input, size_t i) {
  return input.settings.tongue == Tongue::kEnglish ? EnglishDates(input).At(i) : MatchDateAbroad(input, i);
}

std::string CanonicalDateText(const ExpressionInput& input, size_t begin, size_t end) {
  std::string canonical;
  for (size_t i = begin; i < end; ++i) {
    if (i > begin && input.tokens[i].space_before) canonical += ' ';
    std::string_view rest = View(input.text, input.tokens[i]);
    while (!rest.empty()) {  // "mid-June" has a month in its second part
      const size_t hyphen = rest.find('-');
      const std::string_view part = rest.substr(0, hyphen == std::string_view::npos ? hyphen : hyphen + 1);
      AppendPart(part, input.settings.tongue, canonical);
      rest.remove_prefix(part.size());
    }
  }
  return canonical;
}

}  // namespace garner::entity_tagger
