#include "dates_abroad.h"

#include <utility>

#include "durations.h"

namespace garner::entity_tagger {
namespace {

class AbroadDates : public Durations {
 public:
  using Durations::Durations;

  std::optional<Expression> At(size_t i) {
    std::optional<Expression> best;
    const auto consider = [&](std::optional<Expression> found) {
      if (found && (!best || found->end > best->end)) best = std::move(found);
    };
    if (IsNumber(i)) {
      consider(Numeric(i));
      consider(YearFirst(i));
      consider(DayFirst(i));
      if (Speaks(Tongue::kOther)) return best;
      consider(DecadeInDigits(i));
      consider(CenturyInDigits(i));
      consider(YearRange(i));
      consider(LoneYear(i));
      consider(Counted(i));
      return best;
    }
    if (!IsWord(i)) return best;
    if (Type(i + 1, W::kTimeUnit) && Value(i + 1) == kCentury) consider(RomanCentury(i));
    if (Word(i) == nullptr) return best;
    if (Speaks(Tongue::kOther)) return MonthBeside(i) > 0 && !Foreign(i) ? MonthFirst(i) : EnglishDay(i);
    switch (Word(i)->type) {
      case W::kMonth:
      case W::kMonthShort:
        consider(MonthRange(i));
        consider(MonthYear(i));
        consider(LoneMonth(i));
        break;
      case W::kWeekday:
      case W::kWeekdayShort:
        consider(Weekday(i));
        break;
      case W::kDeictic:
        consider(Deictic(i));
        break;
      case W::kHoliday:
        if (t_[i].capital) consider(Holiday(i));
        break;
      case W::kSeason:
        consider(Season(i));
        break;
      case W::kOrdinal:
        consider(OrdinalPeriod(i));
        consider(FirstOfMonth(i));
        break;
      case W::kRelative:
        consider(Relative(i));
        break;
      case W::kPart:
        consider(Part(i));
        break;
      case W::kTimeUnit:
        consider(UnitWithYear(i));
        consider(UnitThenRelative(i));
        consider(UnitAgo(i));
        break;
      case W::kAgoLed:
        consider(LedAgo(i));
        break;
      case W::kDecadeName:
        if (Is(i + 1, {"jahre", "jahren", "годы", "годов", "годах"})) consider(Undetermined(i, i + 2));
        if (Speaks(Tongue::kRussian) && Before(i, {"в", "с", "до"})) consider(Undetermined(i, i + 1));
        break;
      default:
        break;
    }
    consider(Counted(i));
    return best;
  }

 private:
  // "January 4, 2022" in text of a language without rules.
  std::optional<Expression> EnglishDay(size_t i) const {
    std::optional<Expression> day = MonthFirst(i);
    return day && day->names_itself ? day : std::nullopt;
  }

  // 2019 жылғы 22 наурызда
  std::optional<Expression> YearFirst(size_t i) const {
    if (!Speaks(Tongue::kKazakh) || YearAt(i) < 0) return std::nullopt;
    const size_t day = PastYearWord(i + 1);
    if (day == i + 1) return std::nullopt;
    const int month = MonthBeside(day + 1);
    if (!ValidDay(month, Whole(day)) || TrailingYearFollows(day + 2)) return std::nullopt;
    return Dated(i, day + 2, YearAt(i), month, Whole(day), 0);
  }
  bool TrailingYearFollows(size_t i) const { return YearAt(i) > 0; }

  // Past the words between a part and its whole: "der", "des", "de la", "d'", "del".
  size_t PastGenitive(size_t i) const {
    switch (set_.tongue) {
      case Tongue::kGerman:
        return Is(i, {"der", "des", "dieses", "dieser"}) ? i + 1 : i;
      case Tongue::kFrench:
        if (Is(i, {"d'", "du", "des"})) return i + 1;
        if (!Is(i, {"de"})) return i;
        return Is(i + 1, {"la", "l'", "cette", "ce", "cet"}) ? i + 2 : i + 1;
      case Tongue::kSpanish:
        if (Is(i, {"del"})) return i + 1;
        if (!Is(i, {"de"})) return i;
        return Is(i + 1, {"la", "los", "las", "este", "esta"}) ? i + 2 : i + 1;
      default:
        return i;
    }
  }

