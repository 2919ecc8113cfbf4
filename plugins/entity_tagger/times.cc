#include "times.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "zones.h"

namespace garner::entity_tagger {
namespace {

// A clock as far as it is written.
struct Clock {
  int hour = -1;
  int minute = -1;
  int second = -1;
  int half = 0;        // of the day: 1 a.m., 2 p.m.
  bool named = false;  // a word says that it is a time: "Uhr", "o'clock", "h", a zone
  std::string zone;
  size_t end = 0;

  std::string Value() const {
    int shown = hour;
    if (half == 2 && hour < 12) shown += 12;
    if (half == 1 && hour == 12) shown = 0;
    std::string value = fmt::format("T{:02}", shown);
    if (minute >= 0) value += fmt::format(":{:02}", minute);
    if (second >= 0) value += fmt::format(":{:02}", second);
    return value + zone;
  }
};

class Times : public Scanner {
 public:
  using Scanner::Scanner;

  std::optional<Expression> At(size_t i) const {
    if (IsNumber(i)) return FromClock(i);
    if (Word(i) == nullptr) return std::nullopt;
    switch (Word(i)->type) {
      case W::kWeekday:
      case W::kDeictic:
        return DayAndPart(i);
      case W::kRelative:
        return RelativePart(i);
      case W::kWeekdayPart:
        return t_[i].capital ? Vague(i, i + 1) : std::nullopt;
      case W::kClockDeictic:
        return Vague(i, i + 1);
      case W::kNoon:
        return Noon(i);
      case W::kNumber:
      case W::kHalf:
      case W::kArticle:
        return Spoken(i);
      default:
        return std::nullopt;
    }
  }

 private:
  static std::optional<Expression> Vague(size_t begin, size_t end) { return Expression{begin, end, "TIME", "", false}; }

  // Monday morning, gestern Abend, hier soir, lunes por la mañana, вчера вечером.
  std::optional<Expression> DayAndPart(size_t i) const {
    const bool noun = Speaks(Tongue::kEnglish) || Speaks(Tongue::kGerman);
    if (Type(i, W::kWeekday) && noun && !t_[i].capital) return std::nullopt;
    if (Speaks(Tongue::kSpanish)) {
      const bool part = Is(i + 1, {"por"}) && Is(i + 2, {"la"}) && (Type(i + 3, W::kDayPart) || Is(i + 3, {"manana"}));
      return part ? Vague(i, i + 4) : std::nullopt;
    }
    const bool part = Type(i + 1, W::kDayPart) || (Speaks(Tongue::kGerman) && Is(i + 1, {"morgen"}) && t_[i + 1].capital);
    return part ? Vague(i, i + 2) : std::nullopt;
  }
  // last night, this morning, ce matin, esta mañana.
  std::optional<Expression> RelativePart(size_t i) const {
    if (Speaks(Tongue::kEnglish) && !Is(i, {"this", "last", "next", "previous"})) return std::nullopt;
    if (Type(i + 1, W::kDayPart) || (Speaks(Tongue::kSpanish) && Is(i, {"esta"}) && Is(i + 1, {"manana"})))
      return Vague(i, i + 2);
    return std::nullopt;
  }
  std::optional<Expression> Noon(size_t i) const {
    if (t_[i].capital && !t_[i].sentence_start && !Speaks(Tongue::kGerman)) return std::nullopt;
    if (Is(i, {"midi"}) && Before(i, {"le", "du"})) return std::nullopt;  // "le Midi"
    Clock clock;
    clock.hour = Value(i);
    clock.minute = 0;
    clock.end = i + 1;
    ReadZone(clock);
    return Expression{i, clock.end, "TIME", clock.Value(), false};
  }

