#include "amounts.h"

#include <string>

#include "money.h"

namespace garner::entity_tagger {
namespace {

// One attempt at one place: money, percentages and quantities.
class Amounts : public MoneyAmounts {
 public:
  using MoneyAmounts::MoneyAmounts;

  std::optional<Expression> At(size_t i) const {
    if (std::optional<Expression> money = SymbolFirst(i)) return money;
    if (IsWord(i)) {
      if (std::optional<Expression> money = CodeFirst(i)) return money;
      if (std::optional<Expression> joined = HyphenWord(i)) return joined;
    }
    if (i > 0 && Joined(i) && (IsWord(i - 1) || (i > 1 && Mark(i - 1, '/') && Divides(Whole(i - 2), Whole(i)))))
      return std::nullopt;
    if (Minus(i)) return Signed(i);
    if (!IsNumber(i) && Word(i) == nullptr) return std::nullopt;
    if (std::optional<Amount> amount = ParseAmount(i)) return Measured(i, *amount);
    if (std::optional<Amount> vague = Vague(i)) return Measured(i, *vague);
    return std::nullopt;
  }

 private:
  std::optional<Expression> Measured(size_t i, const Amount& amount) const {
    if (std::optional<Expression> percent = Percent(i, amount)) return percent;
    if (std::optional<Expression> money = SymbolBehind(i, amount)) return money;
    if (std::optional<Expression> money = MoneyBehind(i, amount)) return money;
    return Quantity(i, amount);
  }

  // A sign that belongs to the number behind it.
  bool Minus(size_t i) const {
    if (Type(i, W::kMinus)) return IsNumber(i + 1) || Type(i + 1, W::kNumber);
    return Mark(i, '-') && IsNumber(i + 1) && Joined(i + 1) && (i == 0 || !Joined(i) || Mark(i - 1, '('));
  }
  // Below zero there are temperatures and changes; a dash before a price is a dash.
  std::optional<Expression> Signed(size_t i) const {
    std::optional<Amount> amount = ParseAmount(i + 1);
    if (!amount) return std::nullopt;
    amount->low = -amount->low;
    amount->high = -amount->high;
    if (std::optional<Expression> percent = Percent(i, *amount)) return percent;
    return Degrees(i, amount->end, *amount);
  }

  // Past "%", "percent", "Prozentpunkte", "points de base" ...; `factor` makes percent of it. 0 where there is none.
  size_t PastPercent(size_t at, double& factor) const {
    factor = 1;
    if (Mark(at, '%') || Text(at) == "٪") return at + 1;
    if (Text(at) == "‰") return Thousandth(at + 1, factor);
    if (!IsWord(at)) return 0;
    if (Is(at, {"percent", "pct", "prozent", "prozents", "prozentpunkte", "prozentpunkten", "prozentpunkt"})) return at + 1;
    if (Is(at, {"пайыз", "пайызы", "пайызға", "пайыздан", "пайызын", "пайыздық", "пайызды"})) return at + 1;
    if (Is(at, {"процент", "процента", "процентов", "процентам", "процентами"})) return at + 1;
    if (Is(at, {"pc"}) && Joined(at)) return at + 1;
    if (Is(at, {"per", "pour", "por"})) {
      if (Is(at + 1, {"cent", "ciento", "cien"})) return at + 2;
      return Is(at + 1, {"mille", "mil"}) ? Thousandth(at + 2, factor) : 0;
    }
    if (Is(at, {"promille", "промилле"})) return Thousandth(at + 1, factor);
    if (Is(at, {"percentage"}) && Is(at + 1, {"points", "point"})) return at + 2;
    if (Is(at, {"процентного", "процентных", "процентный"}) && Is(at + 1, {"пункт", "пункта", "пунктов"})) return at + 2;
    if (Is(at, {"points", "point", "puntos", "punto"})) {
      if (Is(at + 1, {"porcentuales", "porcentual"})) return at + 2;
      if (Is(at + 1, {"de"}) && Is(at + 2, {"pourcentage"})) return at + 3;
      if (Is(at + 1, {"de"}) && Is(at + 2, {"base"})) return Basis(at + 3, factor);
      if (Is(at + 1, {"basicos", "basico", "base"})) return Basis(at + 2, factor);
      return 0;
    }
    if (Is(at, {"basis"}) && Is(at + 1, {"points", "point"})) return Basis(at + 2, factor);
    if (Is(at, {"basispunkte", "basispunkten", "basispunkt"})) return Basis(at + 1, factor);
    if (Is(at, {"базисных", "базисного", "базисный"}) && Is(at + 1, {"пункт", "пункта", "пунктов"})) return Basis(at + 2, factor);
    return 0;
  }
  static size_t Thousandth(size_t end, double& factor) { return factor = 0.1, end; }
  static size_t Basis(size_t end, double& factor) { return factor = 0.01, end; }

