#include "numbers.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

namespace garner::entity_tagger {
namespace {

constexpr size_t kLongestNumber = 18;

// Groups of three between the separators, or of two before the last as in India: 12,34,567.
bool IsGrouped(std::string_view digits, char separator, bool indian) {
  size_t group = 0, groups = 0;
  for (size_t i = 0; i <= digits.size(); ++i) {
    if (i < digits.size() && digits[i] != separator) {
      ++group;
      continue;
    }
    const bool last = i == digits.size();
    const bool fits = groups == 0 ? group >= 1 && group <= 3 : group == 3 || (indian && !last && group == 2);
    if (!fits) return false;
    ++groups;
    group = 0;
  }
  return groups > 1 && digits.front() != '0';
}

class DigitReader {
 public:
  DigitReader(std::string_view digits, const ExpressionSettings& settings) : digits_(digits), set_(settings) {}

  bool Read(Number& number) {
    if (digits_.size() > kLongestNumber) return false;
    const size_t last = digits_.find_last_of(".,");
    if (last == std::string_view::npos) {
      number.digits = static_cast<int>(digits_.size());
      number.value = std::strtod(std::string(digits_).c_str(), nullptr);
      return true;
    }
    const char mark = digits_[last], other = mark == '.' ? ',' : '.';
    const bool both = digits_.find(other) != std::string_view::npos;
    const bool repeated = digits_.find(mark) != last;
    if (both) return !repeated && IsGrouped(digits_.substr(0, last), other, other == ',') && Fraction(last, number);
    if (repeated) return IsGrouped(digits_, mark, mark == ',') && Thousands(number);  // 1.2.3 is a version
    if (!IsGrouped(digits_, mark, false)) return Fraction(last, number);
    number.sure = Certain(mark);
    return MeansThousands(mark) ? Thousands(number) : Fraction(last, number);
  }

 private:
  // One mark with three digits behind it.
  bool MeansThousands(char mark) const {
    if (set_.decimal != DecimalMark::kComma) return mark == ',';
    return mark == '.' && set_.tongue != Tongue::kRussian;
  }
  bool Certain(char mark) const {
    if (set_.decimal == DecimalMark::kUnknown) return false;
    return !(set_.tongue == Tongue::kSpanish && mark == ',');  // Spain and Mexico differ
  }
  bool Thousands(Number& number) const {
    std::string plain;
    for (const char c : digits_)
      if (c >= '0' && c <= '9') plain += c;
    number.value = std::strtod(plain.c_str(), nullptr);
    return true;
  }
  bool Fraction(size_t mark, Number& number) const {
    std::string plain;
    for (size_t i = 0; i < digits_.size(); ++i) {
      if (digits_[i] >= '0' && digits_[i] <= '9') plain += digits_[i];
      if (i == mark) plain += '.';
    }
    number.value = std::strtod(plain.c_str(), nullptr);
    number.whole = false;
    return true;
  }

  std::string_view digits_;
  const ExpressionSettings& set_;
};

class NumberReader : public Scanner {
 public:
  using Scanner::Scanner;

  std::optional<Number> FromDigits(size_t i) const {
    Number number;
    std::string_view digits = Text(i);
    static thread_local std::string joined;
    size_t next = i + 1;
    // 9 000: groups of three behind single spaces.
    const bool groups = digits.size() <= 3 && digits[0] != '0' && digits.find_first_of(".,") == std::string_view::npos;
    if (groups && IsGroup(next)) {
      joined = digits;
      while (IsGroup(next) && joined.size() < 15 && joined.find(',') == std::string::npos) joined += Text(next++);
      digits = joined;
    }
    if (!DigitReader(digits, set_).Read(number)) return std::nullopt;
    if (next > i + 1) number.digits = 0;
    if (const double fraction = number.whole && Joined(next) ? SignOfFraction(Text(next)) : 0; fraction > 0) {  // 2½
      number.value += fraction;
      number.whole = false;
      number.digits = 0;
      ++next;
    }
    double magnitude = MagnitudeAt(next);
    const size_t hyphen = JoinedMark(next, '-') && Joined(next + 1) ? next + 1 : next;
    if (magnitude == 0 && hyphen > next && (magnitude = MagnitudeAt(hyphen)) > 0) next = hyphen;  // "5-million"
    if (magnitude == 0) magnitude = ShortMagnitude(next);
    if (magnitude > 0) {
      number.value *= magnitude;
      number.magnitude = magnitude;
      number.whole = false;
      number.digits = 0;
      next = PastStop(next + 1);
      // "2 mil millones"
      if (magnitude == 1e3 && MagnitudeAt(next) >= 1e6) {
        number.value *= MagnitudeAt(next);
        number.magnitude *= MagnitudeAt(next++);
      }
    }
    number.end = next;
    return number;
  }

