// Dates of English text that name a day, month, year, season, decade or century. Each rule returns the expression that begins at
// a token, or nothing.
#pragma once

#include <optional>

#include "day_dates.h"

namespace garner::entity_tagger {

class AbsoluteDates : public DayDates {
 public:
  using DayDates::DayDates;

 protected:
  // A month with a day, a year, or alone.
  std::optional<Expression> FromMonth(size_t i) const {
    if (!Type(i, W::kMonth) && !Type(i, W::kMonthShort)) return std::nullopt;
    if (std::optional<Expression> day = MonthFirst(i)) return day;
    if (std::optional<Expression> range = MonthRange(i)) return range;
    if (std::optional<Expression> month = MonthYear(i)) return month;
    return MonthAlone(i);
  }
  std::optional<Expression> MonthAlone(size_t i) const {
    const int month = MonthBeside(i);
    if (month == 0 || !Type(i, W::kMonth) || Foreign(i) || t_[i].all_caps) return std::nullopt;
    const bool name_follows = IsWord(i + 1) && t_[i + 1].capital && Word(i + 1) == nullptr;
    if (Word(i)->ambiguous) {
      // "in May", "last March": but "may", "March on Rome", "August Wilson".
      const bool led =
          Before(i, {"in",     "since", "until",   "till",   "by",    "last", "next", "this",    "early", "late", "mid",
                     "during", "from",  "through", "before", "after", "of",   "for",  "between", "to",    "and"});
      if (!led || Is(i + 1, {"on", "be", "have", "not"}) || (IsWord(i + 1) && t_[i + 1].capital)) return std::nullopt;
      if (Before(i, {"of", "for", "to", "and", "by"}) &&
          !(i >= 2 && (Type(i - 2, W::kMonth) || Type(i - 2, W::kPart) || Type(i - 2, W::kTimeUnit))))
        return std::nullopt;
    } else if (name_follows && !t_[i + 1].all_caps && t_[i].sentence_start) {
      return std::nullopt;  // "April Jones said"
    } else if (kGivenName[month] && (name_follows || !LedAsMonth(i))) {
      return std::nullopt;  // "her friend April sang"
    }
    return Date(i, i + 1, fmt::format("--{:02}", month), false);
  }

  // the first of July 1998.
  std::optional<Expression> SpelledDay(size_t i) const {
    if (!Type(i, W::kOrdinal) || !Is(i + 1, {"of"})) return std::nullopt;
    const int month = MonthBeside(i + 2);
    if (!ValidDay(month, Value(i))) return std::nullopt;
    size_t end = i + 3;
    const int year = TrailingYear(end);
    return Dated(i, end, year, month, Value(i), 0);
  }

  // summer 2021, the summer of 2021, last summer (Relative); a bare season says too little.
  std::optional<Expression> Season(size_t i) const {
    if (!Type(i, W::kSeason)) return std::nullopt;
    size_t end = i + 1;
    if (Is(end, {"of"}) && YearRange(end + 1)) return Undetermined(i, YearRange(end + 1)->end);  // the winter of 1946-47
    const int year = TrailingYear(end);
    if (year > 0) return Date(i, end, fmt::format("{:04}-{}", year, 20 + Value(i)), true);
    if (Before(i, {"in", "this", "since", "until", "by"}) && !t_[i].capital && !Is(i + 1, {"of"}) && !Is(i, {"fall"}))
      return Undetermined(i, i + 1);
    return std::nullopt;
  }

  // third quarter of 2021, second half of 2020.
  std::optional<Expression> QuarterOfYear(size_t i) const {
    const bool last = Is(i, {"last", "final"});
    if ((!Type(i, W::kOrdinal) && !last) || !Is(i + 1, {"quarter", "half"})) return std::nullopt;
    const bool quarter = Is(i + 1, {"quarter"});
    size_t end = i + 2;
    if (Is(end, {"of"}) && Is(end + 1, {"fiscal"}) && YearAt(end + 2) > 0) return Undetermined(i, end + 3);
    const int year = TrailingYear(end);
    const int n = last ? 4 : Value(i);
    if (year < 0) {
      if (quarter && Type(i, W::kOrdinal) && n <= 4) return Undetermined(i, i + 2);
      return std::nullopt;
    }
    if (quarter && n <= 4) return Date(i, end, fmt::format("{:04}-{}", year, 32 + n), true);
    if (!quarter && n <= 2) return Date(i, end, fmt::format("{:04}-{}", year, 39 + n), true);
    return std::nullopt;
  }
  // Q3 2021, H1 2020.
  std::optional<Expression> ShortQuarter(size_t i) const {
    const bool quarter = Is(i, {"q1", "q2", "q3", "q4"});
    if ((!quarter && !Is(i, {"h1", "h2"})) || !t_[i].capital) return std::nullopt;
    size_t end = i + 1;
    const int year = TrailingYear(end);
    const int n = Text(i)[1] - '0';
    return year < 0 ? std::nullopt
                    : std::optional<Expression>(Date(i, end, fmt::format("{:04}-{}", year, (quarter ? 32 : 39) + n), true));
  }