  // Months, without a day or year beside them.
  std::optional<Expression> LoneMonth(size_t i) const {
    if (!Type(i, W::kMonth) || Foreign(i) || MonthBeside(i) == 0) return std::nullopt;
    const auto found = [&] { return Date(i, i + 1, fmt::format("--{:02}", MonthBeside(i)), false); };
    if (Speaks(Tongue::kKazakh)) return std::nullopt;  // "маусым" is a season, "қазан" a kettle
    if (!Speaks(Tongue::kGerman)) {                    // written small, unlike the names that some of them are
      const bool led = Speaks(Tongue::kRussian)
                           ? true
                           : !Before(i, {"de", "un", "le", "la", "l'", "el"}) || (i >= 2 && Type(i - 2, W::kTimeUnit));
      return t_[i].capital || !led ? std::nullopt : std::optional<Expression>(found());
    }
    const bool led = Before(i, {"im", "seit", "bis", "ab", "zum", "in", "fur", "diesen"}) ||
                     (i > 0 && (Type(i - 1, W::kPart) || Type(i - 1, W::kRelative)));
    const bool listed = i >= 2 && Before(i, {"und", "oder", "bis"}) && Type(i - 2, W::kMonth);
    const bool name = IsWord(i + 1) && t_[i + 1].capital && Type(i + 1, W::kMonth);
    return (led || listed) && !name ? std::optional<Expression>(found()) : std::nullopt;
  }
  // primero de mayo, premier décembre, первого января, ersten Mai
  std::optional<Expression> FirstOfMonth(size_t i) const {
    const size_t at = Is(i + 1, {"de"}) ? i + 2 : i + 1;
    if (MonthBeside(at) == 0 || !Type(at, W::kMonth) || Foreign(at) || !ValidDay(MonthBeside(at), Value(i))) return std::nullopt;
    if (Value(i) != 1 && !Speaks(Tongue::kGerman) && !Speaks(Tongue::kRussian)) return std::nullopt;
    size_t end = at + 1;
    const int year = TrailingYear(end);
    return Dated(i, end, year, MonthBeside(at), Value(i), 0);
  }

  // mardi 4 janvier 2022; Dienstag, dem 4. Januar; vendredi dernier; am Montag.
  std::optional<Expression> Weekday(size_t i) const {
    size_t at = Type(i, W::kWeekdayShort) && JoinedMark(i + 1, '.') ? i + 2 : i + 1;
    if (Mark(at, ',')) ++at;
    if (Is(at, {"dem", "den", "der", "le", "el"})) ++at;
    if (IsNumber(at)) {
      std::optional<Expression> rest = DayFirst(at);
      if (!rest) rest = Numeric(at);
      if (rest && rest->value.size() >= 7) {
        rest->begin = i;
        return rest;
      }
    }
    if (Type(i, W::kWeekdayShort) || !NamesADay(i)) return std::nullopt;
    if (Type(i + 1, W::kRelative) && (Speaks(Tongue::kFrench) || Speaks(Tongue::kSpanish)) && Value(i + 1) != kThisOne &&
        Value(i + 1) != kVaguely)
      return Told(i, i + 2, WhichWeekday(Value(i), Value(i + 1)));
    if (Is(i + 1, {"que"}) && Is(i + 2, {"viene"})) return Told(i, i + 3, WhichWeekday(Value(i), kComingOne));
    const bool habit = Speaks(Tongue::kFrench) && Before(i, {"le"});  // "le dimanche" is every Sunday
    const bool open = habit || Before(i, {"bis", "ab", "seit", "jeden", "avant", "depuis", "jusqu'a", "chaque", "hasta", "desde",
                                          "los", "до", "с", "к", "каждый", "каждую"});
    return Told(i, i + 1, open ? "" : WeekdayByTense(i));
  }
  bool NamesADay(size_t i) const {
    if (Speaks(Tongue::kGerman)) {
      const bool after_name = i > 0 && IsWord(i - 1) && t_[i - 1].capital && !t_[i - 1].sentence_start;
      return t_[i].capital && !after_name;
    }
    if (t_[i].capital && !(t_[i].sentence_start && !(IsWord(i + 1) && t_[i + 1].capital))) return false;
    // "среда" is surroundings too, "воскресенье" stands in names.
    return !Speaks(Tongue::kRussian) ||
           (i > 0 && (Before(i, {"в", "во", "с", "до", "к", "на", "по"}) || Type(i - 1, W::kRelative)));
  }
  std::string WhichWeekday(int weekday, int which) const {
    if (!set_.written.exact()) return "";
    if (which == kOneBefore) return WeekdayBefore(set_.written, weekday, false);
    const std::string next = WeekdayAfter(set_.written, weekday);
    if (which == kComingOne) return next;
    if (which == kOneAfter) return next == WeekdayInWeek(set_.written, weekday, 1) ? next : "";
    return weekday >= WeekdayOf(set_.written) ? WeekdayInWeek(set_.written, weekday, 0) : "";
  }

