#include "reading.h"

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
// So many tokens of a block keep their memory for the next one.
constexpr size_t kKeptTokens = 4096;

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

bool AnyTaken(const std::vector<bool>& taken, size_t begin, size_t end) {
  for (size_t i = begin; i < end; ++i)
    if (taken[i]) return true;
  return false;
}

void TagExpressions(std::string_view text, const Tokens& tokens, bool month_first, std::vector<bool>& taken,
                    std::vector<ReadExpression>& expressions) {
  for (size_t i = 0; i < tokens.size();) {
    const std::optional<Expression> found = Longest(text, tokens, i, month_first);
    if (!found || AnyTaken(taken, i, found->end)) {
      ++i;
      continue;
    }
    std::fill(taken.begin() + static_cast<std::ptrdiff_t>(i), taken.begin() + static_cast<std::ptrdiff_t>(found->end), true);
    expressions.push_back({i, found->end, FromExpression(text, tokens, *found)});
    i = found->end;
  }
}

}  // namespace

std::vector<Name> WithoutThoseOn(const std::vector<Name>& own, std::vector<Name> names) {
  size_t next = 0;
  const auto overlaps = [&](const Name& name) {
    while (next < own.size() && own[next].end <= name.begin) ++next;
    return next < own.size() && own[next].begin < name.end;
  };
  if (!own.empty()) names.erase(std::remove_if(names.begin(), names.end(), overlaps), names.end());
  return names;
}

void Reading::Add(Span block) {
  if (used_ == blocks_.size()) blocks_.emplace_back();
  BlockReading& reading = blocks_[used_++];
  Tokenize(text_, block, reading.tokens);
  LookUpKinds(text_, lists_, language_, reading.tokens);
  reading.expressions.clear();
  reading.taken.assign(reading.tokens.size(), false);
  reading.own = options_.own != nullptr ? options_.own->Find(text_, reading.tokens) : std::vector<Name>();
  for (const Name& name : reading.own)
    for (size_t i = name.begin; i < name.end; ++i) reading.taken[i] = true;
  TagExpressions(text_, reading.tokens, options_.month_first, reading.taken, reading.expressions);
  reading.headline = LooksLikeHeadline(reading.tokens);
  Scene scene = SceneOf(reading);
  reading.names = WithoutThoseOn(reading.own, FindNames(scene));
  tokens_ += reading.tokens.size();
}

void Reading::Clear() {
  for (size_t i = 0; i < used_; ++i)
    if (blocks_[i].tokens.capacity() > kKeptTokens) blocks_[i] = BlockReading();
  used_ = 0;
  tokens_ = 0;
}

const WordEvidence& Reading::Evidence() {
  evidence_.Clear();
  for (size_t i = 0; i < used_; ++i) evidence_.AddNames(SceneOf(blocks_[i]), blocks_[i].names);
  for (size_t i = 0; i < used_; ++i) evidence_.AddLowerCase(blocks_[i].tokens);
  return evidence_;
}

}  // namespace garner::entity_tagger
