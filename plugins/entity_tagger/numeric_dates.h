// Dates in digits: 2022-01-04, 1/6/2022, 06.01.2022, 4. 1. 2022, 14-Mar-2016, 2021-W14, and ISO 8601 with a time.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "date_pieces.h"

namespace garner::entity_tagger {

class NumericDates : public DatePieces {
 public:
  using DatePieces::DatePieces;

 protected:
  std::optional<Expression> Numeric(size_t i) const {
    if (YearAt(i) > 0 && JoinedMark(i + 1, '-') && Joined(i + 2)) return Iso(i);
    if (Glued(i, '/') && Glued(i + 2, '/')) return Slashed(i);
    if (Glued(i, '-') && Glued(i + 2, '-')) return Hyphened(i);
    if (JoinedMark(i + 1, '-') && Joined(i + 2) && IsWord(i + 2)) return HyphenedMonth(i);
    if (std::optional<Expression> dotted = Dotted(i)) return dotted;
    return SpacedDots(i);
  }
  bool Glued(size_t i, char mark) const { return JoinedMark(i + 1, mark) && Joined(i + 2) && IsNumber(i + 2); }

 private:
  static Expression Day(size_t begin, size_t end, int year, int month, int day) {
    return Date(begin, end, fmt::format("{:04}-{:02}-{:02}", year, month, day), true);
  }
  // Part of a longer row of digits and marks: a telephone number, an address.
  bool Hangs(size_t begin, size_t end) const {
    const auto ties = [&](size_t k) { return Mark(k, '-') || Mark(k, '/'); };
    if (begin > 0 && Joined(begin) && ties(begin - 1)) return true;
    return ties(end) && Joined(end) && IsNumber(end + 1) && Joined(end + 1);
  }

  std::optional<Expression> Iso(size_t i) const {
    const int year = YearAt(i), month = Whole(i + 2);
    const std::string_view week = Text(i + 2);
    if (week.size() == 3 && week[0] == 'W' && (week[1] >= '0' && week[1] <= '5') && week[2] >= '0' && week[2] <= '9')
      return Date(i, i + 3, fmt::format("{:04}-{}", year, week), true);
    if (!TwoDigits(i + 2) || !Glued(i + 2, '-') || !TwoDigits(i + 4) || !ValidDay(month, Whole(i + 4)) || Hangs(i, i + 5))
      return std::nullopt;
    Expression date = Day(i, i + 5, year, month, Whole(i + 4));
    AddClock(date);
    return date;
  }
  // "T06:45:00Z" or " 06:45" behind the date.
  void AddClock(Expression& date) const {
    size_t at = date.end;
    std::string clock;
    const std::string_view hour = Text(at);
    if (IsWord(at) && Joined(at) && hour.size() == 3 && hour[0] == 'T')
      clock = hour;
    else if (TwoDigits(at) && Whole(at) < 24)
      clock = "T" + std::string(hour);
    else
      return;
    const auto minutes = [&] { return JoinedMark(at + 1, ':') && Joined(at + 2) && IsNumber(at + 2); };
    if (!minutes() || !TwoDigits(at + 2) || Whole(at + 2) > 59) return;
    clock += fmt::format(":{:02}", Whole(at + 2));
    at += 2;
    if (minutes()) {
      clock += ":" + std::string(Text(at + 2).substr(0, 2));
      at += 2;
    }
    ++at;
    if (Joined(at) && Text(at) == "Z") {
      clock += "Z";
      ++at;
    } else if (Joined(at) && (Mark(at, '+') || Mark(at, '-')) && TwoDigits(at + 1) && JoinedMark(at + 2, ':') &&
               TwoDigits(at + 3)) {
      clock += std::string(1, t_[at].mark) + std::string(Text(at + 1)) + ":" + std::string(Text(at + 3));
      at += 4;
    }
    date.value += clock;
    date.end = at;
  }