  // gestern, avant-hier, pasado mañana (Relative), завтра.
  std::optional<Expression> Deictic(size_t i) const {
    // "Morgen" and "mañana" are the morning as well.
    if (Speaks(Tongue::kGerman) && Is(i, {"morgen"}) && t_[i].capital) return std::nullopt;
    if (Is(i, {"manana"}) && Before(i, {"la", "esta", "una", "cada", "misma", "por", "de"})) return std::nullopt;
    if (t_[i].capital && !t_[i].sentence_start) return std::nullopt;
    return Told(i, i + 1, DaysFrom(set_.written, Value(i)));
  }
  std::optional<Expression> Holiday(size_t i) const {
    size_t end = i + 1;
    const int year = TrailingYear(end);
    if (Is(i, {"silvester", "nochevieja"})) return Dated(i, end, year, 12, 31, 0);
    if (Is(i, {"heiligabend", "nochebuena"})) return Dated(i, end, year, 12, 24, 0);
    if (Is(i, {"neujahr"})) return Dated(i, end, year, 1, 1, 0);
    return Undetermined(i, end);
  }

  // Sommer 2021, l'été 2021, verano de 2021, летом 2021 года; alone where a word leads to it.
  std::optional<Expression> Season(size_t i) const {
    size_t end = i + 1;
    if (const int year = TrailingYear(end); year > 0) return Date(i, end, fmt::format("{:04}-{}", year, 20 + Value(i)), true);
    if (Speaks(Tongue::kRussian))
      return Is(i, {"весной", "летом", "осенью", "зимой"}) ? std::optional<Expression>(Undetermined(i, i + 1)) : std::nullopt;
    if (t_[i].capital != Speaks(Tongue::kGerman)) return std::nullopt;
    return Before(i, {"im", "en", "au", "cet"}) ? std::optional<Expression>(Undetermined(i, i + 1)) : std::nullopt;
  }

  // drittes Quartal 2021, premier semestre 2020, tercer trimestre de 2021, первом полугодии 2020 года; neunzehntes Jahrhundert.
  std::optional<Expression> OrdinalPeriod(size_t i) const {
    if (!Type(i + 1, W::kTimeUnit)) return std::nullopt;
    const int n = Value(i), unit = Value(i + 1);
    if (unit == kCentury) return Date(i, i + 2, CenturyValue(n), true);
    if ((unit != kQuarter || n > 4) && (unit != kHalfYear || n > 2)) return std::nullopt;
    size_t end = i + 2;
    const int year = TrailingYear(end);
    if (year < 0) return Undetermined(i, i + 2);
    return Date(i, end, fmt::format("{:04}-{}", year, (unit == kQuarter ? 32 : 39) + n), true);
  }