  // six o'clock, five p.m., half past five, a quarter to six, six in the morning, cinco de la tarde.
  std::optional<Expression> Spoken(size_t i) const {
    if (Speaks(Tongue::kEnglish)) {
      if (std::optional<Expression> past = PastOrTo(i)) return past;
    }
    if (!Type(i, W::kNumber)) return std::nullopt;
    Clock clock;
    clock.hour = Value(i);
    clock.end = i + 1;
    if (clock.hour < 1 || clock.hour > 12) return std::nullopt;
    ReadHalf(clock);
    if (Is(clock.end, {"o'clock"})) {
      clock.named = true;
      ++clock.end;
      ReadHalf(clock);
    }
    const bool hours = Is(clock.end, {"heures", "heure", "часов", "часа", "час"}) && (Led(i) || HalfFollows(clock.end + 1));
    if ((Speaks(Tongue::kGerman) && Is(clock.end, {"uhr"})) || hours) {
      clock.named = true;
      ++clock.end;
      ReadHalf(clock);
    }
    if (!clock.named && clock.half == 0) return std::nullopt;
    // "One in the morning and one in the afternoon" are two of something.
    if (English() && !clock.named && Is(i + 1, {"in"}) && !Led(i)) return std::nullopt;
    return Expression{i, clock.end, "TIME", clock.Value(), false};
  }
  // "huit heures du matin", "пять часов вечера"
  bool HalfFollows(size_t i) const {
    return (Is(i, {"du"}) && Is(i + 1, {"matin", "soir"})) || Is(i, {"утра", "вечера", "дня", "ночи"});
  }
  std::optional<Expression> PastOrTo(size_t i) const {
    size_t at = i;
    int minutes = 0;
    if (Type(at, W::kHalf)) {
      minutes = 30;
    } else {
      if (Type(at, W::kArticle) && Is(at + 1, {"quarter"})) ++at;
      if (Is(at, {"quarter"}))
        minutes = 15;
      else if (Type(at, W::kNumber) && Value(at) < 30)
        minutes = Value(at);
    }
    ++at;
    const bool past = Is(at, {"past"}), to = Is(at, {"to"}) && minutes != 30;
    if (minutes == 0 || (!past && !to) || !Type(at + 1, W::kNumber)) return std::nullopt;
    // "Ten to nine" may be a range.
    if (to && minutes != 15 && !Before(i, {"at", "until", "by"})) return std::nullopt;
    Clock clock;
    clock.hour = Value(at + 1);
    if (clock.hour < 1 || clock.hour > 12) return std::nullopt;
    clock.minute = past ? minutes : 60 - minutes;
    if (to) clock.hour = clock.hour == 1 ? 12 : clock.hour - 1;
    clock.end = at + 2;
    ReadHalf(clock);
    return Expression{i, clock.end, "TIME", clock.Value(), false};
  }

  // A.m. and p.m. and what says the same.
  void ReadHalf(Clock& clock) const {
    const size_t at = clock.end;
    const auto set = [&](int half, size_t end) {
      clock.half = half;
      clock.end = end;
    };
    if (Speaks(Tongue::kRussian)) {
      if (Is(at, {"утра", "ночи"})) return set(1, at + 1);
      if (Is(at, {"вечера", "дня"})) return set(2, at + 1);
      return;
    }
    if (Speaks(Tongue::kSpanish) && Is(at, {"de"}) && Is(at + 1, {"la"})) {
      if (Is(at + 2, {"manana", "madrugada"})) return set(1, at + 3);
      if (Is(at + 2, {"tarde", "noche"})) return set(2, at + 3);
    }
    if (Speaks(Tongue::kSpanish) && Is(at, {"a", "p"}) && JoinedMark(at + 1, '.') && Is(at + 2, {"m"}))
      return set(Is(at, {"a"}) ? 1 : 2, JoinedMark(at + 3, '.') ? at + 4 : at + 3);
    if (Speaks(Tongue::kEnglish) && Is(at, {"in"}) && Is(at + 1, {"the"})) {
      if (Is(at + 2, {"morning"})) return set(1, at + 3);
      if (Is(at + 2, {"afternoon", "evening"})) return set(2, at + 3);
    }
    if (Speaks(Tongue::kFrench) && Is(at, {"du"})) {
      if (Is(at + 1, {"matin"})) return set(1, at + 2);
      if (Is(at + 1, {"soir"})) return set(2, at + 2);
    }
    // "am" is a German word.
    if (Is(at, {"a.m", "a.m."}) || (Is(at, {"am"}) && !Speaks(Tongue::kGerman))) return set(1, at + 1);
    if (Is(at, {"pm", "p.m", "p.m."})) return set(2, at + 1);
  }

