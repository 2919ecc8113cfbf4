// Says which language a document is in, and marks the blocks that are in another one.
#include "detect.h"
#include "document_language.h"
#include "foreign_blocks.h"
#include "garner/plugin.h"
#include "garner_plugins/language/options.pb.h"

namespace garner::language {

class Language final : public Transform<LanguageOptions> {
 public:
  Status Process(const v1::Document& document, Edits& edits) override {
    const Sample sample = TakeSample(document);
    const Detection detection = Detect(sample.text);
    if (detection.code.empty()) return OkStatus();
    // The language of the text as read beats what the page declares: templates declare what they like.
    const bool chosen = detection.share >= options().min_confidence();
    edits.AddMetadata({.key = "language", .value = detection.code, .origin = "cld2", .confidence = detection.share, .chosen = chosen});
    if (chosen && options().blocks()) MarkForeignBlocks(document, sample, detection, edits);
    return OkStatus();
  }

 private:
  static void MarkForeignBlocks(const v1::Document& document, const Sample& sample, const Detection& detection, Edits& edits) {
    for (const ForeignBlock& foreign : FindForeignBlocks(document, sample, detection)) {
      const v1::Block& block = document.blocks(foreign.block);
      edits.Annotate({.span = {block.begin(), block.end()}, .set = "language", .label = foreign.code, .confidence = foreign.share});
    }
  }
};

}  // namespace garner::language

GARNER_PLUGIN(garner::language::Language)
