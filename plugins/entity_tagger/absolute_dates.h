// Dates that name a day, month, year, season, decade or century. Each rule returns the expression that begins at a token, or
// nothing.
#pragma once

#include <optional>

#include "date_scanner.h"

namespace garner::entity_tagger {

class AbsoluteDates : public DateScanner {
 public:
  using DateScanner::DateScanner;

 protected:
  // 2022-01-04, 1/6/2022, 06.01.2022.
  std::optional<Expression> Numeric(size_t i) const {
    if (const int year = YearAt(i); year > 0 && Glued(i, '-')) {
      const int month = Whole(i + 2);
      if (Two(i + 2) && month >= 1 && month <= 12) {
        if (Glued(i + 2, '-') && Two(i + 4) && ValidDay(month, Whole(i + 4))) {
          return Date(i, i + 5, fmt::format("{:04}-{:02}-{:02}", year, month, Whole(i + 4)), true);
        }
      }
    }
    if (Glued(i, '/') && Glued(i + 2, '/') && i + 4 < t_.size()) return Slashed(i);
    return Dotted(i);
  }
  bool Glued(size_t i, char mark) const {
    return i + 2 < t_.size() && Mark(i + 1, mark) && !t_[i + 1].space_before && !t_[i + 2].space_before &&
           t_[i + 2].type == Token::kNumber;
  }
  bool Two(size_t i) const { return i < t_.size() && t_[i].end - t_[i].begin == 2; }
  std::optional<Expression> Slashed(size_t i) const {
    int a = Whole(i), b = Whole(i + 2), year = Whole(i + 4);
    if (Glued(i + 4, '/')) return std::nullopt;
    if (YearAt(i) > 0) {  // 2022/01/04
      if (!ValidDay(b, year)) return std::nullopt;
      return Date(i, i + 5, fmt::format("{:04}-{:02}-{:02}", a, b, year), true);
    }
    if (YearAt(i + 4) < 0) return std::nullopt;
    if (a < 1 || b < 1 || a > 31 || b > 31 || (a > 12 && b > 12)) return std::nullopt;
    const bool month_first = a <= 12 && (b > 12 || month_first_);
    if (!month_first) std::swap(a, b);
    if (!ValidDay(a, b)) return std::nullopt;
    return Date(i, i + 5, fmt::format("{:04}-{:02}-{:02}", year, a, b), true);
  }
  // One number token, since a full stop between digits does not part them.
  std::optional<Expression> Dotted(size_t i) const {
    const std::string_view digits = View(text_, t_[i]);
    if (digits.size() < 8 || digits.size() > 10 || std::count(digits.begin(), digits.end(), '.') != 2) return std::nullopt;
    const size_t first = digits.find('.'), second = digits.find('.', first + 1);
    const auto value = [](std::string_view part) {
      int n = 0;
      for (const char c : part) n = (c >= '0' && c <= '9') ? n * 10 + (c - '0') : 10000;
      return n;
    };
    const int day = value(digits.substr(0, first)), month = value(digits.substr(first + 1, second - first - 1)),
              year = value(digits.substr(second + 1));
    if (digits.size() - second - 1 != 4 || year < kFirstYear || year > kLastYear || !ValidDay(month, day)) return std::nullopt;
    return Date(i, i + 1, fmt::format("{:04}-{:02}-{:02}", year, month, day), true);
  }

  // 4 January 2022, 4th of January, 4-6 January, 4. Januar 2022, 4 de enero de 2022, 4 января 2022 года.
  std::optional<Expression> DayFirst(size_t i) const {
    const int day = Whole(i);
    if (day < 1 || day > 31 || t_[i].end - t_[i].begin > 2) return std::nullopt;
    if (i > 0 && !t_[i].space_before && (Mark(i - 1, '-') || Mark(i - 1, '/') || Mark(i - 1, '$'))) return std::nullopt;
    size_t at = PastOrdinal(i + 1);
    int last = 0;
    if (DashAt(at) && Whole(at + 1) > day && Whole(at + 1) <= 31) {
      last = Whole(at + 1);
      at = PastOrdinal(at + 2);
    }
    const bool stop = Mark(at, '.') && !t_[at].space_before;
    if (stop) ++at;
    if (Is(at, {"of", "de"})) ++at;
    const int month = Month(at, true);
    if (!ValidDay(month, day)) return std::nullopt;
    if (stop && Word(at)->language != 'd' && Word(at)->value != 4 && Word(at)->value < 8) return std::nullopt;
    if (Word(at)->ambiguous && Word(at)->language == 'e' && !t_[at].capital) return std::nullopt;
    size_t end = at + 1;
    const int year = TrailingYear(end);
    return Dated(i, end, year, month, day, last);
  }