  std::optional<Expression> Decade(size_t i) const {
    if (!Joined(i + 1) || !Is(i + 1, {"s"})) return PossessiveDecade(i);
    const int year = Whole(i);
    if (YearAt(i) > 0 && year % 10 == 0) return Date(i, i + 2, DecadeValue(year), true);
    if (year >= 20 && year <= 90 && year % 10 == 0 && LedAsDecade(i)) return Undetermined(i, i + 2);
    return std::nullopt;
  }
  std::optional<Expression> PossessiveDecade(size_t i) const {  // the 1990's
    const int year = YearAt(i);
    if (year <= 0 || year % 10 != 0 || year >= 2020 || i + 1 >= t_.size() || t_[i + 1].type != Token::kPossessive)
      return std::nullopt;
    if (!LedAsDecade(i)) return std::nullopt;
    return Date(i, i + 2, DecadeValue(year), true);
  }
  std::optional<Expression> ShortDecade(size_t i) const {  // '90s
    const int year = Whole(i + 1);
    if (year < 10 || year % 10 != 0 || !Joined(i + 1) || Length(i + 1) != 2 || !Is(i + 2, {"s"}) || !Joined(i + 2))
      return std::nullopt;
    return Undetermined(i, i + 3);
  }
  std::optional<Expression> NamedDecade(size_t i) const {  // the nineties
    if (!Type(i, W::kDecadeName) || !LedAsDecade(i)) return std::nullopt;
    return Undetermined(i, i + 1);
  }

  // 20th century, nineteenth century, 19th-century.
  std::optional<Expression> Century(size_t i) const {
    int n = Whole(i);
    size_t at = i + 1;
    if (n > 0) {
      if (Joined(at) && Is(at, {"st-century", "nd-century", "rd-century", "th-century"}))
        return n <= 22 ? std::optional<Expression>(Date(i, at + 1, CenturyValue(n), true)) : std::nullopt;
      if (PastOrdinal(at) == at) return std::nullopt;
      ++at;
    } else if (Type(i, W::kOrdinal)) {
      n = Value(i);
    }
    if (n < 1 || n > 22) return std::nullopt;
    if (JoinedMark(at, '-')) ++at;
    if (!Is(at, {"century", "centuries"})) return std::nullopt;
    ++at;
    if (Is(at, {"bc", "bce", "b.c.", "b.c"})) return Undetermined(i, at + 1);
    return Date(i, at, CenturyValue(n), true);
  }

  // 1939-45, 2010–2012, 2010 to 2012, 2019/20.
  std::optional<Expression> YearRange(size_t i) const {
    const int year = YearAt(i);
    if (year < 0) return std::nullopt;
    const bool slash = JoinedMark(i + 1, '/') && year >= 1900;
    if (!slash && !RangeAt(i + 1)) return std::nullopt;
    const bool dash = Mark(i + 1, '-');
    if (dash && i > 0 && Mark(i - 1, '-') && Joined(i)) return std::nullopt;
    if (i > 0 && Joined(i) && (Mark(i - 1, '/') || Mark(i - 1, '-'))) return std::nullopt;
    const bool joined = Joined(i + 1) && Joined(i + 2);
    if (const int second = YearAt(i + 2); second > year && (dash || (slash && second == year + 1) || LeadsRange(i)))
      return Date(i, PastYearWord(i + 3), fmt::format("{:04}/{:04}", year, second), true);
    if ((!dash && !slash) || !joined || !TwoDigits(i + 2)) return std::nullopt;
    if ((Mark(i + 3, '-') || Mark(i + 3, '/')) && Joined(i + 3)) return std::nullopt;
    const int second = year / 100 * 100 + std::max(0, Whole(i + 2));
    if (second <= year || year < 1500 || (slash && second != year + 1)) return std::nullopt;
    return Date(i, i + 3, fmt::format("{:04}/{:04}", year, second), true);
  }
  bool LeadsRange(size_t i) const {
    if (Speaks(Tongue::kGerman)) return true;
    return Before(i, {"from", "in", "de", "du", "entre", "с", "от", "von"});
  }

  // 44 BC, AD 79, 412 CE.
  std::optional<Expression> YearOfEra(size_t i) const {
    if (Is(i, {"ad", "a.d."}) && t_[i].all_caps && Whole(i + 1) > 0) return Date(i, i + 2, YearText(Whole(i + 1)), true);
    const int year = Whole(i);
    if (year <= 0 || !IsWord(i + 1) || !t_[i + 1].all_caps) return std::nullopt;
    if (Is(i + 1, {"bc", "bce", "b.c.", "b.c"}))
      return Date(i, i + 2, year == 1 ? "0000" : fmt::format("-{:04}", year - 1), true);
    if (Is(i + 1, {"ce", "ad", "a.d."})) return Date(i, i + 2, YearText(year), true);
    return std::nullopt;
  }

