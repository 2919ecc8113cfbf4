// What the rules for dates, times and amounts share: a look at the tokens around a place.
//
//   ExpressionInput input{text, tokens, words, settings};   // words: what the calendar says of each token
//   class Matcher : public Scanner { using Scanner::Scanner; ... Is(i, {"of", "de"}) ... };
//
// Every look beyond either end is allowed and finds nothing. Pure.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "calendar.h"
#include "expression.h"
#include "fold.h"
#include "reference_date.h"
#include "tokens.h"

namespace garner::entity_tagger {

// How a document's dates and numbers are read.
struct ExpressionSettings {
  Tongue tongue = Tongue::kEnglish;
  DecimalMark decimal = DecimalMark::kPoint;
  // 1/6/2022 is 6 January.
  bool month_first = true;
  // The day on which the text was written; what is told from it has no value without it.
  ReferenceDate written;
};

using CalendarWords = std::vector<const CalendarWord*>;

struct ExpressionInput {
  std::string_view text;
  const Tokens& tokens;
  const CalendarWords& words;  // one a token, null where the calendar knows nothing
  const ExpressionSettings& settings;
};

class Scanner {
 public:
  explicit Scanner(const ExpressionInput& input) : in_(input), text_(input.text), t_(input.tokens), set_(input.settings) {}

 protected:
  using W = CalendarWord;

  const W* Word(size_t i) const { return i < t_.size() ? in_.words[i] : nullptr; }
  bool Type(size_t i, W::Type type) const { return Word(i) != nullptr && Word(i)->type == type; }
  int Value(size_t i) const { return static_cast<int>(Word(i)->value); }
  bool IsWord(size_t i) const { return i < t_.size() && t_[i].type == Token::kWord; }
  bool Is(size_t i, std::initializer_list<WordHash> words) const {
    return IsWord(i) && std::any_of(words.begin(), words.end(), [&](WordHash word) { return word.value == t_[i].hash; });
  }
  bool Before(size_t i, std::initializer_list<WordHash> words) const { return i > 0 && Is(i - 1, words); }
  bool Mark(size_t i, char mark) const { return i < t_.size() && t_[i].type == Token::kPunctuation && t_[i].mark == mark; }
  bool IsNumber(size_t i) const { return i < t_.size() && t_[i].type == Token::kNumber; }
  // No space before it.
  bool Joined(size_t i) const { return i < t_.size() && !t_[i].space_before; }
  bool JoinedMark(size_t i, char mark) const { return Mark(i, mark) && Joined(i); }
  std::string_view Text(size_t i) const { return i < t_.size() ? View(text_, t_[i]) : std::string_view(); }
  size_t Length(size_t i) const { return t_[i].end - t_[i].begin; }
  bool English() const { return set_.tongue == Tongue::kEnglish; }
  bool Speaks(Tongue tongue) const { return set_.tongue == tongue; }
  // A plain number of at most four digits, or -1.
  int Whole(size_t i) const {
    if (!IsNumber(i) || Length(i) > 4) return -1;
    int value = 0;
    for (const char c : Text(i)) {
      if (c < '0' || c > '9') return -1;
      value = value * 10 + (c - '0');
    }
    return value;
  }
  bool TwoDigits(size_t i) const { return IsNumber(i) && Length(i) == 2; }
  // A range's "to": a dash or the word of the language.
  bool RangeWord(size_t i) const {
    switch (set_.tongue) {
      case Tongue::kEnglish:
        return Is(i, {"to", "through", "until", "till"});
      case Tongue::kGerman:
        return Is(i, {"bis"});
      case Tongue::kFrench:
        return Is(i, {"au", "a"});
      case Tongue::kSpanish:
        return Is(i, {"al", "a"});
      case Tongue::kRussian:
        return Is(i, {"по", "до"});
      case Tongue::kKazakh:
      case Tongue::kOther:
        return false;
    }
    return false;
  }
  bool RangeAt(size_t i) const { return Mark(i, '-') || RangeWord(i); }

  const ExpressionInput& in_;
  std::string_view text_;
  const Tokens& t_;
  const ExpressionSettings& set_;
};

}  // namespace garner::entity_tagger
