// Gives text one form: composed characters, plain spaces, no invisible characters, encoding accidents repaired.
#include <algorithm>
#include <iterator>
#include <memory>

#include "characters.h"
#include "dehyphenation.h"
#include "garner/plugin.h"
#include "garner_plugins/text_normalizer/options.pb.h"
#include "mojibake.h"
#include "normalize_block.h"

namespace garner::text_normalizer {
namespace {

BlockKind KindOf(const v1::Block& block) {
  if (block.role() == v1::Block::CODE) return BlockKind::kCode;
  const bool table = block.role() == v1::Block::TABLE || block.role() == v1::Block::TABLE_ROW;
  return table ? BlockKind::kTable : BlockKind::kProse;
}

std::string_view TextOf(const v1::Document& document, const v1::Block& block) {
  return std::string_view(document.text()).substr(block.begin(), block.end() - block.begin());
}

void Propose(Span span, const Fix& fix, Edits& edits) {
  if (fix.text.empty()) {
    edits.Erase(span, {.rule = fix.rule});
  } else {
    edits.Replace(span, fix.text, fix.rule);
  }
}

struct Findings {
  std::vector<Fix> fixes;  // in the document's offsets
  bool may_be_mojibake = false;
  uint64_t replacement_characters = 0;
};

// `repairs` are in the document's offsets.
Findings NormalizeDocument(const v1::Document& document, const CharacterTable& table, const std::vector<Repair>& repairs) {
  Findings findings;
  size_t next = 0;
  std::vector<Repair> own;
  for (const v1::Block& block : document.blocks()) {
    own.clear();
    for (; next < repairs.size() && repairs[next].span.begin < block.end(); ++next) {
      const Repair& repair = repairs[next];
      const bool inside = repair.span.begin >= block.begin() && repair.span.end <= block.end() && block.role() != v1::Block::CODE;
      if (inside) own.push_back({{repair.span.begin - block.begin(), repair.span.end - block.begin()}, repair.text});
    }
    const size_t first = findings.fixes.size();
    const BlockTally tally = NormalizeBlock(TextOf(document, block), KindOf(block), table, own, findings.fixes);
    for (size_t i = first; i < findings.fixes.size(); ++i) {
      findings.fixes[i].span.begin += block.begin();
      findings.fixes[i].span.end += block.begin();
    }
    findings.may_be_mojibake = findings.may_be_mojibake || tally.may_be_mojibake;
    findings.replacement_characters += tally.replacement_characters;
  }
  return findings;
}

}  // namespace

class TextNormalizer final : public Transform<TextNormalizerOptions> {
 public:
  Status Open() override {
    table_ = std::make_unique<CharacterTable>(Folds{options().fold_quotes(), options().fold_dashes()});
    return OkStatus();
  }

  Status Process(const v1::Document& document, Edits& edits) override {
    Findings findings = NormalizeDocument(document, *table_, {});
    std::vector<Repair> repairs;
    if (findings.may_be_mojibake && options().repair_mojibake()) repairs = FindMojibake(document.text());
    if (!repairs.empty()) findings = NormalizeDocument(document, *table_, repairs);
    for (const Fix& fix : findings.fixes) Propose(fix.span, fix, edits);
    if (options().dehyphenate()) Dehyphenate(document, edits);
    if (!repairs.empty()) edits.Signal("mojibake_repairs", static_cast<double>(repairs.size()));
    if (findings.replacement_characters > 0) edits.Signal("replacement_characters", static_cast<double>(findings.replacement_characters));
    return OkStatus();
  }

 private:
  static void Dehyphenate(const v1::Document& document, Edits& edits) {
    const WordSet words(document.text());
    for (const v1::Block& block : document.blocks()) {
      if (KindOf(block) != BlockKind::kProse) continue;
      for (const Span& span : FindDividedWords(TextOf(document, block), words))
        edits.Erase({block.begin() + span.begin, block.begin() + span.end}, {.rule = "hyphenation"});
    }
  }

  std::unique_ptr<CharacterTable> table_;
};

}  // namespace garner::text_normalizer

GARNER_PLUGIN(garner::text_normalizer::TextNormalizer)