  // 1990er Jahre, 1990-х годах, 90-е годы.
  std::optional<Expression> DecadeInDigits(size_t i) const {
    const int year = Whole(i);
    if (year < 10 || year % 10 != 0 || (Length(i) != 2 && YearAt(i) < 0)) return std::nullopt;
    size_t end = 0;
    if (Joined(i + 1) && Is(i + 1, {"er", "ern", "er-jahre", "er-jahren"}))
      end = Is(i + 2, {"jahre", "jahren", "jahr"}) ? i + 3 : i + 2;
    else if (JoinedMark(i + 1, '-') && Joined(i + 2) && Is(i + 2, {"х", "е", "ые", "ых"}))
      end = Is(i + 3, {"годы", "годах", "годов", "годам", "гг"}) ? i + 4 : i + 3;
    if (end == 0) return std::nullopt;
    if (YearAt(i) > 0) return Date(i, end, DecadeValue(year), true);
    return end > i + 2 && (Type(end - 1, W::kTimeUnit) || Is(end - 1, {"er-jahre", "er-jahren"}))
               ? std::optional<Expression>(Undetermined(i, end))
               : std::nullopt;
  }
  // 19. Jahrhundert, 20e siècle, 20-м веке.
  std::optional<Expression> CenturyInDigits(size_t i) const {
    const int n = Whole(i);
    if (n < 1 || n > 22) return std::nullopt;
    size_t at = i + 1;
    if (JoinedMark(at, '.') || (Joined(at) && Is(at, {"e", "eme", "er"})))
      ++at;
    else if (JoinedMark(at, '-') && Joined(at + 1) && Is(at + 1, {"м", "й", "го", "ый", "ом"}))
      at += 2;
    else
      return std::nullopt;
    if (!Type(at, W::kTimeUnit) || Value(at) != kCentury) return std::nullopt;
    return Date(i, at + 1, CenturyValue(n), true);
  }
  // XIXe siècle, XIX веке.
  std::optional<Expression> RomanCentury(size_t i) const {
    std::string_view digits = Text(i);
    for (const std::string_view ending : {"e", "ᵉ", "è", "ème", "eme"})
      if (digits.size() > ending.size() && digits.substr(digits.size() - ending.size()) == ending) {
        digits.remove_suffix(ending.size());
        break;
      }
    const int n = Roman(digits);
    return n >= 1 && n <= 22 ? std::optional<Expression>(Date(i, i + 2, CenturyValue(n), true)) : std::nullopt;
  }
  // Up to 39, which is enough for centuries; -1 for anything else.
  static int Roman(std::string_view digits) {
    int value = 0, last = 0;
    if (digits.empty() || digits.size() > 7) return -1;
    for (size_t i = digits.size(); i-- > 0;) {
      const int digit = digits[i] == 'I' ? 1 : digits[i] == 'V' ? 5 : digits[i] == 'X' ? 10 : -1;
      if (digit < 0) return -1;
      value += digit < last ? -digit : digit;
      last = std::max(last, digit);
    }
    return value;
  }