  std::optional<Expression> Percent(size_t i, const Amount& amount) const {
    size_t at = amount.end;
    if (JoinedMark(at, '-') && Joined(at + 1) && IsWord(at + 1)) ++at;
    double factor = 1;
    size_t end = PastPercent(at, factor);
    if (end == 0) return std::nullopt;
    Amount both = amount;
    // "5%-7%", "5% to 7%"; but "from 5% to 7%" is two.
    if (!amount.range && (Mark(end, '-') || (RangeWord(end) && !ChangesFrom(i))) && IsNumber(end + 1)) {
      const std::optional<Number> high = ParseNumber(in_, end + 1);
      double same = 1;
      const size_t past = high && high->value > amount.low ? PastPercent(high->end, same) : 0;
      if (past != 0 && same == factor) {
        both.range = true;
        both.high = high->value;
        end = past;
      }
    }
    return Found(i, end, "PERCENT", both, both.Text(factor) + " %");
  }

  // "per hour", "a day", "/s", "pro Stunde", "в час", "por hora".
  std::string_view RateAt(size_t at, size_t& end) const {
    size_t unit = at + 1;
    if (Mark(at, '/') && Joined(at)) {
      end = at + 2;
      if (Is(unit, {"h", "ч", "hr"})) return "/h";
      if (Is(unit, {"s", "с", "sec"})) return "/s";
      if (Is(unit, {"d", "day"})) return "/d";
      if (Is(unit, {"min", "мин"})) return "/min";
      const std::string_view other = IsWord(unit) ? UnitOf(Text(unit), t_[unit].hash) : std::string_view();
      return Slashed(other);
    }
    const bool leads = Is(at, {"per", "a", "an", "pro", "par", "por", "в", "al"});
    if (Is(at, {"in"}) && Is(unit, {"der"}))
      ++unit;
    else if (Is(at, {"a"}) && Is(unit, {"l'", "la"}))
      ++unit;
    else if (!leads)
      return {};
    end = unit + 1;
    if (Is(unit, {"hour", "stunde", "heure", "hora", "час"})) return "/h";
    if (Is(unit, {"day", "tag", "jour", "dia", "день", "сутки"})) return "/d";
    if (Is(unit, {"second", "sekunde", "seconde", "segundo", "секунду"})) return "/s";
    return Is(unit, {"minute", "minuto", "минуту"}) ? "/min" : std::string_view();
  }
  static std::string_view Slashed(std::string_view unit) {
    for (const std::string_view rate : {"/l", "/kg", "/km", "/m2", "/m3", "/km2", "/ml", "/ha", "/t"})
      if (rate.substr(1) == unit) return rate;
    return {};
  }

  // Past the words of degrees; "5 degrees" may be those of a school, so figures are asked.
  std::optional<Expression> Degrees(size_t i, size_t at, const Amount& amount) const {
    if (Text(at) == "°" || Text(at) == "º") {
      const bool scale = Joined(at + 1) && Is(at + 1, {"c", "f", "с"});
      if (!scale) return std::nullopt;
      return Found(i, at + 2, "QUANTITY", amount, amount.Text() + (Is(at + 1, {"f"}) ? " °F" : " °C"));
    }
    if (Text(at) == "℃") return Found(i, at + 1, "QUANTITY", amount, amount.Text() + " °C");
    if (Text(at) == "°C" || Text(at) == "ºC") return Found(i, at + 1, "QUANTITY", amount, amount.Text() + " °C");
    if (!Is(at, {"degrees", "degree", "grad", "degres", "degre", "grados", "grado", "градус", "градуса", "градусов"}))
      return std::nullopt;
    if (Is(at + 1, {"celsius", "c", "centigrade", "цельсия", "centigrados"}))
      return Found(i, at + 2, "QUANTITY", amount, amount.Text() + " °C");
    if (Is(at + 1, {"fahrenheit", "f", "фаренгейта"})) return Found(i, at + 2, "QUANTITY", amount, amount.Text() + " °F");
    const size_t below = PastBelowZero(at + 1);
    if (below > at + 1 && amount.low > 0 && !amount.range) return Found(i, below, "QUANTITY", amount, "-" + amount.Text() + " °");
    const bool figures = amount.digits || amount.low < 0;
    return figures ? std::optional<Expression>(Found(i, at + 1, "QUANTITY", amount, amount.Text() + " °")) : std::nullopt;
  }

  size_t PastBelowZero(size_t at) const {
    if (Is(at, {"below", "bajo", "unter", "ниже", "au-dessous"}))
      return Is(at + 1, {"zero", "freezing", "cero", "null", "нуля"}) ? at + 2 : at;
    return Is(at, {"мороза"}) ? at + 1 : at;
  }

