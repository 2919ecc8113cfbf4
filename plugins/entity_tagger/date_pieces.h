// The pieces that every notation of a date has: years, names of months, days, and how a value is put together.
#pragma once

#include <fmt/format.h>

#include <optional>
#include <string>

#include "scanner.h"

namespace garner::entity_tagger {

class DatePieces : public Scanner {
 public:
  using Scanner::Scanner;

 protected:
  static constexpr int kFirstYear = 1000, kLastYear = 2100;

  static Expression Date(size_t begin, size_t end, std::string value, bool absolute) {
    return {begin, end, "DATE", std::move(value), absolute};
  }
  static Expression Undetermined(size_t begin, size_t end) { return Date(begin, end, "", false); }
  // Told from the day of writing: the canonical name stays the text.
  static Expression Told(size_t begin, size_t end, std::string value) { return Date(begin, end, std::move(value), false); }
  static std::string YearText(int year) { return fmt::format("{:04}", year); }

  int YearAt(size_t i) const {
    const int value = Whole(i);
    // Not 2022.5, not the 2022 of 2022-based, not 2022%.
    if (value < kFirstYear || value > kLastYear || Length(i) != 4) return -1;
    return Mark(i + 1, '%') ? -1 : value;
  }
  static bool ValidDay(int month, int day) {
    static constexpr int kDays[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month >= 1 && month <= 12 && day >= 1 && day <= kDays[month - 1];
  }
  bool Foreign(size_t i) const {
    static constexpr char kLetters[kTongues] = {'e', 'd', 'f', 's', 'r', 'k', '-'};
    return Word(i)->language != kLetters[static_cast<size_t>(set_.tongue)];
  }
  // The number of the month that is named at i and has a day or year beside it; 0 where there is none.
  int MonthBeside(size_t i) const {
    const W* word = Word(i);
    if (word == nullptr || (word->type != W::kMonth && word->type != W::kMonthShort)) return 0;
    const bool needs_capital = word->language == 'e' || word->language == 'd';
    return needs_capital && !t_[i].capital ? 0 : static_cast<int>(word->value);
  }
  // Past a month's name and an abbreviation's full stop that the tokenizer left outside: "janv. 2022".
  size_t PastMonth(size_t i) const {
    return Type(i, W::kMonthShort) && JoinedMark(i + 1, '.') && IsNumber(i + 2) ? i + 2 : i + 1;
  }
  // Past "st", "nd", "rd", "th", "er", "º" glued to a number.
  size_t PastOrdinal(size_t i) const {
    if (!Joined(i)) return i;
    if (Is(i, {"st", "nd", "rd", "th", "er", "re", "e", "º", "°", "ª"})) return i + 1;
    return Mark(i, '.') && Joined(i + 1) && Is(i + 1, {"º", "ª", "o"}) ? i + 2 : i;
  }

  // The year behind a month or day: ", 2022", "2022", "of 2022", "de 2022", "2022 года", "2022 г.".
  int TrailingYear(size_t& i) const {
    size_t at = i;
    if (Mark(at, ',')) {
      if (!English()) return -1;
      ++at;
    } else if (Is(at, {"of", "de", "del"})) {
      ++at;
    }
    const int year = YearAt(at);
    if (year < 0 || (Mark(at + 1, '/') && Joined(at + 1))) return -1;
    i = PastYearWord(at + 1);
    return year;
  }
  size_t PastYearWord(size_t i) const {
    if (Is(i, {"года", "году", "год", "годом", "годы", "годов", "годах", "гг"})) return i + 1;
    if (Speaks(Tongue::kKazakh) && Is(i, {"жыл", "жылы", "жылғы", "жылдың", "жылдан", "жылға"})) return i + 1;
    if (!Is(i, {"г"})) return i;
    return JoinedMark(i + 1, '.') ? i + 2 : i + 1;
  }
  static Expression Dated(size_t begin, size_t end, int year, int month, int day, int last_day) {
    const std::string ym = year > 0 ? fmt::format("{:04}-{:02}", year, month) : fmt::format("--{:02}", month);
    if (day <= 0) return Date(begin, end, ym, year > 0);
    std::string value = fmt::format("{}-{:02}", ym, day);
    if (last_day > day) value += fmt::format("/{}-{:02}", ym, last_day);
    return Date(begin, end, value, year > 0);
  }
  static std::string DecadeValue(int year) {
    // The 1800s are a century, the 2000s ten years.
    return year % 100 == 0 && year != 2000 ? fmt::format("{:02}XX", year / 100) : fmt::format("{:03}X", year / 10);
  }
  static std::string CenturyValue(int n) { return fmt::format("{:02}XX", n - 1); }

  // "30 January to 2 February 2020": two dates of one precision. The first takes the year of the second.
  static std::optional<Expression> JoinDates(const Expression& first, const Expression& second) {
    const auto joins = [](const std::string& value) { return !value.empty() && value.find_first_of("/T") == std::string::npos; };
    if (!joins(first.value) || !joins(second.value)) return std::nullopt;
    const auto bare = [](const std::string& value) { return value.substr(0, 2) == "--"; };
    std::string begin = first.value;
    if (bare(begin) && !bare(second.value)) {
      int year = std::stoi(second.value.substr(0, 4));
      if (begin.substr(2, 2) > second.value.substr(5, 2)) --year;
      begin = YearText(year) + begin.substr(1);
    }
    if (begin.size() != second.value.size() || (bare(begin) != bare(second.value))) return std::nullopt;
    if (!bare(begin) && begin >= second.value) return std::nullopt;
    return Date(first.begin, second.end, begin + "/" + second.value, second.names_itself);
  }
};

}  // namespace garner::entity_tagger
