#include "expressions.h"

#include <optional>
#include <utility>

#include "amounts.h"
#include "currencies.h"
#include "dates.h"
#include "times.h"

namespace garner::entity_tagger {
namespace {

// A longer word is no "two-million-euro".
constexpr size_t kLongestHyphened = 40;

// Most words begin none: what this tells is that nothing need be tried.
bool MayBegin(const ExpressionInput& input, size_t i) {
  const Token& token = input.tokens[i];
  switch (token.type) {
    case Token::kNumber:
      return true;
    case Token::kPossessive:
      return token.mark == '"';  // '90s behind a word in s
    case Token::kPunctuation:
      return token.mark == '$' || token.mark == '"' || token.mark == '-' || token.mark == 0;
    case Token::kWord:
      break;
  }
  if (input.words[i] != nullptr) return true;
  const bool number_follows = i + 1 < input.tokens.size() && (input.tokens[i + 1].type == Token::kNumber ||
                                                              input.tokens[i + 1].mark == '$' || input.tokens[i + 1].mark == '.');
  const std::string_view word = View(input.text, token);
  if (word.size() <= kLongestHyphened && word.find('-') != std::string_view::npos) return true;
  if (!token.capital) return false;
  if (number_follows) return true;
  if (word.size() > 3 && word.size() <= 15 && word.back() >= '0' && (word[3] >= '0' && word[3] <= '9')) return true;  // EUR5m
  // "XIX veke": a century behind letters that may be Roman.
  return (word[0] == 'X' || word[0] == 'V' || word[0] == 'I') && i + 1 < input.tokens.size() && input.words[i + 1] != nullptr;
}

std::optional<Expression> Longest(const ExpressionInput& input, size_t i) {
  std::optional<Expression> best = MatchAmount(input, i);
  const auto consider = [&](std::optional<Expression> found) {
    if (found && (!best || found->end > best->end)) best = std::move(found);
  };
  consider(MatchTime(input, i));
  consider(MatchDate(input, i));
  return best;
}

// The "an hour" of "$20 an hour" is no length of time.
bool IsRateOf(const ExpressionInput& input, const std::vector<FoundExpression>& found, const Expression& next) {
  if (found.empty() || found.back().expression.end != next.begin || next.end - next.begin != 2 ||
      input.words[next.begin] == nullptr)
    return false;
  const std::string_view label = found.back().expression.label;
  return input.words[next.begin]->type == CalendarWord::kArticle &&
         (label == "MONEY" || label == "QUANTITY" || label == "PERCENT");
}

}  // namespace

void FindExpressions(std::string_view text, const Tokens& tokens, const ExpressionSettings& settings,
                     std::vector<FoundExpression>& found) {
  CalendarWords words;
  words.reserve(tokens.size());
  for (const Token& token : tokens) words.push_back(token.type == Token::kWord ? LookUp(token.hash, settings.tongue) : nullptr);
  const ExpressionInput input{text, tokens, words, settings};
  found.clear();
  for (size_t i = 0; i < tokens.size();) {
    std::optional<Expression> next = MayBegin(input, i) ? Longest(input, i) : std::nullopt;
    if (!next || IsRateOf(input, found, *next)) {
      ++i;
      continue;
    }
    i = next->end;
    std::string canonical =
        next->names_itself && !next->value.empty() ? next->value : CanonicalDateText(input, next->begin, next->end);
    found.push_back({std::move(*next), std::move(canonical)});
  }
}

}  // namespace garner::entity_tagger