  // "EDT", "(IST)", "UTC+3", "local time", "Eastern".
  void ReadZone(Clock& clock) const {
    ReadMailOffset(clock);
    const bool bracket = Mark(clock.end, '(');
    const size_t at = bracket ? clock.end + 1 : clock.end;
    if (bracket && !Mark(at + 1, ')')) return;
    if (const std::optional<std::string_view> offset = IsWord(at) ? ZoneOffset(Text(at)) : std::nullopt) {
      clock.named = true;
      clock.zone = *offset;
      clock.end = bracket ? at + 2 : at + 1;
      if (*offset == "Z") ReadOffset(clock);
      return;
    }
    if (Is(at, {"local", "moscow"}) && Is(at + 1, {"time"})) {
      clock.named = true;
      if (Is(at, {"moscow"})) clock.zone = "+03:00";
      clock.end = at + 2;
    } else if (Is(at, {"eastern", "pacific", "central", "mountain"}) && t_[at].capital && clock.half != 0) {
      clock.end = Is(at + 1, {"time"}) ? at + 2 : Is(at + 1, {"standard", "daylight"}) && Is(at + 2, {"time"}) ? at + 3 : at + 1;
    } else if (Is(at, {"ortszeit"})) {
      clock.end = at + 1;
    }
  }
  // "-0500 (EST)" as mail has it.
  void ReadMailOffset(Clock& clock) const {
    const size_t at = clock.end;
    const bool sign = (Mark(at, '+') || Mark(at, '-')) && !Joined(at);
    if (clock.minute < 0 || !sign || !Joined(at + 1) || !Length4(at + 1) || Whole(at + 1) < 0 || Whole(at + 1) > 1400) return;
    if (Whole(at + 1) % 100 % 15 != 0 || Whole(at + 1) % 100 > 45) return;  // "1300 -1350" is no time in any zone
    clock.zone = fmt::format("{}{:02}:{:02}", t_[at].mark, Whole(at + 1) / 100, Whole(at + 1) % 100);
    clock.named = true;
    clock.end = at + 2;
    if (Mark(clock.end, '(') && IsWord(clock.end + 1) && Mark(clock.end + 2, ')')) clock.end += 3;
  }
  // "+3", "-05:30" behind UTC.
  void ReadOffset(Clock& clock) const {
    const size_t at = clock.end;
    if (!(Mark(at, '+') || Mark(at, '-')) || !Joined(at) || !Joined(at + 1) || Whole(at + 1) < 0 || Whole(at + 1) > 14) return;
    int minutes = 0;
    clock.end = at + 2;
    if (JoinedMark(at + 2, ':') && Joined(at + 3) && TwoDigits(at + 3)) {
      minutes = Whole(at + 3);
      clock.end = at + 4;
    }
    clock.zone = fmt::format("{}{:02}:{:02}", t_[at].mark, Whole(at + 1), minutes);
  }

  static int Small(std::string_view text) {
    if (text.empty() || text.size() > 2) return -1;
    int value = 0;
    for (const char c : text) {
      if (c < '0' || c > '9') return -1;
      value = value * 10 + (c - '0');
    }
    return value;
  }
  bool ColonNumber(size_t k) const { return JoinedMark(k, ':') && Joined(k + 1) && TwoDigits(k + 1); }

