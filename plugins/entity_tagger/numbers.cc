#include "numbers.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

#include "calendar.h"

namespace garner::entity_tagger {
namespace {

// The value of "2,500", "1.234.567", "23.7", "3,5": a separator with groups of three behind it is one of thousands, a single
// comma with one or two digits behind it is a decimal comma.
bool ParseDigits(std::string_view digits, Number& number) {
  if (digits.size() > 18) return false;
  const size_t comma = digits.find(','), stop = digits.find('.');
  std::string plain;
  const size_t last = digits.find_last_of(".,");
  if (last == std::string_view::npos) {
    plain = digits;
    number.digits = static_cast<int>(digits.size());
  } else {
    const bool both = comma != std::string_view::npos && stop != std::string_view::npos;
    const bool repeated = digits.find(digits[last]) != last;
    const size_t behind = digits.size() - last - 1;
    const bool thousands = !both && behind == 3 && (digits[last] == ',' || repeated) && digits.front() != '0';
    if (repeated && !thousands) return false;  // 1.2.3 is a version
    for (size_t i = 0; i < digits.size(); ++i) {
      if (digits[i] != '.' && digits[i] != ',')
        plain += digits[i];
      else if (i == last && !thousands)
        plain += '.';
    }
    number.whole = thousands;
  }
  number.value = std::strtod(plain.c_str(), nullptr);
  return true;
}

double Magnitude(const Tokens& tokens, size_t i) {
  const CalendarWord* word = i < tokens.size() && tokens[i].type == Token::kWord ? LookUp(tokens[i].hash) : nullptr;
  return word != nullptr && word->type == CalendarWord::kMagnitude ? word->value : 0;
}

// "m", "bn", "k" glued to a number.
double ShortMagnitude(std::string_view text, const Tokens& tokens, size_t i) {
  if (i >= tokens.size() || tokens[i].space_before || tokens[i].type != Token::kWord) return 0;
  const std::string_view word = View(text, tokens[i]);
  if (word == "m" || word == "mn" || word == "M") return 1e6;
  if (word == "bn" || word == "B") return 1e9;
  if (word == "tn") return 1e12;
  return 0;
}

std::optional<Number> FromDigits(std::string_view text, const Tokens& tokens, size_t i) {
  Number number;
  std::string digits(View(text, tokens[i]));
  size_t next = i + 1;
  // 9 000: groups of three behind single spaces.
  const bool groups = digits.size() <= 3 && digits[0] != '0' && digits.find_first_of(".,") == std::string::npos;
  while (groups && next < tokens.size() && tokens[next].type == Token::kNumber && tokens[next].end - tokens[next].begin == 3 &&
         digits.size() < 15 && View(text, tokens[next]).find_first_of(".,") == std::string_view::npos) {
    const std::string_view gap = text.substr(tokens[next - 1].end, tokens[next].begin - tokens[next - 1].end);
    if (gap != " " && gap != "\u00a0" && gap != "\u202f" && gap != "\u2009") break;
    digits += View(text, tokens[next++]);
  }
  if (!ParseDigits(digits, number)) return std::nullopt;
  if (next > i + 1) number.digits = 0;
  double magnitude = Magnitude(tokens, next);
  // "5-million" and "3bn".
  if (magnitude == 0) magnitude = ShortMagnitude(text, tokens, next);
  if (magnitude > 0) {
    number.value *= magnitude;
    number.whole = false;
    number.digits = 0;
    ++next;
  }
  number.end = next;
  return number;
}

std::optional<Number> FromWords(const Tokens& tokens, size_t i) {
  Number number;
  number.whole = false;
  double total = 0, part = 0;
  size_t next = i;
  bool any = false;
  for (; next < tokens.size() && next < i + 12 && tokens[next].type == Token::kWord; ++next) {
    const CalendarWord* word = LookUp(tokens[next].hash);
    if (word == nullptr) break;
    if (word->type == CalendarWord::kNumber) {
      if (any && part != 0 && word->value >= 20 && part < 100) break;
      part += word->value;
    } else if (word->type == CalendarWord::kMagnitude && any) {
      if (word->value == 100)
        part = (part == 0 ? 1 : part) * 100;
      else {
        total += (part == 0 ? 1 : part) * word->value;
        part = 0;
      }
    } else if (tokens[next].hash == Hash("and") && any && part >= 100 && next + 1 < tokens.size()) {
      const CalendarWord* after = LookUp(tokens[next + 1].hash);
      if (after == nullptr || after->type != CalendarWord::kNumber) break;
      continue;
    } else {
      break;
    }
    any = true;
  }
  if (!any) return std::nullopt;
  number.value = total + part;
  number.end = next;
  return number;
}

}  // namespace

std::optional<Number> ParseNumber(std::string_view text, const Tokens& tokens, size_t i) {
  if (i >= tokens.size()) return std::nullopt;
  if (tokens[i].type == Token::kNumber) return FromDigits(text, tokens, i);
  if (tokens[i].type == Token::kWord) return FromWords(tokens, i);
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