  // January 4, 2022; Jan. 4; January 4-6, 2022; January 2022; January.
  std::optional<Expression> MonthFirst(size_t i) const {
    const W* word = Word(i);
    if (word->type != W::kMonth && word->type != W::kMonthShort) return std::nullopt;
    const int beside = Month(i, true);
    if (beside == 0) return std::nullopt;
    const int day = Whole(i + 1);
    const bool day_follows =
        day >= 1 && t_[i + 1].end - t_[i + 1].begin <= 2 && ValidDay(beside, day) && !Mark(i + 2, '%') && !Mark(i + 2, ':');
    if (day_follows && word->language == 'e') {
      size_t end = PastOrdinal(i + 2);
      int last = 0;
      if (DashAt(end) && Whole(end + 1) > day && Whole(end + 1) <= 31 && YearAt(end + 1) < 0) {
        last = Whole(end + 1);
        end = PastOrdinal(end + 2);
      } else if (Mark(end, '-') && Month(end + 1, true) > 0 && Whole(end + 2) > 0) {
        return CrossMonth(i, beside, day, end + 1);
      }
      const int year = TrailingYear(end);
      return Dated(i, end, year, beside, day, last);
    }
    size_t end = i + 1;
    if (const int year = TrailingYear(end); year > 0) return Dated(i, end, year, beside, 0, 0);
    return MonthAlone(i);
  }
  // January 30 - February 2, 2022.
  std::optional<Expression> CrossMonth(size_t i, int month, int day, size_t second) const {
    const int month2 = Month(second, true), day2 = Whole(second + 1);
    if (!ValidDay(month2, day2)) return std::nullopt;
    size_t end = PastOrdinal(second + 2);
    const int year = TrailingYear(end);
    const std::string y = year > 0 ? fmt::format("{:04}", year) : std::string("-");
    return Date(i, end, fmt::format("{}-{:02}-{:02}/{}-{:02}-{:02}", y, month, day, y, month2, day2), year > 0);
  }
  std::optional<Expression> MonthAlone(size_t i) const {
    const int month = Month(i, false);
    if (month == 0 || t_[i].all_caps) return std::nullopt;
    if (Word(i)->ambiguous) {
      // "in May", "last March": but "may", "March on Rome", "August Wilson".
      const bool led =
          Before(i, {"in",     "since", "until",   "till",   "by",    "last", "next", "this",    "early", "late", "mid",
                     "during", "from",  "through", "before", "after", "of",   "for",  "between", "to",    "and"});
      if (!led || Is(i + 1, {"on", "be", "have", "not"}) ||
          (i + 1 < t_.size() && t_[i + 1].capital && t_[i + 1].type == Token::kWord))
        return std::nullopt;
      if (Before(i, {"of", "for", "to", "and", "by"}) &&
          !(i >= 2 && (Type(i - 2, W::kMonth) || Type(i - 2, W::kPart) || Type(i - 2, W::kUnit))))
        return std::nullopt;
    } else if (i + 1 < t_.size() && t_[i + 1].capital && t_[i + 1].type == Token::kWord && !t_[i + 1].all_caps &&
               Word(i + 1) == nullptr && t_[i].sentence_start) {
      return std::nullopt;  // "April Jones said"
    } else if (i + 1 < t_.size() && t_[i + 1].capital && t_[i + 1].type == Token::kWord && Word(i + 1) == nullptr &&
               (month == 4 || month == 6)) {
      return std::nullopt;
    }
    return Date(i, i + 1, fmt::format("--{:02}", month), false);
  }

  // Monday; Monday, January 4, 2022; Monday morning is a time (times.cc).
  std::optional<Expression> Weekday(size_t i) const {
    const W* word = Word(i);
    if (word->type != W::kWeekday && word->type != W::kWeekdayShort) return std::nullopt;
    size_t at = i + 1;
    if (Mark(at, ',')) ++at;
    if (at < t_.size()) {
      std::optional<Expression> rest =
          t_[at].type == Token::kNumber ? DayFirst(at) : (Word(at) != nullptr ? MonthFirst(at) : std::nullopt);
      if (!rest && Mark(i + 1, ',') && t_[at].type == Token::kNumber) rest = Numeric(at);
      if (rest && rest->value.size() >= 7) {
        rest->begin = i;
        return rest;
      }
    }
    if (word->type == W::kWeekdayShort || (!t_[i].capital && word->language == 'e')) return std::nullopt;
    if (word->language == 'd' || word->language == 'e' || word->language == 'r') return Undetermined(i, i + 1);
    return std::nullopt;
  }