  // The digits of a clock and what names it.
  std::optional<Clock> ReadClock(size_t i) const {
    Clock clock;
    const std::string_view digits = Text(i);
    clock.hour = Small(digits);
    clock.end = i + 1;
    bool stopped = false;
    if (clock.hour < 0 && digits.size() >= 4 && digits.size() <= 5 && digits[digits.size() - 3] == '.') {  // 5.30 pm, 17.30 Uhr
      clock.hour = Small(digits.substr(0, digits.size() - 3));
      clock.minute = Small(digits.substr(digits.size() - 2));
      stopped = true;
    } else if (digits.size() == 4 && Whole(i) >= 0 && Whole(i) < 2400) {  // 1430 GMT, 0630 hours
      clock.hour = Whole(i) / 100;
      clock.minute = Whole(i) % 100;
      stopped = true;
    } else if (ColonNumber(i + 1)) {
      clock.minute = Whole(i + 2);
      clock.end = i + 3;
      if (ColonNumber(clock.end)) {
        clock.second = Whole(clock.end + 1);
        clock.end += 2;
      }
    }
    if (clock.hour < 0 || clock.hour > 24 || clock.minute > 59 || clock.second > 59 || (clock.hour == 24 && clock.minute > 0))
      return std::nullopt;
    ReadNames(i, clock);
    const size_t before = clock.end;
    ReadHalf(clock);
    if (clock.half != 0 && (clock.hour > 12 || (clock.hour == 0 && clock.half == 2))) {
      clock.half = 0;
      clock.end = before;
    }
    ReadZone(clock);
    // 17.30 is a time where a word says so: also "в 17.30".
    if (stopped && clock.half == 0 && !clock.named && !(Speaks(Tongue::kRussian) && Led(i) && digits.size() == 5))
      return std::nullopt;
    if (digits.size() == 4 && digits.find('.') == std::string_view::npos && !clock.named) return std::nullopt;
    return clock;
  }
  // The words of a clock: "Uhr", "o'clock", "h", "heures", "horas", "часов".
  void ReadNames(size_t i, Clock& clock) const {
    const size_t at = clock.end;
    const auto minutes_behind = [&](size_t k) {
      if (clock.minute < 0 && TwoDigits(k) && Whole(k) < 60) {
        clock.minute = Whole(k);
        clock.end = k + 1;
      }
    };
    const auto name = [&] {
      clock.named = true;
      clock.end = at + 1;
    };
    switch (set_.tongue) {
      case Tongue::kEnglish:
        if (Is(at, {"o'clock"})) return name();
        if (Length4(i) && Is(at, {"hours", "hrs", "hrs.", "h"})) return name();
        return;
      case Tongue::kGerman:
        if (!Is(at, {"uhr"})) return;
        name();
        return minutes_behind(at + 1);
      case Tongue::kFrench:
        if (Is(at, {"h"}) || (Is(at, {"heures", "heure"}) && Led(i))) {
          name();
          return minutes_behind(at + 1);
        }
        if (IsWord(at) && Joined(at) && Text(at).size() == 3 && Text(at)[0] == 'h' && Small(Text(at).substr(1)) >= 0 &&
            clock.minute < 0) {
          name();
          clock.minute = Small(Text(at).substr(1));
        }
        return;
      case Tongue::kSpanish:
        if (Is(at, {"h", "hs", "hrs"}) || (Is(at, {"horas", "hora"}) && (Led(i) || clock.minute >= 0))) name();
        return;
      case Tongue::kRussian:
        if (!Is(at, {"часов", "часа", "час"}) || !(Led(i) || Is(at + 1, {"утра", "вечера", "дня", "ночи"}))) return;
        name();
        minutes_behind(at + 1);
        if (clock.minute >= 0 && Is(clock.end, {"минут", "минуты", "минуту"})) ++clock.end;
        return;
      case Tongue::kKazakh:
      case Tongue::kOther:
        return;
    }
  }
  bool Length4(size_t i) const { return IsNumber(i) && Length(i) == 4; }

