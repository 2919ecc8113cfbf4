#include "core/sdk/edit_applier.h"

#include <string>
#include <utility>
#include <vector>

#include "core/sdk/edit_plan.h"
#include "core/sdk/edit_validation.h"
#include "core/sdk/text_rewriter.h"
#include "garner/metadata.h"
#include "garner/source_map.h"
#include "garner/span.h"

namespace garner {
namespace {

// The evidence spans are places in the text that the stage saw, so they are resolved before the text changes.
std::vector<v1::Metadata> ResolveMetadata(const v1::Edits& edits, std::string_view stage, const v1::Document& document) {
  std::vector<v1::Metadata> resolved;
  if (edits.add_metadata_size() == 0) return resolved;
  const SourceMapView map(document.source_map());
  for (const v1::AddMetadata& added : edits.add_metadata()) {
    v1::Metadata metadata = added.metadata();
    metadata.set_stage(std::string(stage));
    metadata.clear_source();
    if (added.has_text()) {
      const Span source = map.Find({added.text().begin(), added.text().end()}).source;
      metadata.mutable_source()->set_begin(source.begin);
      metadata.mutable_source()->set_end(source.end);
    }
    resolved.push_back(std::move(metadata));
  }
  return resolved;
}

void Choose(int index, v1::Document* document) {
  v1::Metadata* chosen = document->mutable_metadata(index);
  if (!IsListKey(chosen->key()))
    for (v1::Metadata& other : *document->mutable_metadata())
      if (other.key() == chosen->key()) other.clear_chosen();
  chosen->set_chosen(true);
}

void ApplyMetadata(const v1::Edits& edits, std::vector<v1::Metadata> added, v1::Document* document) {
  for (const v1::ChooseMetadata& choice : edits.choose_metadata()) Choose(static_cast<int>(choice.candidate()), document);
  for (v1::Metadata& metadata : added) {
    const bool chosen = metadata.chosen();
    *document->add_metadata() = std::move(metadata);
    if (chosen) Choose(document->metadata_size() - 1, document);
  }
}

void AddAnnotations(const v1::Edits& edits, std::string_view stage, v1::Document* document) {
  for (const v1::Annotation& annotation : edits.annotate()) {
    v1::Annotation* added = document->add_annotations();
    *added = annotation;
    added->set_stage(std::string(stage));
  }
}

void SetBlocks(const v1::Edits& edits, v1::Document* document) {
  for (const v1::SetBlock& set : edits.set_block()) {
    v1::Block* block = document->mutable_blocks(static_cast<int>(set.block()));
    block->set_role(set.role());
    block->clear_level();
    if (set.level() > 0) block->set_level(set.level());
  }
}

void AddSignals(const v1::Edits& edits, std::string_view stage, v1::Document* document) {
  for (const v1::Signal& signal : edits.signal()) {
    v1::Signal* added = document->add_signals();
    *added = signal;
    added->set_stage(std::string(stage));
  }
}

void SetDrop(const v1::Edits& edits, std::string_view stage, v1::Document* document) {
  if (!edits.has_drop()) return;
  *document->mutable_drop() = edits.drop();
  document->mutable_drop()->set_stage(std::string(stage));
}

}  // namespace

Status ApplyEdits(const v1::Edits& edits, std::string_view stage, v1::Document* document) {
  if (Status status = ValidateEdits(edits, *document); !status.ok()) return status;
  std::vector<v1::Metadata> metadata = ResolveMetadata(edits, stage, *document);
  const bool changes_text = edits.erase_size() + edits.replace_size() + edits.split_size() > 0;
  EditPlan plan;
  if (changes_text) {
    Result<EditPlan> planned = PlanEdits(edits, *document);
    if (!planned.ok()) return planned.status();
    plan = *std::move(planned);
  }
  // What annotates or re-labels the old text belongs to it, so it goes in before the text moves.
  AddAnnotations(edits, stage, document);
  SetBlocks(edits, document);
  if (changes_text) RewriteText(plan, edits, stage, document);
  ApplyMetadata(edits, std::move(metadata), document);
  AddSignals(edits, stage, document);
  SetDrop(edits, stage, document);
  return OkStatus();
}

}  // namespace garner