  // A year by its surroundings; each language writes it differently.
  std::optional<Expression> LoneYear(size_t i) const {
    const int year = YearAt(i);
    if (year < 0) return std::nullopt;
    const auto found = [&](size_t end) { return Date(i, end, YearText(year), true); };
    if (const size_t end = PastYearWord(i + 1); end > i + 1) return found(end);
    const bool ordinal =
        Speaks(Tongue::kRussian) && JoinedMark(i + 1, '-') && Joined(i + 2) && Is(i + 2, {"м", "й", "го", "му", "ом", "ый"});
    if (ordinal && year >= 1500) return found(PastYearWord(i + 3));  // в 2019-м
    if (Tied(i)) return std::nullopt;
    if (i > 0 && Mark(i - 1, '(') && (Mark(i + 1, ')') || Mark(i + 1, ',')) && year >= 1700) return found(i + 1);
    switch (set_.tongue) {
      case Tongue::kGerman:
        return GermanYear(i, year) ? std::optional<Expression>(found(i + 1)) : std::nullopt;
      case Tongue::kFrench:
      case Tongue::kSpanish:
        return RomanceYear(i, year) ? std::optional<Expression>(found(i + 1)) : std::nullopt;
      default:
        return std::nullopt;
    }
  }
  // "Der Deich brach 1953": no word leads to it, and no noun, which would have a capital, is counted by it.
  bool GermanYear(size_t i, int year) const {
    if (IsWord(i + 1) && t_[i + 1].capital) return false;
    if (Before(i, {"seit", "bis", "ab", "vor", "nach", "um", "jahr", "jahre", "jahres", "von", "zwischen", "anfang", "ende",
                   "mitte"}))
      return year >= 1200;
    if (year < 1700) return false;
    if (i == 0) return IsWord(1);
    if (t_[i - 1].type != Token::kWord) return Mark(i - 1, ',') || Mark(i - 1, '.');
    if (t_[i - 1].capital && !t_[i - 1].sentence_start) return MonthBeside(i - 1) > 0 || Before(i, {"olympia", "wm", "em"});
    return !Type(i - 1, W::kApproximate) && !Type(i - 1, W::kNumber) && !Is(i + 1, {"von", "km", "m", "kg", "mal"});
  }
  bool RomanceYear(size_t i, int year) const {
    const bool sure = Before(i, {"en", "depuis", "des", "jusqu'en", "annee", "annees", "fin", "debut", "entre", "desde", "ano",
                                 "anos", "hasta", "avant", "apres", "vers"});
    const bool weak = Before(i, {"de", "del", "a", "et", "y"}) && year >= 1700;
    if (!sure && !weak) return false;
    // "de 2000 personnes", "en 1500 casos".
    const std::string_view next = IsWord(i + 1) && !t_[i + 1].capital ? Text(i + 1) : std::string_view();
    const bool counts = next.size() >= 4 && (next.back() == 's' || next.back() == 'x') &&
                        !Is(i + 1, {"dans", "sans", "mais", "plus", "sous", "tres", "apres", "hors", "alors", "vers", "pues"});
    const bool measured = Is(i + 1, {"km", "m", "kg", "euros", "millions", "euro", "de"}) && weak;
    if (Before(i, {"et", "y"}) && !(i >= 2 && YearAt(i - 2) > 0)) return false;
    return !counts && !measured;
  }

  // Jahr 1953, années 1990, año 1953, siglo XIX.
  std::optional<Expression> UnitWithYear(size_t i) const {
    const int unit = Value(i);
    if (unit == kCentury && Speaks(Tongue::kSpanish)) {
      const int n = Roman(Text(i + 1));
      return n >= 1 && n <= 22 && IsWord(i + 1) ? std::optional<Expression>(Date(i, i + 2, CenturyValue(n), true)) : std::nullopt;
    }
    if (unit == kDecade && Is(i + 1, {"de"})) {
      const size_t at = Is(i + 2, {"los"}) ? i + 3 : i + 2;
      if (Type(at, W::kNumber) && Value(at) >= 20 && Value(at) % 10 == 0) return Undetermined(i, at + 1);  // de los noventa
      if (YearAt(at) > 0 && YearAt(at) % 10 == 0) return Date(i, at + 1, DecadeValue(YearAt(at)), true);
      return std::nullopt;
    }
    if (unit != kYear) return std::nullopt;
    const bool plural = Is(i, {"annees", "anos"});
    if (plural && YearAt(i + 1) > 0 && YearAt(i + 1) % 10 == 0) return Date(i, i + 2, DecadeValue(YearAt(i + 1)), true);
    const bool tens = (Whole(i + 1) >= 10 && Whole(i + 1) % 10 == 0 && Length(i + 1) == 2) ||
                      (Type(i + 1, W::kNumber) && Value(i + 1) >= 20 && Value(i + 1) % 10 == 0);
    if (plural && tens) return Undetermined(i, i + 2);
    if (plural || !Is(i, {"jahr", "jahre", "jahres", "annee", "ano"}) || YearAt(i + 1) < 0) return std::nullopt;
    return Date(i, i + 2, YearText(YearAt(i + 1)), true);
  }