  std::optional<Expression> Quantity(size_t i, const Amount& amount) const {
    size_t at = amount.end;
    const bool hyphen = JoinedMark(at, '-') && Joined(at + 1);
    if (hyphen) ++at;
    if (Is(at, {"d'", "de", "of"}) && !(English() && amount.known)) ++at;  // "millions of miles", "2 millions de tonnes"
    if (std::optional<Expression> degrees = Degrees(i, at, amount)) return degrees;
    if (std::optional<Expression> feet = FeetAndInches(i, at, amount)) return feet;
    if (Is(at, {"b"}) && JoinedMark(at + 1, '/') && Is(at + 2, {"d"}))
      return Found(i, at + 3, "QUANTITY", amount, amount.Text() + " barrel/d");
    size_t end = at;
    const std::string unit = UnitAt(at, end);
    if (unit.empty() || !Trusted(at, unit, amount)) return HyphenTail(i, at, amount);
    if (const std::optional<Expression> compound = WithSmaller(i, end, unit, amount)) return compound;
    size_t past = end;
    const std::string_view rate = RateAt(end, past);
    return Found(i, rate.empty() ? end : past, "QUANTITY", amount, amount.Text() + " " + unit + std::string(rate));
  }
  // One letter needs a space ("5m" is five million) and figures, as do symbols that are words.
  bool Trusted(size_t at, const std::string& unit, const Amount& amount) const {
    const std::string_view text = Text(at);
    const bool letter = text.size() == 1 || (text.size() == 2 && static_cast<unsigned char>(text[0]) >= 0xC0);
    if (letter) return amount.digits && t_[at].space_before && !Is(at + 1, {"sterling"});
    if (unit == "bar" || unit == "PS" || unit == "cl" || unit == "hl") return amount.digits && t_[at].space_before;
    return true;
  }
  // 6 feet 2 inches, 5 pounds 3 ounces.
  std::optional<Expression> WithSmaller(size_t i, size_t at, const std::string& unit, const Amount& amount) const {
    const std::string_view smaller = unit == "ft" ? "in" : unit == "lb" ? "oz" : unit == "m" ? "cm" : "";
    if (smaller.empty() || amount.range || !amount.known) return std::nullopt;
    const std::optional<Number> number = ParseNumber(in_, at);
    if (!number) return std::nullopt;
    // "stands 6 feet 4"
    const bool ends = !IsWord(number->end) ? !Mark(number->end, '%') : (t_[number->end].kinds & kFunction) != 0;
    if (unit == "ft" && number->whole && number->value < 12 && ends)
      return Expression{i, number->end, "QUANTITY", amount.Text() + " ft " + FormatNumber(number->value) + " in", true};
    if (!IsWord(number->end)) return std::nullopt;
    const bool inches = Is(number->end, {"in"}) && Joined(number->end);
    if (UnitOf(Text(number->end), t_[number->end].hash) != smaller && !inches) return std::nullopt;
    return Expression{i, number->end + 1, "QUANTITY",
                      amount.Text() + " " + unit + " " + FormatNumber(number->value) + " " + std::string(smaller), true};
  }
  // 5-foot-10: the tokenizer leaves "foot-10" together.
  std::optional<Expression> FeetAndInches(size_t i, size_t at, const Amount& amount) const {
    const std::string_view word = Text(at);
    if (!IsWord(at) || word.size() < 6 || word.size() > 7 || word.substr(0, 5) != "foot-") return std::nullopt;
    const std::string_view inches = word.substr(5);
    if (inches.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
    return Found(i, at + 1, "QUANTITY", amount, amount.Text() + " ft " + std::string(inches) + " in");
  }

  // The parts of a hyphened word that end in a currency or unit: "six-foot", "two-million-euro"; behind "5-": "million-dollar".
  std::optional<Expression> HyphenWord(size_t i) const {
    const std::string_view word = Text(i);
    if (word.find('-') == std::string_view::npos || word.size() > 40) return std::nullopt;
    Amount amount;
    amount.low = 0;
    return HyphenParts(i, i, word, amount);
  }
  std::optional<Expression> HyphenTail(size_t i, size_t at, Amount amount) const {
    if (!IsWord(at) || at == amount.end || amount.range || Text(at).find('-') == std::string_view::npos || Length(at) > 40)
      return std::nullopt;
    return HyphenParts(i, at, Text(at), amount);
  }
  std::optional<Expression> HyphenParts(size_t begin, size_t at, std::string_view word, Amount amount) const {
    static thread_local std::string folded;
    bool counted = begin != at;
    while (true) {
      const size_t hyphen = word.find('-');
      const std::string_view part = word.substr(0, hyphen);
      Fold(part, folded);
      if (hyphen == std::string_view::npos) break;
      const W* number = LookUp(Hash(folded), set_.tongue);
      if (number == nullptr) return std::nullopt;
      if (number->type == W::kNumber && !counted)
        amount.low += number->value;
      else if (number->type == W::kMagnitude && amount.low > 0)
        amount.low *= number->value;
      else
        return std::nullopt;
      word.remove_prefix(hyphen + 1);
    }
    if (amount.low <= 0) return std::nullopt;
    const uint64_t hash = Hash(folded);
    if (const std::string_view code = CurrencyOfName(hash); code.size() == 3)
      return Expression{begin, at + 1, "MONEY", std::string(code) + " " + amount.Text(), true};
    const std::string_view unit = UnitOf(word, hash);
    if (unit.empty() || word.size() < 3) return std::nullopt;
    return Expression{begin, at + 1, "QUANTITY", amount.Text() + " " + std::string(unit), true};
  }
};

}  // namespace

std::optional<Expression> MatchAmount(const ExpressionInput& input, size_t i) { return Amounts(input).At(i); }

}  // namespace garner::entity_tagger