  // summer 2021, the summer of 2021, last summer (Relative); a bare season says too little.
  std::optional<Expression> Season(size_t i) const {
    const W* word = Word(i);
    if (word->type != W::kSeason) return std::nullopt;
    size_t end = i + 1;
    const int year = TrailingYear(end);
    if (year > 0) return Date(i, end, fmt::format("{:04}-{}", year, 20 + static_cast<int>(word->value)), true);
    if (Before(i, {"in", "this", "since", "until", "by"}) && !t_[i].capital && !Is(i + 1, {"of"}) && !Is(i, {"fall"}))
      return Undetermined(i, i + 1);
    return std::nullopt;
  }

  // third quarter of 2021, second half of 2020.
  std::optional<Expression> QuarterOfYear(size_t i) const {
    const W* word = Word(i);
    const bool last = Is(i, {"last", "final"});
    if ((word->type != W::kOrdinal && !last) || !Is(i + 1, {"quarter", "half"})) return std::nullopt;
    const bool quarter = Is(i + 1, {"quarter"});
    size_t end = i + 2;
    const int year = TrailingYear(end);
    const int n = last ? 4 : static_cast<int>(word->value);
    if (year < 0) {
      if (quarter && word->type == W::kOrdinal && n <= 4) return Undetermined(i, i + 2);
      return std::nullopt;
    }
    if (quarter && n <= 4) return Date(i, end, fmt::format("{:04}-{}", year, 32 + n), true);
    if (!quarter && n <= 2) return Date(i, end, fmt::format("{:04}-{}", year, 39 + n), true);
    return std::nullopt;
  }

  std::optional<Expression> Decade(size_t i) const {
    if (i + 1 >= t_.size() || t_[i + 1].space_before || !Is(i + 1, {"s"})) return PossessiveDecade(i);
    const int year = Whole(i);
    if (YearAt(i) > 0 && year % 10 == 0) return Date(i, i + 2, DecadeValue(year), true);
    if (year >= 20 && year <= 90 && year % 10 == 0 && Before(i, {"the", "early", "late", "mid"})) return Undetermined(i, i + 2);
    return std::nullopt;
  }
  std::optional<Expression> PossessiveDecade(size_t i) const {  // the 1990's
    const int year = YearAt(i);
    if (year <= 0 || year % 10 != 0 || year >= 2020 || i + 1 >= t_.size() || t_[i + 1].type != Token::kPossessive)
      return std::nullopt;
    if (!Before(i, {"the", "early", "late", "mid"})) return std::nullopt;
    return Date(i, i + 2, DecadeValue(year), true);
  }
  static std::string DecadeValue(int year) {
    return year % 100 == 0 ? fmt::format("{:02}XX", year / 100) : fmt::format("{:03}X", year / 10);
  }
  std::optional<Expression> ShortDecade(size_t i) const {  // '90s
    const int year = Whole(i + 1);
    if (year < 10 || year % 10 != 0 || t_[i + 1].space_before || t_[i + 1].end - t_[i + 1].begin != 2 || !Is(i + 2, {"s"}) ||
        t_[i + 2].space_before)
      return std::nullopt;
    return Undetermined(i, i + 3);
  }

  // 20th century, nineteenth century, 19th-century.
  std::optional<Expression> Century(size_t i) const {
    int n = Whole(i);
    size_t at = i + 1;
    if (n > 0) {
      if (!t_[std::min(at, t_.size() - 1)].space_before && Is(at, {"st-century", "nd-century", "rd-century", "th-century"}))
        return Date(i, at + 1, fmt::format("{:02}XX", n - 1), true);
      if (PastOrdinal(at) == at) return std::nullopt;
      ++at;
    } else if (Type(i, W::kOrdinal)) {
      n = static_cast<int>(Word(i)->value);
    }
    if (n < 1 || n > 22) return std::nullopt;
    if (Mark(at, '-') && !t_[at].space_before) ++at;
    if (!Is(at, {"century", "centuries"})) return std::nullopt;
    ++at;
    if (Is(at, {"bc", "bce"})) return Undetermined(i, at + 1);
    return Date(i, at, fmt::format("{:02}XX", n - 1), true);
  }

  // 1939-45, 2010–2012, 2010 to 2012.
  std::optional<Expression> YearRange(size_t i) const {
    const int year = YearAt(i);
    if (year < 0 || !DashAt(i + 1)) return std::nullopt;
    const bool dash = Mark(i + 1, '-');
    if (dash && i > 0 && Mark(i - 1, '-') && !t_[i].space_before) return std::nullopt;
    if (const int second = YearAt(i + 2); second > year && (dash || Before(i, {"from", "in"}))) {
      return Date(i, i + 3, fmt::format("{:04}/{:04}", year, second), true);
    }
    if (!dash || t_[i + 1].space_before || i + 2 >= t_.size() || t_[i + 2].space_before || !Two(i + 2)) return std::nullopt;
    if (Mark(i + 3, '-') && !t_[i + 3].space_before) return std::nullopt;
    const int second = year / 100 * 100 + std::max(0, Whole(i + 2));
    if (second <= year || year < 1500) return std::nullopt;
    return Date(i, i + 3, fmt::format("{:04}/{:04}", year, second), true);
  }

