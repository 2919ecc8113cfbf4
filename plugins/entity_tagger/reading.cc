#include "reading.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "names.h"

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

Mention ToMention(const Tokens& tokens, FoundExpression& found) {
  Mention mention;
  mention.begin = tokens[found.expression.begin].begin;
  mention.end = tokens[found.expression.end - 1].end;
  mention.label = found.expression.label;
  mention.confidence = found.expression.value.empty() ? 0.8F : 0.95F;
  mention.value = std::move(found.expression.value);
  mention.canonical = std::move(found.canonical);
  return mention;
}

bool AnyTaken(const std::vector<bool>& taken, size_t begin, size_t end) {
  for (size_t i = begin; i < end; ++i)
    if (taken[i]) return true;
  return false;
}

ExpressionSettings SettingsOf(const Language& language, const TagOptions& options) {
  const std::string_view code(language.code, 2);
  return {TongueOf(code), DecimalMarkOf(code), options.month_first, options.written};
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

// An expression within a longer name is part of it: "20th Century Fox". Else it stands, and the name does not.
void SettleExpressions(std::vector<ReadExpression>& expressions, std::vector<Name>& found) {
  std::vector<ReadExpression> kept;
  std::vector<Name> names;
  size_t next = 0;
  for (const Name& name : found) {
    while (next < expressions.size() && expressions[next].end <= name.begin) kept.push_back(std::move(expressions[next++]));
    bool stands = true;
    size_t past = next;
    for (; past < expressions.size() && expressions[past].begin < name.end; ++past) {
      const ReadExpression& one = expressions[past];
      stands = stands && one.begin >= name.begin && one.end <= name.end && one.end - one.begin < name.end - name.begin;
    }
    if (!stands) continue;
    next = past;
    names.push_back(name);
  }
  std::move(expressions.begin() + static_cast<std::ptrdiff_t>(next), expressions.end(), std::back_inserter(kept));
  expressions.swap(kept);
  found.swap(names);
}

Reading::Reading(std::string_view text, const Lists& lists, const Language& language, const TagOptions& options)
    : text_(text), lists_(lists), language_(language), settings_(SettingsOf(language, options)), own_(options.own) {}

void Reading::Add(Span block) {
  if (used_ == blocks_.size()) blocks_.emplace_back();
  BlockReading& reading = blocks_[used_++];
  Tokenize(text_, block, reading.tokens);
  LookUpKinds(text_, lists_, language_, reading.tokens);
  reading.expressions.clear();
  reading.taken.assign(reading.tokens.size(), false);
  reading.own = own_ != nullptr ? own_->Find(text_, reading.tokens) : std::vector<Name>();
  for (const Name& name : reading.own)
    for (size_t i = name.begin; i < name.end; ++i) reading.taken[i] = true;
  TagExpressions(reading);
  reading.headline = LooksLikeHeadline(reading.tokens);
  Scene scene = SceneOf(reading);
  reading.names = WithoutThoseOn(reading.own, FindNames(scene));
  SettleExpressions(reading.expressions, reading.names);
  tokens_ += reading.tokens.size();
}

void Reading::TagExpressions(BlockReading& block) {
  FindExpressions(text_, block.tokens, settings_, found_);
  for (FoundExpression& one : found_) {
    const size_t begin = one.expression.begin, end = one.expression.end;
    if (AnyTaken(block.taken, begin, end)) continue;  // the user's own
    std::fill(block.taken.begin() + static_cast<std::ptrdiff_t>(begin), block.taken.begin() + static_cast<std::ptrdiff_t>(end),
              true);
    block.expressions.push_back({begin, end, ToMention(block.tokens, one)});
  }
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