  std::optional<Number> FromWords(size_t i) const {
    if (std::optional<Number> half = HalfOfMagnitude(i)) return half;
    Number number;
    number.whole = false;
    double total = 0, part = 0, last = 1e3;
    size_t next = i;
    bool any = false;
    for (; next < i + 12 && Word(next) != nullptr; ++next) {
      const W& word = *Word(next);
      if (word.type == W::kNumber) {
        if (part != 0 && word.value >= Room(last)) break;
        part += word.value;
        last = word.value;
      } else if (word.type == W::kMagnitude && (any || StartsAsMagnitude(next))) {
        if (word.value == 100) {
          part = (part == 0 ? 1 : part) * 100;
          last = 100;
        } else {
          const bool of_all = word.value >= 1e6 && total > 0 && total < word.value;  // "dos mil millones"
          total = of_all ? (total + part) * word.value : total + (part == 0 ? 1 : part) * word.value;
          part = 0;
          number.magnitude = word.value;
        }
      } else if (word.type == W::kConnector && any) {
        if (AddsHalf(next)) {
          part += 0.5;
          next += 2;
          const double magnitude = MagnitudeAt(next + 1);
          if (magnitude == 0) return Ended(number, total + part, next + 1);
          continue;
        }
        const bool joins = English() ? last == 100 : last >= 20 && last < 100;
        if (!joins || !Type(next + 1, W::kNumber) || Word(next + 1)->value >= Room(last)) break;
        continue;
      } else {
        break;
      }
      any = true;
    }
    if (!any) return std::nullopt;
    return Ended(number, total + part, PastStop(next));
  }

 private:
  static Number Ended(Number number, double value, size_t end) {
    number.value = value;
    number.end = end;
    return number;
  }
  // What may follow a number of this size within one: 5 behind 20, 99 behind 100.
  static double Room(double last) { return last >= 1e3 ? 1e3 : last >= 100 ? 100 : last >= 20 ? 10 : 0; }

  // Three digits behind a space; the last group may bring the fraction: 1 234,50.
  bool IsGroup(size_t i) const {
    if (!IsNumber(i) || !GroupGap(i)) return false;
    const std::string_view digits = Text(i);
    const size_t mark = digits.find_first_of(".,");
    if (mark == std::string_view::npos) return digits.size() == 3;
    return mark == 3 && digits[3] == ',' && set_.decimal == DecimalMark::kComma &&
           digits.find_first_of(".,", 4) == std::string_view::npos;
  }
  bool GroupGap(size_t i) const {
    const std::string_view gap = text_.substr(t_[i - 1].end, t_[i].begin - t_[i - 1].end);
    return gap == " " || gap == "\u00a0" || gap == "\u202f" || gap == "\u2009";
  }
  double MagnitudeAt(size_t i) const {
    if (Type(i, W::kMagnitude)) return Word(i)->value;
    // "5 millions": without a number before it, it is vague.
    return English() ? (Is(i, {"millions"}) ? 1e6 : Is(i, {"billions"}) ? 1e9 : 0) : 0;
  }
  // "m", "bn", "k" glued to a number; "M€", "k€" also behind a space.
  double ShortMagnitude(size_t i) const {
    if (!IsWord(i) || Length(i) > 3) return 0;
    if (!Joined(i) && !(Text(i + 1) == "€" && Joined(i + 1))) return 0;
    const std::string_view word = Text(i);
    if (word == "k" || word == "K") return 1e3;
    if (word == "m" || word == "mn" || word == "M") return 1e6;
    if (word == "bn" || word == "B" || word == "Md" || word == "Mds") return 1e9;
    return word == "tn" ? 1e12 : 0;
  }
  static double SignOfFraction(std::string_view sign) { return sign == "½" ? 0.5 : sign == "¼" ? 0.25 : sign == "¾" ? 0.75 : 0; }
  // An abbreviation's full stop: "3,5 Mio. Euro".
  size_t PastStop(size_t i) const {
    const bool abbreviated = i > 0 && Is(i - 1, {"mio", "mrd", "bio", "tsd", "тыс", "млн", "млрд", "трлн"});
    // Unless it ends the sentence.
    const bool goes_on = i + 1 < t_.size() && !IsNumber(i + 1) && (!t_[i + 1].capital || Speaks(Tongue::kGerman));
    return abbreviated && JoinedMark(i, '.') && goes_on ? i + 1 : i;
  }
  // "mil euros", "тысяча рублей"; "Millionen" alone are uncounted.
  bool StartsAsMagnitude(size_t i) const {
    return Is(i, {"mil", "mille", "cent", "hundert", "tausend", "тысяча", "тысячу", "миллион", "миллиард"});
  }
  // "two and a half"
  bool AddsHalf(size_t i) const { return Type(i + 1, W::kArticle) && Type(i + 2, W::kHalf); }
  // "half a million", "a million".
  std::optional<Number> HalfOfMagnitude(size_t i) const {
    Number number;
    number.whole = false;
    if (Type(i, W::kHalf) && Type(i + 1, W::kArticle) && MagnitudeAt(i + 2) >= 1e3)
      return Ended(number, MagnitudeAt(i + 2) / 2, i + 3);
    if (Type(i, W::kArticle) && Type(i + 1, W::kMagnitude)) return Ended(number, Word(i + 1)->value, i + 2);
    return std::nullopt;
  }
};

}  // namespace

std::optional<Number> ParseNumber(const ExpressionInput& input, size_t i) {
  if (i >= input.tokens.size()) return std::nullopt;
  if (input.tokens[i].type == Token::kNumber) return NumberReader(input).FromDigits(i);
  if (input.words[i] != nullptr) return NumberReader(input).FromWords(i);
  return std::nullopt;
}

std::string FormatNumber(double value) {
  const double rounded = std::round(value);
  if (std::abs(value - rounded) < 1e-9 * std::max(1.0, std::abs(value))) return fmt::format("{:.0f}", rounded);
  std::string text = fmt::format("{:.6f}", value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

}  // namespace garner::entity_tagger