  // A word that leads to a time of day.
  bool Led(size_t i) const {
    switch (set_.tongue) {
      case Tongue::kEnglish:
        return Before(i, {"at", "by", "until", "before", "after", "from", "till", "around", "about"});
      case Tongue::kGerman:
        return Before(i, {"um", "gegen", "ab", "bis", "von", "vor", "nach", "zwischen", "kurz"});
      case Tongue::kFrench:
        return (i > 0 && Text(i - 1) == "à") || Before(i, {"vers", "des", "avant", "apres", "jusqu'a", "entre"});
      case Tongue::kSpanish:
        return Before(i, {"las", "la"});
      case Tongue::kRussian:
        return Before(i, {"в", "к", "с", "до", "около", "после"});
      case Tongue::kKazakh:
      case Tongue::kOther:
        return i > 0 && IsWord(i - 1) && !t_[i - 1].capital;
    }
    return false;
  }

  // 3:45 alone may be a score, a ratio or a verse.
  bool IsTime(size_t i, const Clock& clock) const {
    if (clock.half != 0 || clock.named) return true;
    if (clock.minute < 0) return false;
    if (Led(i)) return true;
    if (Length(i) < 2) return false;
    if (i == 0 || t_[i - 1].type == Token::kPunctuation) return true;
    if (Type(i - 1, W::kWeekday) || Type(i - 1, W::kDeictic) || Type(i - 1, W::kMonth) || t_[i - 1].sentence_start) return true;
    // "Luke 12:15"; "mit 21:17" has no word that leads to a time.
    return Speaks(Tongue::kEnglish) ? !IsWord(i - 1) || !t_[i - 1].capital : !IsWord(i - 1);
  }

  std::optional<Expression> FromClock(size_t i) const {
    if (i > 0 && Joined(i) && t_[i - 1].type == Token::kPunctuation && !Mark(i - 1, '(') && !Mark(i - 1, '-') &&
        !Mark(i - 1, '"'))
      return std::nullopt;
    const std::optional<Clock> clock = ReadClock(i);
    if (!clock) return std::nullopt;
    if (Glues(clock->end)) return std::nullopt;  // 1:2:3:4, 10:30-based
    if (std::optional<Expression> range = Range(i, *clock)) return range;
    if (!IsTime(i, *clock)) return std::nullopt;
    return Expression{i, clock->end, "TIME", clock->Value(), true};
  }
  bool Glues(size_t i) const { return JoinedMark(i, ':') && Joined(i + 1) && IsNumber(i + 1); }

  // 9 to 11 a.m., 10:00–12:30, 9 bis 17 Uhr, 9h à 17h30; between 3 and 5 p.m.
  std::optional<Expression> Range(size_t i, const Clock& first) const {
    const size_t at = first.end;
    const bool between = Is(at, {"and", "und", "et", "y", "и"}) && Before(i, {"between", "zwischen", "entre", "между"});
    const bool french = Speaks(Tongue::kFrench) && Text(at) == "a";  // the verb, not "à"
    if ((!RangeAt(at) && !between) || french || !IsNumber(at + 1)) return std::nullopt;
    // Both whole: two times, as two names.
    if (between && first.half != 0) return std::nullopt;
    const std::optional<Clock> second = ReadClock(at + 1);
    if (!second) return std::nullopt;
    const bool hours = second->half != 0 || second->named || HourWord(*second);
    const bool colons = first.minute >= 0 && second->minute >= 0 &&
                        (Led(i) || (Length(i) == 2 && IsTime(i, first)) || Before(i, {"from", "von", "de", "с"}));
    if (!hours && !colons) return std::nullopt;
    if (first.hour > 12 && second->half != 0) return std::nullopt;
    Clock begin = first;
    if (begin.half == 0 && second->half != 0) begin.half = begin.hour % 12 > second->hour % 12 ? 3 - second->half : second->half;
    begin.zone = second->zone;
    const size_t end = HourWord(*second) ? second->end + 1 : second->end;
    return Expression{i, end, "TIME", begin.Value() + "/" + second->Value(), true};
  }
  bool HourWord(const Clock& clock) const { return Is(clock.end, {"heures", "horas", "часов"}); }
};

}  // namespace

std::optional<Expression> MatchTime(const ExpressionInput& input, size_t i) { return Times(input).At(i); }

}  // namespace garner::entity_tagger