  // A number that is a year by what stands around it.
  std::optional<Expression> Year(size_t i) const {
    const int year = YearAt(i);
    if (year < 0) return std::nullopt;
    const bool next_glued = i + 1 < t_.size() && !t_[i + 1].space_before;
    if (next_glued && (Mark(i + 1, '-') || Mark(i + 1, '/') || t_[i + 1].type == Token::kWord) && !DashThenSpace(i + 1))
      return std::nullopt;
    if (i > 0 && !t_[i].space_before && t_[i - 1].type == Token::kPunctuation && !Mark(i - 1, '(') && !Mark(i - 1, '"') &&
        !Mark(i - 1, '-') && !Mark(i - 1, '['))
      return std::nullopt;
    const bool modern = year >= 1500;
    if (i + 1 < t_.size() && t_[i + 1].type == Token::kPossessive && modern)
      return Date(i, i + 1, fmt::format("{:04}", year), true);
    if (CountsSomething(i + 1)) return std::nullopt;
    const bool led =
        Before(i, {"in",     "since", "until",   "till", "by",    "during", "before", "after",   "circa",      "year",
                   "of",     "from",  "between", "late", "early", "mid",    "around", "through", "throughout", "to",
                   "fiscal", "and",   "depuis",  "en",   "im",    "jahr",   "ano",    "seit",    "sommer",     "winter"});
    const bool weak = Before(i, {"of", "to", "around", "and", "by", "from", "through"});
    const bool parenthesised = i > 0 && Mark(i - 1, '(') && (Mark(i + 1, ')') || Mark(i + 1, ','));
    const bool article = Before(i, {"the", "a", "this"}) && i + 1 < t_.size() && t_[i + 1].type == Token::kWord;
    const bool russian = Is(i + 1, {"года", "году", "год"});
    const bool plain_year = year >= 1700;
    if (russian) return Date(i, i + 2, fmt::format("{:04}", year), true);
    if (led && (!weak || plain_year)) return Date(i, i + 1, fmt::format("{:04}", year), true);
    if ((parenthesised || article) && plain_year) return Date(i, i + 1, fmt::format("{:04}", year), true);
    if (plain_year && i > 0 && Mark(i - 1, ',') && i + 1 < t_.size() && Mark(i + 1, ','))
      return Date(i, i + 1, fmt::format("{:04}", year), true);
    if (plain_year && year >= 1900 && YearElsewhere(i)) return Date(i, i + 1, fmt::format("{:04}", year), true);
    return std::nullopt;
  }
  bool DashThenSpace(size_t i) const {
    return Mark(i, '-') && i + 1 < t_.size() && (t_[i + 1].space_before || text_[t_[i].begin] != '-');
  }
  // "in 2000 cases", "of 1500 men": the number counts what follows.
  bool CountsSomething(size_t i) const {
    if (i >= t_.size() || t_[i].type != Token::kWord || t_[i].capital) return false;
    if (Is(i, {"people", "men", "women", "children", "km", "kg", "m", "meters", "metres", "miles", "per", "percent", "more", "or",
               "dollars", "euros"}))
      return true;
    const std::string_view word = View(text_, t_[i]);
    if (word.size() < 4 || word.back() != 's' || word[word.size() - 2] == 's') return false;
    return !Is(i, {"was", "has", "is", "does", "as", "this", "its", "his", "elections", "protests", "games", "olympics",
                   "attacks", "talks"});
  }
  // Beside another year or in a sports style: "Olympics 2024", "World Cup 2018", "2016 Summer Olympics".
  bool YearElsewhere(size_t i) const {
    if (i + 1 < t_.size() && t_[i + 1].type == Token::kWord && t_[i + 1].capital && t_[i].space_before && i > 0 &&
        t_[i - 1].type == Token::kWord && !t_[i - 1].capital)
      return true;
    return i > 0 && t_[i - 1].type == Token::kWord && t_[i - 1].capital && !t_[i - 1].sentence_start && !t_[i - 1].all_caps &&
           Word(i - 1) == nullptr && (i + 1 >= t_.size() || t_[i + 1].type == Token::kPunctuation) &&
           Is(i - 1, {"olympics", "cup", "games", "election", "elections", "championship", "festival"});
  }
};

}  // namespace garner::entity_tagger