  // semaine dernière, mes pasado, año que viene.
  std::optional<Expression> UnitThenRelative(size_t i) const {
    if (!Speaks(Tongue::kFrench) && !Speaks(Tongue::kSpanish)) return std::nullopt;
    if (Is(i + 1, {"que"}) && Is(i + 2, {"viene"})) return Told(i, i + 3, WhichUnit(i, kComingOne));
    if (!Type(i + 1, W::kRelative) || Value(i + 1) == kThisOne || Value(i + 1) == kVaguely) return std::nullopt;
    if (Value(i) == kDay) return std::nullopt;
    const bool plural = Text(i + 1).back() == 's' && !Is(i, {"mois"});
    return Told(i, i + 2, plural ? "" : WhichUnit(i, Value(i + 1)));
  }
  std::string WhichUnit(size_t at, int which) const {
    const int unit = Value(at);
    if (which == kVaguely || (unit == kDecade && which != kThisOne)) return "";
    return UnitFrom(set_.written, unit, which == kComingOne ? 1 : which);
  }

  // vergangenen Jahr, diese Woche, cette année, este año, próximo viernes, прошлой неделе; the last three years.
  std::optional<Expression> Relative(size_t i) const {
    if (Speaks(Tongue::kSpanish) && Is(i, {"pasado"}) && Is(i + 1, {"manana"})) return Told(i, i + 2, DaysFrom(set_.written, 2));
    size_t at = i + 1;
    const std::optional<Number> n = ParseNumber(in_, at);
    if (Type(at, W::kVague))
      ++at;
    else if (n && n->value >= 2 && n->value <= kLargestCount)
      at = n->end;
    const bool counted = at > i + 1;
    const int which = Value(i);
    if (which == kThisOne && counted) return std::nullopt;
    if (Type(at, W::kTimeUnit)) {
      if (Value(at) == kDay && !counted) return std::nullopt;
      return Told(i, at + 1, counted || Several(i, at) ? "" : WhichUnit(at, which));
    }
    if (counted) return std::nullopt;
    if (Type(at, W::kWeekday)) return Told(i, at + 1, which == kVaguely ? "" : WhichWeekday(Value(at), which));
    if (Type(at, W::kMonth) && MonthBeside(at) > 0 && Whole(at + 1) < 0)
      return Told(i, at + 1,
                  which == kVaguely ? "" : MonthFrom(set_.written, Value(at), which == kComingOne ? kOneAfter : which));
    if (Type(at, W::kSeason))
      return Told(i, at + 1, which == kVaguely || which == kComingOne ? "" : SeasonFrom(set_.written, Value(at), which));
    return std::nullopt;
  }

  // "vergangenen Jahren", "prochaines années", "прошлых годов": no one of them.
  bool Several(size_t relative, size_t unit) const {
    switch (set_.tongue) {
      case Tongue::kGerman:
        return Is(unit, {"tage", "tagen", "wochen", "monate", "monaten", "jahre", "jahren", "jahrzehnte", "jahrzehnten",
                         "jahrhunderte", "jahrhunderten", "quartale", "quartalen", "wochenenden"});
      case Tongue::kFrench:
        return Text(relative).back() == 's' || Is(relative, {"ces"});
      case Tongue::kSpanish:
        return Text(relative).back() == 's';
      case Tongue::kRussian:
        return Is(relative, {"прошлых", "прошлые", "эти", "этих", "следующие", "следующих"});
      default:
        return false;
    }
  }

  // Anfang Januar, Ende 2021, Mitte der 1990er Jahre, fin de l'année, principios de enero, конце 2021 года, mi-mars.
  std::optional<Expression> Part(size_t i) const {
    if (Text(i).find('-') != std::string_view::npos) {  // mi-mars
      size_t end = i + 1;
      TrailingYear(end);
      return Undetermined(i, end);
    }
    const size_t at = PastGenitive(i + 1);
    if (IsNumber(at)) {
      std::optional<Expression> rest = DecadeInDigits(at);
      if (!rest) rest = CenturyInDigits(at);
      if (!rest && YearAt(at) > 0 && !Tied(at)) rest = Undetermined(at, PastYearWord(at + 1));
      return Extended(i, rest);
    }
    if (MonthBeside(at) > 0 && Type(at, W::kMonth)) {
      size_t end = at + 1;
      TrailingYear(end);
      return Undetermined(i, end);
    }
    if (Type(at, W::kTimeUnit)) {
      std::optional<Expression> rest = UnitWithYear(at);
      const bool period =
          Value(at) == kYear || Value(at) == kMonthUnit || Value(at) == kWeek || Value(at) == kCentury || Value(at) == kDecade;
      if (!rest && period && (at > i + 1 || Speaks(Tongue::kRussian))) rest = Undetermined(at, at + 1);
      return Extended(i, rest);
    }
    if (IsWord(at) && Type(at + 1, W::kTimeUnit) && Value(at + 1) == kCentury) return Extended(i, RomanCentury(at));
    if (Type(at, W::kRelative) && Value(at) != kVaguely && Type(at + 1, W::kTimeUnit)) return Undetermined(i, at + 2);
    return std::nullopt;
  }
  static std::optional<Expression> Extended(size_t begin, const std::optional<Expression>& rest) {
    return rest ? std::optional<Expression>(Undetermined(begin, rest->end)) : std::nullopt;
  }

