// Drops paragraphs that repeat another one of the same document.
#include "find_repeats.h"
#include "garner/plugin.h"
#include "garner_plugins/deduplicator/options.pb.h"

namespace garner::deduplicator {

class Deduplicator final : public Transform<DeduplicatorOptions> {
 public:
  Status Process(const v1::Document& document, Edits& edits) override {
    for (const Repeat& repeat : FindRepeats(document, {options().min_words(), options().min_containment()})) {
      const v1::Block& block = document.blocks(repeat.block);
      edits.Erase({block.begin(), block.end()}, ReasonOf(repeat));
    }
    return OkStatus();
  }

 private:
  Reason ReasonOf(const Repeat& repeat) const {
    switch (repeat.rule) {
      case Repeat::Rule::kContained:
        return {.rule = "contained_paragraph", .score = repeat.similarity, .threshold = options().min_containment()};
      case Repeat::Rule::kTruncated:
        return {.rule = "truncated_copy"};
      case Repeat::Rule::kRun:
        return {.rule = "repeated_run"};
      case Repeat::Rule::kWidget:
        return {.rule = "repeated_widget"};
      case Repeat::Rule::kMetadata:
        return {.rule = "metadata_copy"};
      case Repeat::Rule::kExact:
        break;
    }
    return {.rule = "exact_paragraph"};
  }
};

}  // namespace garner::deduplicator

GARNER_PLUGIN(garner::deduplicator::Deduplicator)