  // A number that is a year by what stands around it.
  std::optional<Expression> Year(size_t i) const {
    const int year = YearAt(i);
    if (year < 0 || Tied(i)) return std::nullopt;
    const auto found = [&] { return Date(i, i + 1, YearText(year), true); };
    if (i + 1 < t_.size() && t_[i + 1].type == Token::kPossessive && year >= 1500) return found();
    if (CountsSomething(i + 1)) return std::nullopt;
    const bool led = Before(i, {"in",     "since",   "until",      "till",     "by",        "during", "before", "after",
                                "circa",  "year",    "of",         "from",     "between",   "late",   "early",  "mid",
                                "around", "through", "throughout", "starting", "beginning", "to",     "fiscal", "and"});
    const bool weak = Before(i, {"of", "to", "around", "and", "by", "from", "through"});
    const bool parenthesised = i > 0 && Mark(i - 1, '(') && (Mark(i + 1, ')') || Mark(i + 1, ','));
    const bool article = Before(i, {"the", "a", "this"}) && IsWord(i + 1);
    const bool plain_year = year >= 1700;
    if (led && (!weak || plain_year)) return found();
    if ((parenthesised || article) && plain_year) return found();
    if (plain_year && i > 0 && Mark(i - 1, ',') && Mark(i + 1, ',')) return found();
    if (plain_year && year >= 1900 && YearElsewhere(i)) return found();
    return std::nullopt;
  }
  // Part of a longer token row: 2022-based, 12/2022.
  bool Tied(size_t i) const {
    const bool slash = Mark(i + 1, '/') && !IsWord(i + 2);  // "late 2022/early 2023" is two
    if (Joined(i + 1) && (Mark(i + 1, '-') || slash || IsWord(i + 1)) && !DashThenSpace(i + 1)) return true;
    return i > 0 && Joined(i) && t_[i - 1].type == Token::kPunctuation && !Mark(i - 1, '(') && !Mark(i - 1, '"') &&
           !Mark(i - 1, '-') && !Mark(i - 1, '[');
  }
  bool LedAsDecade(size_t i) const { return Before(i, {"the", "early", "late", "mid"}); }

  // "in 2000 cases", "of 1500 men": the number counts what follows.
  bool CountsSomething(size_t i) const {
    if (!IsWord(i) || t_[i].capital) return false;
    if (Is(i, {"people", "men", "women", "children", "km", "kg", "m", "meters", "metres", "miles", "per", "percent", "more", "or",
               "dollars", "euros"}))
      return true;
    const std::string_view word = Text(i);
    if (word.size() < 4 || word.back() != 's' || word[word.size() - 2] == 's') return false;
    return !Is(i, {"was",
                   "has",
                   "is",
                   "does",
                   "as",
                   "this",
                   "its",
                   "his",
                   "elections",
                   "protests",
                   "games",
                   "olympics",
                   "attacks",
                   "talks",
                   "floods",
                   "riots",
                   "fires",
                   "wildfires",
                   "bushfires",
                   "storms",
                   "polls",
                   "midterms",
                   "results",
                   "figures",
                   "sales",
                   "earnings",
                   "reforms",
                   "sanctions",
                   "uprisings",
                   "bombings",
                   "killings",
                   "murders",
                   "playoffs",
                   "finals",
                   "awards",
                   "hearings",
                   "demonstrations",
                   "primaries",
                   "championships",
                   "earthquakes",
                   "clashes",
                   "strikes",
                   "raids",
                   "trials"});
  }

 private:
  static constexpr bool kGivenName[13] = {false, false, false, false, true,  false, true,
                                          false, false, false, false, false, false};

  bool LedAsMonth(size_t i) const {
    if (i == 0) return true;
    if (t_[i - 1].type == Token::kPunctuation) return true;
    if (Type(i - 1, W::kArticle) || (i >= 2 && Type(i - 2, W::kArticle))) return true;  // "a June report", "a long April"
    return Type(i - 1, W::kRelative) || Type(i - 1, W::kPart) || Type(i - 1, W::kMonth) || Type(i - 1, W::kApproximate) ||
           Before(i, {"in",       "since",     "until", "till", "by",      "during", "from", "through",
                      "before",   "after",     "of",    "for",  "between", "to",     "and",  "throughout",
                      "starting", "beginning", "or",    "mid",  "each",    "every",  "the"});
  }
  bool DashThenSpace(size_t i) const {
    return Mark(i, '-') && i + 1 < t_.size() && (t_[i + 1].space_before || text_[t_[i].begin] != '-');
  }
  // Beside another year or in a sports style: "Olympics 2024", "World Cup 2018", "2016 Summer Olympics".
  bool YearElsewhere(size_t i) const {
    if (IsWord(i + 1) && t_[i + 1].capital && t_[i].space_before && i > 0 && IsWord(i - 1) && !t_[i - 1].capital) return true;
    return i > 0 && IsWord(i - 1) && t_[i - 1].capital && !t_[i - 1].sentence_start && !t_[i - 1].all_caps &&
           Word(i - 1) == nullptr && (i + 1 >= t_.size() || t_[i + 1].type == Token::kPunctuation) &&
           Is(i - 1, {"olympics", "cup", "games", "election", "elections", "championship", "festival"});
  }
};

}  // namespace garner::entity_tagger