  // Lengths: drei Jahre, mehr als 10 Jahre, trois ans, dos semanas, 10 дней; три дня назад.
  std::optional<Expression> Counted(size_t i) const {
    if (Hangs(i)) return std::nullopt;
    size_t at = i;
    bool exact = true;
    double amount = 0;
    if (Type(at, W::kApproximate)) {
      exact = false;
      at = Is(at + 1, {"als", "de", "que", "чем"}) ? at + 2 : at + 1;
    }
    if (Type(at, W::kVague)) {
      exact = false;
      ++at;
    } else if (Type(at, W::kHalf)) {
      amount = 0.5;
      ++at;
    } else if (const std::optional<Number> n = ParseNumber(in_, at)) {
      amount = n->value;
      exact = exact && n->sure;
      at = n->end;
      if (RangeAt(at)) {
        if (const std::optional<Number> second = ParseNumber(in_, at + 1); second && second->value > amount) {
          at = second->end;
          exact = false;
        }
      }
    } else {
      return std::nullopt;
    }
    // dix prochaines années, tres últimos años
    const bool after = (Speaks(Tongue::kFrench) || Speaks(Tongue::kSpanish)) && Type(at, W::kRelative);
    if (after && Type(at + 1, W::kTimeUnit) && Several(at, at + 1)) return Undetermined(i, at + 2);
    if (!IsUnit(at) || !Measures(at)) return std::nullopt;
    const bool clock = IsClock(at);
    if (Type(at + 1, W::kAgo)) {
      Expression ago = Told(i, at + 2, Away(amount, exact, Value(at), -1));
      if (clock) ago.label = "TIME";
      return ago;
    }
    return WithRest(Lasting(i, at + 1, amount, exact, Value(at), clock), Value(at));
  }
  bool Measures(size_t i) const {
    const int unit = Value(i);
    if (unit == kQuarter || unit == kWeekend || unit == kHalfYear) return false;
    // "17 часов", "17 heures", "17 horas" are times of day as well (times.cc is asked first); "deux siècle" is none.
    return true;
  }
  // год назад, неделю назад.
  std::optional<Expression> UnitAgo(size_t i) const {
    return Type(i + 1, W::kAgo) ? std::optional<Expression>(Told(i, i + 2, Away(1, true, Value(i), -1))) : std::nullopt;
  }
  // vor drei Tagen, il y a trois jours, hace tres días.
  std::optional<Expression> LedAgo(size_t i) const {
    size_t at = i + 1;
    if (Is(i, {"il"})) {
      if (!Is(at, {"y"}) || !Is(at + 1, {"a"})) return std::nullopt;
      at += 2;
    }
    const std::optional<Expression> length = at < t_.size() && (IsNumber(at) || Word(at) != nullptr) ? Counted(at) : std::nullopt;
    if (!length) return std::nullopt;
    const std::optional<Number> n = ParseNumber(in_, at);
    const size_t unit = length->end - 1;
    const bool exact = n && n->end == unit && n->sure;
    Expression ago = Told(i, length->end, exact ? Away(n->value, true, Value(unit), -1) : "");
    ago.label = length->label;
    return ago;
  }
};

}  // namespace

std::optional<Expression> MatchDateAbroad(const ExpressionInput& input, size_t i) { return AbroadDates(input).At(i); }

}  // namespace garner::entity_tagger