  std::optional<Expression> Slashed(size_t i) const {
    if (Glued(i + 4, '/') || Hangs(i, i + 5)) return std::nullopt;
    if (YearAt(i) > 0) {  // 2022/01/04
      if (!ValidDay(Whole(i + 2), Whole(i + 4))) return std::nullopt;
      return Day(i, i + 5, Whole(i), Whole(i + 2), Whole(i + 4));
    }
    return InOrder(i, Whole(i), Whole(i + 2));
  }
  // 04-01-2022: two digits each, so that no row of numbers is taken for one.
  std::optional<Expression> Hyphened(size_t i) const {
    if (!TwoDigits(i) || !TwoDigits(i + 2) || Hangs(i, i + 5) || Whole(i + 4) < 1900) return std::nullopt;
    return InOrder(i, Whole(i), Whole(i + 2));
  }
  // Day and month by the language and the option; a number above 12 decides.
  std::optional<Expression> InOrder(size_t i, int first, int second) const {
    const int year = YearAt(i + 4);
    if (year < 0) return std::nullopt;
    const bool month_first = English() && set_.month_first;
    int month = first, day = second;
    if (first > 12 || (second <= 12 && !month_first)) std::swap(month, day);
    if (!ValidDay(month, day)) return std::nullopt;
    return Day(i, i + 5, year, month, day);
  }
  // 14-Mar-2016: the month and the year are one word.
  std::optional<Expression> HyphenedMonth(size_t i) const {
    const std::string_view word = Text(i + 2);
    const size_t hyphen = word.find('-');
    if (hyphen == std::string_view::npos || word.size() - hyphen != 5 || word.size() > 40) return std::nullopt;
    static thread_local std::string name;
    Fold(word.substr(0, hyphen), name);
    const W* month = LookUp(Hash(name), set_.tongue);
    int year = 0;
    for (const char c : word.substr(hyphen + 1)) year = c >= '0' && c <= '9' ? year * 10 + (c - '0') : 10000;
    if (month == nullptr || month->type > W::kMonthShort || year < kFirstYear || year > kLastYear) return std::nullopt;
    const int m = static_cast<int>(month->value);
    return ValidDay(m, Whole(i)) ? std::optional<Expression>(Day(i, i + 3, year, m, Whole(i))) : std::nullopt;
  }

  // One number token, since a full stop between digits does not part them.
  std::optional<Expression> Dotted(size_t i) const {
    const std::string_view digits = Text(i);
    if (digits.size() < 8 || digits.size() > 10 || std::count(digits.begin(), digits.end(), '.') != 2) return std::nullopt;
    const size_t first = digits.find('.'), second = digits.find('.', first + 1);
    const auto value = [](std::string_view part) {
      int n = 0;
      for (const char c : part) n = (c >= '0' && c <= '9') ? n * 10 + (c - '0') : 10000;
      return n;
    };
    const int day = value(digits.substr(0, first)), month = value(digits.substr(first + 1, second - first - 1)),
              year = value(digits.substr(second + 1));
    if (!ValidDay(month, day) || Hangs(i, i + 1)) return std::nullopt;
    const size_t year_digits = digits.size() - second - 1;
    // 04.01.22: which century is not said. In English it is more likely a version.
    if (year_digits == 2 && digits.size() == 8 && (Speaks(Tongue::kGerman) || Speaks(Tongue::kRussian)))
      return Undetermined(i, i + 1);
    if (year_digits != 4 || year < kFirstYear || year > kLastYear) return std::nullopt;
    return Day(i, PastYearWord(i + 1), year, month, day);
  }
  // 4. 1. 2022.
  std::optional<Expression> SpacedDots(size_t i) const {
    if (English() || !JoinedMark(i + 1, '.') || !JoinedMark(i + 3, '.')) return std::nullopt;
    const int day = Whole(i), month = Whole(i + 2), year = YearAt(i + 4);
    if (year < 0 || Length(i) > 2 || Length(i + 2) > 2 || !ValidDay(month, day)) return std::nullopt;
    return Day(i, i + 5, year, month, day);
  }
};

}  // namespace garner::entity_tagger
