#include "amounts.h"

#include <string>
#include <utility>

#include "currencies.h"
#include "lists.h"
#include "numbers.h"
#include "units.h"

namespace garner::entity_tagger {
namespace {

// A number, or two as a range: "10-15", "5 to 6 million"; or how many there are is only hinted at.
struct Amount {
  double low = 0, high = 0;
  bool range = false;
  bool known = true;
  bool digits = false;
  size_t end = 0;

  std::string Text(double factor = 1) const {
    return FormatNumber(low * factor) + (range ? "/" + FormatNumber(high * factor) : "");
  }
};

class Amounts : public Scanner {
 public:
  using Scanner::Scanner;

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
  static Expression Found(size_t begin, size_t end, std::string_view label, const Amount& amount, std::string value) {
    if (!amount.known) return {begin, end, label, "", false};
    return {begin, end, label, std::move(value), true};
  }
  std::optional<Expression> Measured(size_t i, const Amount& amount) const {
    if (std::optional<Expression> percent = Percent(i, amount)) return percent;
    if (std::optional<Expression> money = SymbolBehind(i, amount)) return money;
    if (std::optional<Expression> money = MoneyBehind(i, amount)) return money;
    return Quantity(i, amount);
  }

  // "rose from $5 million to $6 million" is two amounts, "ranges from $5 million to $6 million" is a range.
  bool ChangesFrom(size_t i) const {
    constexpr size_t kReach = 7;
    if (!Before(i, {"from", "von", "de", "с"})) return false;
    for (size_t k = i - 1; k-- > 0 && i - k <= kReach && !Mark(k, '.');)
      if (TellsOfChange(k)) return true;
    return false;
  }
  bool TellsOfChange(size_t k) const {
    return Is(
        k, {"rose",     "rise",     "rises",     "risen",     "rising",     "fell",      "fall",       "falls",      "fallen",
            "falling",  "increase", "increased", "increases", "increasing", "decrease",  "decreased",  "decreases",  "decreasing",
            "grew",     "grow",     "grown",     "growing",   "jumped",     "jump",      "dropped",    "drop",       "drops",
            "climbed",  "climb",    "went",      "up",        "down",       "raise",     "raised",     "raises",     "raising",
            "cut",      "cuts",     "lowered",   "reduced",   "slashed",    "surged",    "slid",       "slipped",    "doubled",
            "tripled",  "moved",    "changed",   "boosted",   "soared",     "plunged",   "sank",       "declined",   "decline",
            "shrank",   "widened",  "narrowed",  "edged",     "tumbled",    "improved",  "stieg",      "stiegen",    "steigt",
            "fiel",     "fielen",   "sanken",    "sinkt",     "gestiegen",  "gesunken",  "erhohte",    "erhoht",     "senkte",
            "passe",    "passer",   "passee",    "augmente",  "baisse",     "chute",     "paso",       "pasaron",    "subio",
            "subieron", "bajo",     "bajaron",   "crecio",    "cayo",       "вырос",     "выросла",    "выросли",    "выросло",
            "упал",     "упала",    "упали",     "снизился",  "снизилась",  "снизились", "сократился", "увеличился", "повысил",
            "снизил"});
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

  std::optional<Amount> ParseAmount(size_t i) const {
    if (std::optional<Amount> fraction = Fraction(i)) return fraction;
    const std::optional<Number> first = ParseNumber(in_, i);
    if (!first) return HalfOf(i);
    Amount amount;
    amount.low = first->value;
    amount.end = first->end;
    amount.known = first->sure;
    amount.digits = IsNumber(i);
    const size_t at = first->end;
    // "between 2 and 4 percent"
    const bool between = Is(at, {"and", "und", "et", "y", "и"}) && Before(i, {"between", "zwischen", "entre", "между"});
    if (!Mark(at, '-') && !between && !Is(at, {"to", "or", "bis", "oder", "a", "ou", "o", "до", "или"})) return amount;
    if (Is(at, {"a", "to"}) && Speaks(Tongue::kFrench) && Text(at) == "a") return amount;
    if (Is(at, {"a"}) && Speaks(Tongue::kEnglish)) return amount;
    const std::optional<Number> second = ParseNumber(in_, at + 1);
    if (!second || second->value <= first->value) return amount;
    amount.range = true;
    amount.known = amount.known && second->sure;
    amount.high = second->value;
    amount.end = second->end;
    // "5 to 6 million": the magnitude belongs to both; "500 to 2 million" may be read either way.
    const double rest = second->value / second->magnitude;
    if (first->magnitude == 1 && second->magnitude > 1) {
      if (first->value < rest)
        amount.low *= second->magnitude;
      else
        amount.known = amount.known && first->value >= 1000;
    }
    return amount;
  }
  static bool Divides(int over, int under) {
    const bool usual = under == 2 || under == 3 || under == 4 || under == 5 || under == 8 || under == 10 || under == 16 ||
                       under == 32 || under == 64;
    return over > 0 && over < under && usual;
  }
  // 1/2, 3/16, 1 1/2: what a rule is divided by; a unit must follow.
  std::optional<Amount> Fraction(size_t i) const {
    const bool mixed = Whole(i) > 0 && !Mark(i + 1, '/') && IsNumber(i + 1) && Whole(i + 1) > 0 && Mark(i + 2, '/');
    const size_t at = mixed ? i + 1 : i;
    const int over = Whole(at), under = JoinedMark(at + 1, '/') && Joined(at + 2) ? Whole(at + 2) : 0;
    if (!Divides(over, under) || (JoinedMark(at + 3, '/') && Joined(at + 4))) return std::nullopt;
    size_t unit = JoinedMark(at + 3, '-') ? at + 4 : at + 3;
    size_t end = 0;
    if (UnitAt(unit, end).empty()) return std::nullopt;
    Amount amount;
    amount.low = (mixed ? Whole(i) : 0) + static_cast<double>(over) / under;
    amount.digits = true;
    amount.end = at + 3;
    return amount;
  }
  // "half a mile", "half a percentage point".
  std::optional<Amount> HalfOf(size_t i) const {
    if (!Type(i, W::kHalf)) return std::nullopt;
    Amount amount;
    amount.low = 0.5;
    amount.end = Type(i + 1, W::kArticle) ? i + 2 : i + 1;
    if (English() && amount.end == i + 1) return std::nullopt;
    return amount;
  }
  // "a few hundred", "several million", "tens of millions of", "quelques millions d'".
  std::optional<Amount> Vague(size_t i) const {
    size_t at = i;
    bool any = false;
    if (Type(at, W::kArticle) && (Is(at + 1, {"few", "couple"}))) ++at;
    if (Type(at, W::kVague)) {
      if (Before(i, {"how"})) return std::nullopt;
      any = true;
      ++at;
      if (Is(at, {"of"})) ++at;
    }
    for (int turn = 0; turn < 3 && (Type(at, W::kVagueMagnitude) || (any && Type(at, W::kMagnitude))); ++turn) {
      any = true;
      ++at;
      if (Is(at, {"of", "de", "d'"})) ++at;
    }
    // "Millionen Euro", "millions d'euros", "миллионы рублей": nobody counted them.
    if (!any && !English() && Type(at, W::kMagnitude) && Word(at)->value >= 1e6) {
      any = true;
      ++at;
      if (Is(at, {"de", "d'"})) ++at;
    }
    if (!any) return std::nullopt;
    Amount amount;
    amount.known = false;
    amount.end = at;
    return amount;
  }

  // The currency of a symbol at i, and where it ends: "$", "US$", "€"; "US$" is two tokens.
  std::string_view SymbolAt(size_t i, size_t& end) const {
    if (i >= t_.size()) return {};
    if (IsWord(i)) {
      if (Text(i + 1) != "$" || !Joined(i + 1) || !IsDollarLetters(Text(i))) return {};
      end = i + 2;
      return CurrencyOfSymbol("$", Text(i));
    }
    if (t_[i].type != Token::kPunctuation || (t_[i].mark != '$' && t_[i].mark != 0)) return {};
    end = i + 1;
    return CurrencyOfSymbol(Text(i), {});
  }
  // $5 million, US$5m, €3.5bn, $5m-$6m, $5 to $6 million; Rs 500.
  std::optional<Expression> SymbolFirst(size_t i) const {
    size_t at = i;
    const std::string_view code = SymbolAt(i, at);
    if (code.empty()) return Rupees(i);
    if (!IsNumber(at)) return std::nullopt;
    std::optional<Amount> amount = ParseAmount(at);
    if (!amount) return std::nullopt;
    size_t second = 0;
    const size_t next = amount->end;
    const bool joins = Mark(next, '-') || (RangeWord(next) && !ChangesFrom(i));
    if (!amount->range && joins && SymbolAt(next + 1, second) == code) AddHigh(second, *amount);
    size_t end = amount->end;
    if (code == "USD" && Is(end, {"usd", "dollars"})) ++end;
    return Found(i, end, "MONEY", *amount, std::string(code) + " " + amount->Text());
  }
  void AddHigh(size_t i, Amount& amount) const {
    const std::optional<Number> high = ParseNumber(in_, i);
    if (!high || high->value <= amount.low) return;
    if (amount.low < high->value / high->magnitude && high->magnitude > 1) amount.low *= high->magnitude;
    amount.range = true;
    amount.high = high->value;
    amount.end = high->end;
  }
  // Several countries write "Rs".
  std::optional<Expression> Rupees(size_t i) const {
    if (!IsWord(i) || (Text(i) != "Rs" && Text(i) != "Rs.")) return std::nullopt;
    const size_t at = JoinedMark(i + 1, '.') ? i + 2 : i + 1;
    if (!IsNumber(at)) return std::nullopt;
    const std::optional<Amount> amount = ParseAmount(at);
    return amount ? std::optional<Expression>(Expression{i, amount->end, "MONEY", "", false}) : std::nullopt;
  }

  // EUR 5,000; EUR5m.
  std::optional<Expression> CodeFirst(size_t i) const {
    const std::string_view word = Text(i);
    if (!t_[i].capital || word.size() < 3) return std::nullopt;
    const std::string_view code = CurrencyOfCode(word.substr(0, 3));
    if (code.empty()) return std::nullopt;
    if (word.size() > 3) return GluedCode(i, code);
    if (!IsNumber(i + 1) || !TrustCode(code, i, i + 1)) return std::nullopt;
    const std::optional<Amount> amount = ParseAmount(i + 1);
    if (!amount) return std::nullopt;
    return Found(i, amount->end, "MONEY", *amount, std::string(code) + " " + amount->Text());
  }
  // "ALL 12 SEATS", "World CUP 2018": a code that is a word needs an amount beside it that is no year, and small letters around.
  bool TrustCode(std::string_view code, size_t at, size_t number) const {
    if (!IsWordToo(code)) return true;
    const auto shouts = [&](size_t k) { return IsWord(k) && t_[k].all_caps; };
    const bool written_as_price = Text(number).find_first_of(".,") != std::string_view::npos || Type(number + 1, W::kMagnitude);
    return written_as_price && !shouts(std::max(at, number) + 1) && !(at > 0 && shouts(at - 1)) &&
           !(std::min(at, number) > 0 && shouts(std::min(at, number) - 1));
  }
  std::optional<Expression> GluedCode(size_t i, std::string_view code) const {
    std::string_view digits = Text(i).substr(3);
    double factor = 1;
    const bool common = code == "USD" || code == "EUR" || code == "GBP" || code == "CHF";
    if (const char last = digits.back(); last == 'm' || last == 'M' || last == 'k' || last == 'K') {
      factor = (last | 32) == 'm' ? 1e6 : 1e3;
      digits.remove_suffix(1);
    } else if (digits.size() > 2 && digits.substr(digits.size() - 2) == "bn") {
      factor = 1e9;
      digits.remove_suffix(2);
    }
    if (factor == 1 && !common) return std::nullopt;  // "AMD64"
    if (digits.empty() || digits.size() > 9 || digits.find_first_not_of("0123456789") != std::string_view::npos)
      return std::nullopt;
    if (JoinedMark(i + 1, '.') && Joined(i + 2)) return std::nullopt;
    Amount amount;
    for (const char c : digits) amount.low = amount.low * 10 + (c - '0');
    amount.low *= factor;
    return Found(i, i + 1, "MONEY", amount, std::string(code) + " " + amount.Text());
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

  // 5 000 €, 500 ₸; "$" stands behind in other languages only.
  std::optional<Expression> SymbolBehind(size_t i, const Amount& amount) const {
    size_t end = 0;
    if (IsWord(amount.end)) return std::nullopt;
    const std::string_view code = SymbolAt(amount.end, end);
    if (code.empty() || (Mark(amount.end, '$') && (English() || (IsNumber(end) && Joined(end))))) return std::nullopt;
    return Found(i, end, "MONEY", amount, std::string(code) + " " + amount.Text());
  }

  std::optional<Expression> MoneyBehind(size_t i, const Amount& amount) const {
    size_t at = amount.end;
    if (JoinedMark(at, '-')) ++at;
    if (Is(at, {"d'", "de", "of"}) && !(English() && amount.known)) ++at;  // 5 millions d'euros
    if (!IsWord(at)) return std::nullopt;
    if (t_[at].all_caps && Length(at) == 3) {
      const std::string_view code = CurrencyOfCode(Text(at));
      if (!code.empty() && (IsNumber(i) ? TrustCode(code, at, i) : !IsWordToo(code)))
        return Found(i, at + 1, "MONEY", amount, std::string(code) + " " + amount.Text());
    }
    // "Canadian dollars", "Sri Lankan rupees".
    for (size_t words = 0; words < 3; ++words) {
      const std::string_view name =
          at + words < t_.size() && IsWord(at + words) ? CurrencyOfName(t_[at + words].hash) : std::string_view();
      if (name.empty()) continue;
      return Money(i, at, at + words, name, amount);
    }
    return std::nullopt;
  }
  std::optional<Expression> Money(size_t i, size_t first, size_t at, std::string_view name, const Amount& amount) const {
    const bool shared = name[0] == '?';
    const std::string_view singular = shared ? name.substr(1) : name == "USD" ? "dollar" : std::string_view();
    size_t end = at + 1;
    std::string_view code = at > first ? Nation(first, at, singular) : std::string_view();
    if (at > first && code.empty()) {
      // "Turkish lira": the adjective says nothing that the name does not. Anything but an adjective is no part of it.
      if (singular.empty() && at == first + 1 && t_[first].capital && Word(first) == nullptr)
        code = name;
      else
        return std::nullopt;
    }
    if (code.empty() && at == first && !singular.empty()) {  // francs suisses
      code = IsWord(end) ? CurrencyOfNation(t_[end].hash, singular) : std::string_view();
      if (!code.empty()) ++end;
    }
    if (code.empty() && singular == "pound") {
      // "200 pounds" is a weight as often as a price; millions of them are money.
      const bool sterling = Is(end, {"sterling"});
      if (sterling) ++end;
      if (!sterling && (!amount.known || amount.low < 1e5 || !English())) return std::nullopt;
      code = "GBP";
    }
    if (code.empty() && !shared) code = name;
    if (Is(at, {"won", "rand", "som", "marks", "lei", "leu", "lev", "sum"}) && (amount.low < 100 || !amount.known))
      return std::nullopt;
    if (Is(at, {"sterling", "quid"}) && !amount.known) return std::nullopt;
    if (Is(at, {"руб", "т"}) && JoinedMark(end, '.')) ++end;
    if (code.empty()) return Expression{i, end, "MONEY", "", false};
    return Found(i, end, "MONEY", amount, std::string(code) + " " + amount.Text());
  }
  std::string_view Nation(size_t first, size_t at, std::string_view singular) const {
    if (singular.empty()) return {};
    const uint64_t adjective = at == first + 1 ? t_[first].hash : HashOfTwo(first);
    return CurrencyOfNation(adjective, singular);
  }
  uint64_t HashOfTwo(size_t i) const {
    static thread_local std::string folded;
    Fold(Text(i + 1), folded);
    return Hash(folded, Hash(" ", t_[i].hash));
  }

  // The unit at `at`, and where it ends: "km", "square kilometers", "m²", "kilomètres carrés", "кв. м".
  std::string UnitAt(size_t at, size_t& end) const {
    size_t name = at;
    char power = 0;
    if (Is(at, {"square", "sq", "sq.", "квадратных", "квадратный", "квадратного", "кв"}))
      power = '2';
    else if (Is(at, {"cubic", "кубических", "кубический", "куб"}))
      power = '3';
    const bool nautical = Is(at, {"nautical"}) && Is(at + 1, {"mile", "miles"});
    if (nautical) {
      end = at + 2;
      return "nmi";
    }
    if (power != 0) name = JoinedMark(at + 1, '.') ? at + 2 : at + 1;
    if (!IsWord(name)) return {};
    const std::string_view symbol = UnitOf(Text(name), t_[name].hash);
    if (symbol.empty() || (English() && Is(name, {"metro", "metros", "zoll", "pieds"}))) return {};
    std::string unit(symbol);
    end = name + 1;
    if (power == 0 && Is(end, {"carres", "carre", "cuadrados", "cuadrado"}))
      power = '2', ++end;
    else if (power == 0 && Is(end, {"cubes", "cube", "cubicos", "cubico"}))
      power = '3', ++end;
    else if (power == 0 && Joined(end) && (Text(end) == "²" || Text(end) == "³"))
      power = Text(end) == "²" ? '2' : '3', ++end;
    if (power != 0) unit += power;
    return unit;
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
