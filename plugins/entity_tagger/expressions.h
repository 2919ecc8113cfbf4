// All dates, times and amounts of a block.
//
//   FindExpressions(text, tokens, settings, found);   // in order, none overlapping another
//
// At each place the longest wins; of equal ones an amount before a time before a date. Linear in the tokens. Any thread.
#pragma once

#include <string_view>
#include <vector>

#include "scanner.h"

namespace garner::entity_tagger {

// Replaces `found`. The canonical name stands in `canonical`: the value of what names itself, else the text.
struct FoundExpression {
  Expression expression;
  std::string canonical;
};
void FindExpressions(std::string_view text, const Tokens& tokens, const ExpressionSettings& settings,
                     std::vector<FoundExpression>& found);

}  // namespace garner::entity_tagger
