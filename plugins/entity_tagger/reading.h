// A stretch of a document as the rules have read it, before the trained model has its say: each block's tokens, amounts and
// dates, names.
//
//   Reading reading(text, lists, language, options);
//   for each block: reading.Add(block);
//   for (BlockReading& block : reading.blocks()) { Scene scene = reading.SceneOf(block); ... }
//
// Tagging and training both read with it. One thread.
#pragma once

#include <deque>
#include <string_view>
#include <vector>

#include "document_pass.h"
#include "expressions.h"
#include "garner/span.h"
#include "scene.h"
#include "user_lists.h"
#include "word_evidence.h"

namespace garner::entity_tagger {

struct TagOptions {
  bool month_first = true;
  const UserLists* own = nullptr;  // lists of the user's
  // The day on which the document was written, where it is known; Tag finds it in the metadata.
  ReferenceDate written;
};

// A date, time or amount, in tokens.
struct ReadExpression {
  size_t begin = 0;
  size_t end = 0;
  Mention mention;
};

struct BlockReading {
  Tokens tokens;
  std::vector<bool> taken;  // by an expression or a name
  std::vector<ReadExpression> expressions;
  std::vector<Name> names;
  std::vector<Name> own;  // on lists of the user's own; they overlap with nothing else
  bool headline = false;
};

// The names that overlap with none of `own`; both in order of place.
std::vector<Name> WithoutThoseOn(const std::vector<Name>& own, std::vector<Name> names);
// An expression within a longer name is part of it: "20th Century Fox", "Harbour Act of 1987". Else it stands, and the name does
// not.
void SettleExpressions(std::vector<ReadExpression>& expressions, std::vector<Name>& names);

class Reading {
 public:
  Reading(std::string_view text, const Lists& lists, const Language& language, const TagOptions& options);

  void Add(Span block);
  // Forgets the blocks, keeps their memory where they were of common length.
  void Clear();

  size_t tokens() const { return tokens_; }
  size_t size() const { return used_; }
  BlockReading& block(size_t i) { return blocks_[i]; }
  Scene SceneOf(BlockReading& block) const { return {text_, block.tokens, lists_, block.taken, block.headline, language_}; }
  // What the blocks say of their words; computed anew.
  const WordEvidence& Evidence();

 private:
  void TagExpressions(BlockReading& block);

  std::string_view text_;
  const Lists& lists_;
  Language language_;
  ExpressionSettings settings_;
  const UserLists* own_;
  std::vector<FoundExpression> found_;
  std::deque<BlockReading> blocks_;
  size_t used_ = 0;
  size_t tokens_ = 0;
  WordEvidence evidence_;
};

}  // namespace garner::entity_tagger
