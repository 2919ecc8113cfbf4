#include "dates.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>

#include "calendar.h"
#include "fold.h"
#include "numbers.h"

namespace garner::entity_tagger {
namespace {

using W = CalendarWord;

constexpr int kFirstYear = 1000, kLastYear = 2100;

// One attempt at one place. Each rule returns the expression or nothing.
class Matcher {
 public:
  explicit Matcher(const DateInput& input) : text_(input.text), t_(input.tokens), month_first_(input.month_first) {}

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
  static Expression Date(size_t begin, size_t end, std::string value, bool absolute) { return {begin, end, "DATE", std::move(value), absolute}; }
  static Expression Relative(size_t begin, size_t end) { return Date(begin, end, "", false); }

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

  // 2022-01-04, 1/6/2022, 06.01.2022.
  std::optional<Expression> Numeric(size_t i) const {
    if (const int year = YearAt(i); year > 0 && Glued(i, '-')) {
      const int month = Whole(i + 2);
      if (Two(i + 2) && month >= 1 && month <= 12) {
        if (Glued(i + 2, '-') && Two(i + 4) && ValidDay(month, Whole(i + 4))) {
          return Date(i, PastIsoTime(i + 5), fmt::format("{:04}-{:02}-{:02}", year, month, Whole(i + 4)), true);
        }
      }
    }
    if (Glued(i, '/') && Glued(i + 2, '/') && i + 4 < t_.size()) return Slashed(i);
    return Dotted(i);
  }
  bool Glued(size_t i, char mark) const {
    return i + 2 < t_.size() && Mark(i + 1, mark) && !t_[i + 1].space_before && !t_[i + 2].space_before && t_[i + 2].type == Token::kNumber;
  }
  bool Two(size_t i) const { return i < t_.size() && t_[i].end - t_[i].begin == 2; }
  size_t PastIsoTime(size_t i) const { return i; }
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
    const int day = value(digits.substr(0, first)), month = value(digits.substr(first + 1, second - first - 1)), year = value(digits.substr(second + 1));
    if (digits.size() - second - 1 != 4 || year < kFirstYear || year > kLastYear || !ValidDay(month, day)) return std::nullopt;
    return Date(i, i + 1, fmt::format("{:04}-{:02}-{:02}", year, month, day), true);
  }

  // The year behind a month or day: ", 2022", "2022", "of 2022", "de 2022", "2022 года".
  int TrailingYear(size_t& i) const {
    size_t at = i;
    if (Mark(at, ',')) ++at;
    else if (Is(at, {"of", "de", "del"})) ++at;
    const int year = YearAt(at);
    if (year < 0 || (at < t_.size() && Mark(at + 1, '/') )) return -1;
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
    const bool day_follows = day >= 1 && t_[i + 1].end - t_[i + 1].begin <= 2 && ValidDay(beside, day) && !Mark(i + 2, '%') && !Mark(i + 2, ':');
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
      const bool led = Before(i, {"in", "since", "until", "till", "by", "last", "next", "this", "early", "late", "mid", "during", "from", "through", "before",
                                  "after", "of", "for", "between", "to", "and"});
      if (!led || Is(i + 1, {"on", "be", "have", "not"}) || (i + 1 < t_.size() && t_[i + 1].capital && t_[i + 1].type == Token::kWord)) return std::nullopt;
      if (Before(i, {"of", "for", "to", "and", "by"}) && !(i >= 2 && (Type(i - 2, W::kMonth) || Type(i - 2, W::kPart) || Type(i - 2, W::kUnit)))) return std::nullopt;
    } else if (i + 1 < t_.size() && t_[i + 1].capital && t_[i + 1].type == Token::kWord && !t_[i + 1].all_caps && Word(i + 1) == nullptr && t_[i].sentence_start) {
      return std::nullopt;  // "April Jones said"
    } else if (i + 1 < t_.size() && t_[i + 1].capital && t_[i + 1].type == Token::kWord && Word(i + 1) == nullptr && (month == 4 || month == 6)) {
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
      std::optional<Expression> rest = t_[at].type == Token::kNumber ? DayFirst(at) : (Word(at) != nullptr ? MonthFirst(at) : std::nullopt);
      if (!rest && Mark(i + 1, ',') && t_[at].type == Token::kNumber) rest = Numeric(at);
      if (rest && rest->value.size() >= 7) {
        rest->begin = i;
        return rest;
      }
    }
    if (word->type == W::kWeekdayShort || (!t_[i].capital && word->language == 'e')) return std::nullopt;
    if (word->language == 'd' || word->language == 'e' || word->language == 'r') return Relative(i, i + 1);
    return std::nullopt;
  }

