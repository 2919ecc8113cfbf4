#include "tag.h"

#include <algorithm>
#include <iterator>

#include "garner/span.h"
#include "model_names.h"
#include "stretches.h"

namespace garner::entity_tagger {
namespace {

// So many tokens are read before the model looks at them: a whole article, and a bounded part of a book.
constexpr size_t kTokensOfStretch = 20000;

void MarkTaken(BlockReading& block) {
  const auto mark = [&](size_t begin, size_t end) {
    std::fill(block.taken.begin() + static_cast<std::ptrdiff_t>(begin), block.taken.begin() + static_cast<std::ptrdiff_t>(end),
              true);
  };
  block.taken.assign(block.tokens.size(), false);
  for (const ReadExpression& one : block.expressions) mark(one.begin, one.end);
  for (const Name& name : block.names) mark(name.begin, name.end);
  for (const Name& name : block.own) mark(name.begin, name.end);
}

void ApplyModel(Reading& reading, const NameModel& model) {
  const WordEvidence& evidence = reading.Evidence();
  for (size_t i = 0; i < reading.size(); ++i) {
    BlockReading& block = reading.block(i);
    const Scene scene = reading.SceneOf(block);
    std::vector<Name> found = ModelNames(scene, SentenceFeatures(scene, block.names, evidence, model.classes()), model);
    found = WithoutThoseOn(block.own, std::move(found));
    SettleExpressions(block.expressions, found);
    block.names = MergeNames(scene, block.names, std::move(found));
    MarkTaken(block);
  }
}

// The user's own and the others, in order of place.
std::vector<Name> AllNames(const BlockReading& block) {
  std::vector<Name> names;
  std::merge(block.own.begin(), block.own.end(), block.names.begin(), block.names.end(), std::back_inserter(names),
             [](const Name& a, const Name& b) { return a.begin < b.begin; });
  return names;
}

}  // namespace

std::vector<Mention> Tag(const v1::Document& document, const Lists& lists, const NameModel* model, const TagOptions& options) {
  const std::string_view text = document.text();
  const Language language = LanguageOf(document, lists);
  DocumentPass pass(text, lists);
  std::vector<Mention> mentions;
  TagOptions with_date = options;
  with_date.written = WrittenOn(document);
  Reading reading(text, lists, language, with_date);
  const auto finish_stretch = [&] {
    if (model != nullptr && language.english()) ApplyModel(reading, *model);
    for (size_t i = 0; i < reading.size(); ++i) {
      BlockReading& block = reading.block(i);
      for (ReadExpression& one : block.expressions) mentions.push_back(std::move(one.mention));
      pass.AddBlock(reading.SceneOf(block), AllNames(block));
    }
    reading.Clear();
  };
  for (const v1::Block& block : document.blocks()) {
    if (block.role() == v1::Block::CODE) continue;
    for (Span rest{block.begin(), block.end()}; rest.begin < rest.end;) {
      const Span stretch = NextStretch(text, rest);
      reading.Add(stretch);
      if (reading.tokens() >= kTokensOfStretch) finish_stretch();
      rest.begin = stretch.end;
    }
  }
  finish_stretch();
  pass.Finish(&mentions);
  std::sort(mentions.begin(), mentions.end(), [](const Mention& a, const Mention& b) { return a.begin < b.begin; });
  return mentions;
}

}  // namespace garner::entity_tagger
