#include "tag.h"

#include <algorithm>
#include <optional>

#include "amounts.h"
#include "calendar.h"
#include "dates.h"
#include "names.h"
#include "times.h"

namespace garner::entity_tagger {
namespace {

// A block in which this share of the longer words has a capital is set like a headline.
constexpr double kHeadlineShare = 0.75;

bool LooksLikeHeadline(const Tokens& tokens) {
  size_t words = 0, capitals = 0;
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].type != Token::kWord || tokens[i].end - tokens[i].begin < 4) continue;
    ++words;
    capitals += tokens[i].capital ? 1 : 0;
  }
  const bool sentence = !tokens.empty() && tokens.back().mark == '.';
  return !sentence && words >= 4 && static_cast<double>(capitals) >= kHeadlineShare * static_cast<double>(words) &&
         tokens.size() < 40;
}

// The longest amount, time or date that begins at i; of equal ones in this order.
std::optional<Expression> Longest(std::string_view text, const Tokens& tokens, size_t i, bool month_first) {
  std::optional<Expression> best = MatchAmount(text, tokens, i);
  const auto consider = [&](std::optional<Expression> found) {
    if (found && (!best || found->end > best->end)) best = std::move(found);
  };
  consider(MatchTime(text, tokens, i));
  consider(MatchDate({text, tokens, month_first}, i));
  return best;
}

Mention FromExpression(std::string_view text, const Tokens& tokens, const Expression& found) {
  Mention mention;
  mention.begin = tokens[found.begin].begin;
  mention.end = tokens[found.end - 1].end;
  mention.label = found.label;
  mention.value = found.value;
  mention.canonical =
      found.names_itself && !found.value.empty() ? found.value : CanonicalDateText(text, tokens, found.begin, found.end);
  mention.confidence = found.value.empty() ? 0.8F : 0.95F;
  return mention;
}

void TagExpressions(std::string_view text, const Tokens& tokens, bool month_first, std::vector<bool>& taken,
                    std::vector<Mention>& mentions) {
  for (size_t i = 0; i < tokens.size();) {
    const std::optional<Expression> found = Longest(text, tokens, i, month_first);
    if (!found) {
      ++i;
      continue;
    }
    std::fill(taken.begin() + static_cast<std::ptrdiff_t>(i), taken.begin() + static_cast<std::ptrdiff_t>(found->end), true);
    mentions.push_back(FromExpression(text, tokens, *found));
    i = found->end;
  }
}

}  // namespace

std::vector<Mention> Tag(const v1::Document& document, const Lists& lists, const TagOptions& options) {
  const std::string_view text = document.text();
  const Language language = LanguageOf(document, lists);
  DocumentPass pass(text, lists);
  std::vector<Mention> mentions;
  Tokens tokens;
  for (const v1::Block& block : document.blocks()) {
    if (block.role() == v1::Block::CODE) continue;
    Tokenize(text, {block.begin(), block.end()}, tokens);
    LookUpKinds(text, lists, language, tokens);
    std::vector<bool> taken(tokens.size(), false);
    TagExpressions(text, tokens, options.month_first, taken, mentions);
    Scene scene{text, tokens, lists, taken, LooksLikeHeadline(tokens), language};
    pass.AddBlock(scene, FindNames(scene));
  }
  std::vector<Mention> names = pass.Finish();
  mentions.insert(mentions.end(), std::make_move_iterator(names.begin()), std::make_move_iterator(names.end()));
  std::sort(mentions.begin(), mentions.end(), [](const Mention& a, const Mention& b) { return a.begin < b.begin; });
  return mentions;
}

}  // namespace garner::entity_tagger