  std::optional<Expression> Deictic(size_t i) const {
    const W* word = Word(i);
    if (word->type == W::kHoliday && t_[i].capital) {
      size_t end = i + 1;
      if (Is(end, {"day", "eve", "sunday", "monday"}) && t_[end].capital) ++end;
      size_t with_year = end;
      if (const int year = TrailingYear(with_year); year > 0) return Relative(i, with_year);
      return Relative(i, end);
    }
    if (word->type != W::kDeictic) return std::nullopt;
    if (Is(i, {"today"}) && i > 0 && t_[i].capital && !t_[i].sentence_start && t_[i - 1].capital) return std::nullopt;  // "USA Today"
    return Relative(i, i + 1);
  }

  // summer 2021, the summer of 2021, last summer (Relative); a bare season says too little.
  std::optional<Expression> Season(size_t i) const {
    const W* word = Word(i);
    if (word->type != W::kSeason) return std::nullopt;
    size_t end = i + 1;
    const int year = TrailingYear(end);
    if (year > 0) return Date(i, end, fmt::format("{:04}-{}", year, 20 + static_cast<int>(word->value)), true);
    if (Before(i, {"in", "this", "since", "until", "by"}) && !t_[i].capital && !Is(i + 1, {"of"}) && !Is(i, {"fall"})) return Relative(i, i + 1);
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
      if (quarter && word->type == W::kOrdinal && n <= 4) return Relative(i, i + 2);
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
    if (year >= 20 && year <= 90 && year % 10 == 0 && Before(i, {"the", "early", "late", "mid"})) return Relative(i, i + 2);
    return std::nullopt;
  }
  std::optional<Expression> PossessiveDecade(size_t i) const {  // the 1990's
    const int year = YearAt(i);
    if (year <= 0 || year % 10 != 0 || year >= 2020 || i + 1 >= t_.size() || t_[i + 1].type != Token::kPossessive) return std::nullopt;
    if (!Before(i, {"the", "early", "late", "mid"})) return std::nullopt;
    return Date(i, i + 2, DecadeValue(year), true);
  }
  static std::string DecadeValue(int year) { return year % 100 == 0 ? fmt::format("{:02}XX", year / 100) : fmt::format("{:03}X", year / 10); }
  std::optional<Expression> ShortDecade(size_t i) const {  // '90s
    const int year = Whole(i + 1);
    if (year < 10 || year % 10 != 0 || t_[i + 1].space_before || t_[i + 1].end - t_[i + 1].begin != 2 || !Is(i + 2, {"s"}) || t_[i + 2].space_before) return std::nullopt;
    return Relative(i, i + 3);
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
    if (Is(at, {"bc", "bce"})) return Relative(i, at + 1);
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
    if (next_glued && (Mark(i + 1, '-') || Mark(i + 1, '/') || t_[i + 1].type == Token::kWord) && !DashThenSpace(i + 1)) return std::nullopt;
    if (i > 0 && !t_[i].space_before && t_[i - 1].type == Token::kPunctuation && !Mark(i - 1, '(') && !Mark(i - 1, '"') && !Mark(i - 1, '-') && !Mark(i - 1, '[')) return std::nullopt;
    const bool modern = year >= 1500;
    if (i + 1 < t_.size() && t_[i + 1].type == Token::kPossessive && modern) return Date(i, i + 1, fmt::format("{:04}", year), true);
    if (CountsSomething(i + 1)) return std::nullopt;
    const bool led = Before(i, {"in", "since", "until", "till", "by", "during", "before", "after", "circa", "year", "of", "from", "between", "late", "early", "mid",
                                "around", "through", "throughout", "to", "fiscal", "and", "depuis", "en", "im", "jahr", "ano", "seit", "sommer", "winter"});
    const bool weak = Before(i, {"of", "to", "around", "and", "by", "from", "through"});
    const bool parenthesised = i > 0 && Mark(i - 1, '(') && (Mark(i + 1, ')') || Mark(i + 1, ','));
    const bool article = Before(i, {"the", "a", "this"}) && i + 1 < t_.size() && t_[i + 1].type == Token::kWord;
    const bool russian = Is(i + 1, {"года", "году", "год"});
    const bool plain_year = year >= 1700;
    if (russian) return Date(i, i + 2, fmt::format("{:04}", year), true);
    if (led && (!weak || plain_year)) return Date(i, i + 1, fmt::format("{:04}", year), true);
    if ((parenthesised || article) && plain_year) return Date(i, i + 1, fmt::format("{:04}", year), true);
    if (plain_year && i > 0 && Mark(i - 1, ',') && i + 1 < t_.size() && Mark(i + 1, ',')) return Date(i, i + 1, fmt::format("{:04}", year), true);
    if (plain_year && year >= 1900 && YearElsewhere(i)) return Date(i, i + 1, fmt::format("{:04}", year), true);
    return std::nullopt;
  }
  bool DashThenSpace(size_t i) const { return Mark(i, '-') && i + 1 < t_.size() && (t_[i + 1].space_before || text_[t_[i].begin] != '-'); }
  // "in 2000 cases", "of 1500 men": the number counts what follows.
  bool CountsSomething(size_t i) const {
    if (i >= t_.size() || t_[i].type != Token::kWord || t_[i].capital) return false;
    if (Is(i, {"people", "men", "women", "children", "km", "kg", "m", "meters", "metres", "miles", "per", "percent", "more", "or", "dollars", "euros"})) return true;
    const std::string_view word = View(text_, t_[i]);
    if (word.size() < 4 || word.back() != 's' || word[word.size() - 2] == 's') return false;
    return !Is(i, {"was", "has", "is", "does", "as", "this", "its", "his", "elections", "protests", "games", "olympics", "attacks", "talks", "ellos"}) &&
           !(i + 1 < t_.size() && false);
  }
  // Beside another year or in a sports style: "Olympics 2024", "World Cup 2018", "2016 Summer Olympics".
  bool YearElsewhere(size_t i) const {
    if (i + 1 < t_.size() && t_[i + 1].type == Token::kWord && t_[i + 1].capital && t_[i].space_before && i > 0 && t_[i - 1].type == Token::kWord && !t_[i - 1].capital) return true;
    return i > 0 && t_[i - 1].type == Token::kWord && t_[i - 1].capital && !t_[i - 1].sentence_start && !t_[i - 1].all_caps &&
           Word(i - 1) == nullptr && (i + 1 >= t_.size() || t_[i + 1].type == Token::kPunctuation) && Is(i - 1, {"olympics", "cup", "games", "election", "elections", "championship", "festival"});
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
        return Relative(i, at + 3);
      }
      ++at;
      if (Type(at, W::kUnit) || Type(at, W::kSeason)) return Relative(i, at + 1);
      return std::nullopt;
    }
    if (Type(at, W::kVague) && !Is(at, {"dozen"})) ++at;
    else if (const std::optional<Number> n = ParseNumber(text_, t_, at); n && n->value <= 10000 && n->value >= 1) at = n->end;
    const bool counted = at > i + 1;
    if (Mark(at, '-') ) return std::nullopt;
    if (Type(at, W::kUnit)) {
      const int unit = static_cast<int>(Word(at)->value);
      if (Is(i, {"this"}) && (unit == kDay || unit == kSeasonUnit) && !counted) return std::nullopt;
      if (Is(i, {"recent", "coming", "past"}) && !counted && unit == kDay && !Is(at, {"days"})) return std::nullopt;
      return Relative(i, at + 1);
    }
    if (counted) return std::nullopt;
    if (Type(at, W::kWeekday) && t_[at].capital) return Relative(i, at + 1);
    if (Month(at, true) > 0 && Type(at, W::kMonth)) {
      size_t end = at + 1;
      if (Whole(end) >= 1 && Whole(end) <= 31) end = PastOrdinal(end + 1);
      return Relative(i, end);
    }
    if (Type(at, W::kSeason) && Is(i, {"last", "next", "this", "past", "previous"})) return Relative(i, at + 1);
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
      return Is(i, {"late"}) ? std::nullopt : std::optional<Expression>(Relative(i, at + 1));
    }
    if (Is(i, {"early", "late", "mid"}) && Is(at, {"this", "last", "next"}) && (Type(at + 1, W::kUnit))) return Relative(i, at + 2);
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
    return Relative(i, rest->end);
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
    if (hyphen && at < t_.size() && Is(at, {"year-old", "years-old", "month-old", "day-old", "week-old", "year-olds"})) return Relative(i, at + 1);
    const W* unit = Word(at);
    if (unit == nullptr || (unit->type != W::kUnit && unit->type != W::kClockUnit)) return std::nullopt;
    const int code = static_cast<int>(unit->value);
    if (code == kSeasonUnit || code == kQuarter || code == kWeekend) return std::nullopt;
    const bool clock = unit->type == W::kClockUnit;
    size_t end = at + 1;
    if (hyphen && Mark(end, '-') && Is(end + 1, {"old"})) return Relative(i, end + 2);
    if (Is(end, {"ago", "earlier", "later"})) {
      Expression found = Relative(i, end + 1);
      found.label = clock ? "TIME" : "DATE";
      return found;
    }
    if (Is(end, {"old"}) && !clock) return Relative(i, end + 1);
    Expression found = Date(i, end, exact ? DurationValue(amount, code) : "", false);
    if (clock) found.label = "TIME";
    return found;
  }
  static std::string DurationValue(double amount, int unit) {
    switch (unit) {
      case kDay: return "P" + FormatNumber(amount) + "D";
      case kWeek: return "P" + FormatNumber(amount) + "W";
      case kMonthUnit: return "P" + FormatNumber(amount) + "M";
      case kYear: return "P" + FormatNumber(amount) + "Y";
      case kDecade: return "P" + FormatNumber(amount * 10) + "Y";
      case kCentury: return "P" + FormatNumber(amount * 100) + "Y";
      case kMillennium: return "P" + FormatNumber(amount * 1000) + "Y";
      case kFortnight: return "P" + FormatNumber(amount * 2) + "W";
      case kHour: return "PT" + FormatNumber(amount) + "H";
      case kMinute: return "PT" + FormatNumber(amount) + "M";
      case kSecond: return "PT" + FormatNumber(amount) + "S";
      default: return "";
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
        return Relative(i, end);
      }
      if (right.size() == 4 && right[0] >= '1' && right[0] <= '2' && right.find_first_not_of("0123456789") == std::string::npos) {
        return Relative(i, Is(i + 1, {"s"}) && !t_[i + 1].space_before ? i + 2 : i + 1);
      }
      return (right.size() == 5 && right.back() == 's' && right[3] == '0') ? std::optional<Expression>(Relative(i, i + 1)) : std::nullopt;
    }
    const W* number = LookUp(Hash(left));
    if (number == nullptr || number->type != W::kNumber) return std::nullopt;
    const size_t second = right.find('-');
    const W* unit = LookUp(Hash(std::string_view(right).substr(0, second)));
    if (unit == nullptr || (unit->type != W::kUnit && unit->type != W::kClockUnit) || static_cast<int>(unit->value) == kQuarter || static_cast<int>(unit->value) == kSeasonUnit) return std::nullopt;
    if (second != std::string::npos) {
      if (right.compare(second, std::string::npos, "-old") != 0) return std::nullopt;
      return Relative(i, i + 1);
    }
    Expression found = Date(i, i + 1, DurationValue(number->value, static_cast<int>(unit->value)), false);
    if (unit->type == W::kClockUnit) found.label = "TIME";
    return found;
  }

  std::string_view text_;
  const Tokens& t_;
  bool month_first_;
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
