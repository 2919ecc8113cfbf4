// What the rules for dates share: a look at the tokens around a place, and the pieces that every notation has.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>

#include "calendar.h"
#include "dates.h"
#include "expression.h"
#include "fold.h"
#include "tokens.h"

namespace garner::entity_tagger {

class DateScanner {
 public:
  explicit DateScanner(const DateInput& input) : text_(input.text), t_(input.tokens), month_first_(input.month_first) {}

 protected:
  using W = CalendarWord;
  static constexpr int kFirstYear = 1000, kLastYear = 2100;

  const W* Word(size_t i) const { return i < t_.size() && t_[i].type == Token::kWord ? LookUp(t_[i].hash) : nullptr; }
  bool Is(size_t i, std::initializer_list<std::string_view> words) const {
    return i < t_.size() && t_[i].type == Token::kWord &&
           std::any_of(words.begin(), words.end(), [&](std::string_view w) { return Hash(w) == t_[i].hash; });
  }
  bool Type(size_t i, W::Type type) const { return Word(i) != nullptr && Word(i)->type == type; }
  bool Mark(size_t i, char mark) const { return i < t_.size() && t_[i].type == Token::kPunctuation && t_[i].mark == mark; }
  bool Before(size_t i, std::initializer_list<std::string_view> words) const { return i > 0 && Is(i - 1, words); }
  int Whole(size_t i) const {
    if (i >= t_.size() || t_[i].type != Token::kNumber || t_[i].end - t_[i].begin > 4) return -1;
    int value = 0;
    for (const char c : View(text_, t_[i])) {
      if (c < '0' || c > '9') return -1;
      value = value * 10 + (c - '0');
    }
    return value;
  }
  int YearAt(size_t i) const {
    const int value = Whole(i);
    // Not 2022.5, not the 2022 of 2022-based, not 2022%.
    if (value < kFirstYear || value > kLastYear || t_[i].end - t_[i].begin != 4) return -1;
    return Mark(i + 1, '%') ? -1 : value;
  }
  static Expression Date(size_t begin, size_t end, std::string value, bool absolute) {
    return {begin, end, "DATE", std::move(value), absolute};
  }
  static Expression Undetermined(size_t begin, size_t end) { return Date(begin, end, "", false); }

  // The number of a month whose name stands at i; `beside` says that a day or year stands next to it.
  int Month(size_t i, bool beside) const {
    const W* word = Word(i);
    if (word == nullptr || (word->type != W::kMonth && word->type != W::kMonthShort)) return 0;
    if (word->language == 'e' && !t_[i].capital) return 0;
    if (beside) return static_cast<int>(word->value);
    if (word->type == W::kMonthShort) return 0;
    if (word->language != 'e') return 0;
    return static_cast<int>(word->value);
  }
  static bool ValidDay(int month, int day) {
    static constexpr int kDays[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month >= 1 && month <= 12 && day >= 1 && day <= kDays[month - 1];
  }
  // Past "st", "nd", "rd", "th", "er" or an ordinal's full stop glued to a number.
  size_t PastOrdinal(size_t i) const {
    if (i < t_.size() && !t_[i].space_before && Is(i, {"st", "nd", "rd", "th", "er"})) return i + 1;
    return i;
  }
  bool DashAt(size_t i) const { return Mark(i, '-') || Is(i, {"to"}); }

  // The year behind a month or day: ", 2022", "2022", "of 2022", "de 2022", "2022 года".
  int TrailingYear(size_t& i) const {
    size_t at = i;
    if (Mark(at, ','))
      ++at;
    else if (Is(at, {"of", "de", "del"}))
      ++at;
    const int year = YearAt(at);
    if (year < 0 || (at < t_.size() && Mark(at + 1, '/'))) return -1;
    i = at + 1;
    if (Is(i, {"года", "году", "г"})) ++i;
    return year;
  }
  Expression Dated(size_t begin, size_t end, int year, int month, int day, int last_day) const {
    const std::string ym = year > 0 ? fmt::format("{:04}-{:02}", year, month) : fmt::format("--{:02}", month);
    if (day <= 0) return Date(begin, end, ym, year > 0);
    std::string value = fmt::format("{}-{:02}", ym, day);
    if (last_day > day) value += fmt::format("/{}-{:02}", ym, last_day);
    return Date(begin, end, value, year > 0);
  }

  std::string_view text_;
  const Tokens& t_;
  bool month_first_;
};

}  // namespace garner::entity_tagger
