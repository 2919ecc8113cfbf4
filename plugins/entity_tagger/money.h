// Money: before its number a symbol or a code, behind it a symbol, a code or a currency's name. Part of Amounts (amounts.cc).
#pragma once

#include <optional>
#include <string>

#include "amount_pieces.h"
#include "currencies.h"
#include "fold.h"

namespace garner::entity_tagger {

class MoneyAmounts : public AmountPieces {
 public:
  using AmountPieces::AmountPieces;

 protected:
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
};

}  // namespace garner::entity_tagger
