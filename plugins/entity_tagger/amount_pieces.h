// What all amounts are made of: a number, a range or a hint of one, and the unit behind it. Below MoneyAmounts (money.h) and Amounts (amounts.cc).
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "lists.h"
#include "numbers.h"
#include "scanner.h"
#include "units.h"

namespace garner::entity_tagger {

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

class AmountPieces : public Scanner {
 public:
  using Scanner::Scanner;

 protected:
  static Expression Found(size_t begin, size_t end, std::string_view label, const Amount& amount, std::string value) {
    if (!amount.known) return {begin, end, label, "", false};
    return {begin, end, label, std::move(value), true};
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
};

}  // namespace garner::entity_tagger
