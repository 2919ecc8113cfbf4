#include "core/sdk/text_rewriter.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "garner/source_map.h"
#include "garner/span.h"

namespace garner {
namespace {

constexpr std::string_view kSeparator = "\n\n";

// A stretch of old text that stands in the new text unchanged.
struct Kept {
  Span old_span;
  uint64_t new_begin = 0;
};

// Reads the old document while the parts of the new one are made beside it; Commit swaps them in.
class TextRewriter {
 public:
  TextRewriter(const EditPlan& plan, const v1::Edits& edits, std::string_view stage, const v1::Document& document)
      : plan_(plan), edits_(edits), stage_(stage), old_(document), old_map_(document.source_map()) {}

  void Commit(v1::Document* document) {
    WriteText();
    WriteRemovals(document);
    MoveAnnotations(document);
    document->set_text(std::move(text_));
    document->mutable_source_map()->Swap(&map_message_);
    document->mutable_blocks()->Swap(&new_blocks_);
    for (v1::Change& change : changes_) *document->add_changes() = std::move(change);
  }

 private:
  void WriteText() {
    SourceMapWriter map(&map_message_);
    const NewBlock* previous = nullptr;
    size_t first_separator = 0;  // of those that no new block has used yet
    for (const NewBlock& block : plan_.blocks) {
      for (const Piece& piece : block.pieces)
        if (piece.kind == Piece::Kind::kCut) gone_.push_back({piece.span, piece.index});
      if (block.empty()) continue;
      if (previous != nullptr) {
        if (previous->origin == block.origin) {
          WriteInserted(kSeparator, map);
        } else {
          WriteKept(Separator(previous->origin), map);
          first_separator = previous->origin + 1;
        }
      }
      for (size_t i = first_separator; i < block.origin; ++i) gone_.push_back({Separator(i), ReasonOfBlock(i)});
      first_separator = block.origin;
      WriteBlock(block, map);
      previous = &block;
    }
    for (size_t i = first_separator; i + 1 < static_cast<size_t>(old_.blocks_size()); ++i)
      gone_.push_back({Separator(i), ReasonOfBlock(previous != nullptr && previous->origin == i ? i + 1 : i)});
    std::sort(gone_.begin(), gone_.end(), [](const Cut& a, const Cut& b) { return a.span.begin < b.span.begin; });
  }

  Span Separator(size_t i) const { return {old_.blocks(static_cast<int>(i)).end(), old_.blocks(static_cast<int>(i) + 1).begin()}; }

  // Why the old block i is gone as a whole.
  size_t ReasonOfBlock(size_t i) const {
    const uint64_t end = old_.blocks(static_cast<int>(i)).end();
    const auto after = std::upper_bound(plan_.cuts.begin(), plan_.cuts.end(), end - 1, [](uint64_t at, const Cut& cut) { return at < cut.span.begin; });
    // No cut: a block of white space that a split tidied away. Splits have reasons, so there is a first one.
    return after == plan_.cuts.begin() ? 0 : (after - 1)->reason;
  }

  void WriteBlock(const NewBlock& block, SourceMapWriter& map) {
    v1::Block* written = new_blocks_.Add();
    *written = old_.blocks(static_cast<int>(block.origin));
    written->set_begin(text_.size());
    for (const Piece& piece : block.pieces) {
      if (piece.kind == Piece::Kind::kKeep) WriteKept(piece.span, map);
      if (piece.kind == Piece::Kind::kReplace) WriteReplacement(piece, map);
    }
    written->set_end(text_.size());
  }

  void WriteKept(Span span, SourceMapWriter& map) {
    if (span.empty()) return;
    const std::vector<SourceRun>& runs = old_map_.runs();
    for (size_t i = old_map_.RunAt(span.begin); i < runs.size() && runs[i].text.begin < span.end; ++i) {
      const SourceRun part = Slice(runs[i], {std::max(span.begin, runs[i].text.begin), std::min(span.end, runs[i].text.end)});
      map.Append(part);
    }
    const bool continues = !kept_.empty() && kept_.back().old_span.end == span.begin &&
                           kept_.back().new_begin + kept_.back().old_span.size() == text_.size();
    if (continues) {
      kept_.back().old_span.end = span.end;
    } else {
      kept_.push_back({span, text_.size()});
    }
    text_.append(old_.text(), span.begin, span.size());
  }

  void WriteInserted(std::string_view text, SourceMapWriter& map) {
    map.Append({v1::SourceMap::INSERTED, {0, text.size()}, {}, text.size(), 0});
    text_.append(text);
  }

  void WriteReplacement(const Piece& piece, SourceMapWriter& map) {
    const v1::Replace& replace = edits_.replace(static_cast<int>(piece.index));
    const Span source = old_map_.Find(piece.span).source;
    if (source.empty()) {
      WriteInserted(replace.text(), map);
    } else {
      map.Append({v1::SourceMap::REWRITTEN, {0, replace.text().size()}, source, replace.text().size(), source.size()});
      text_.append(replace.text());
    }
    v1::Change change;
    const Span place = source.empty() ? PlaceOfInsertion(piece.span.begin) : source;
    change.mutable_source()->set_begin(place.begin);
    change.mutable_source()->set_end(place.end);
    change.set_stage(std::string(stage_));
    change.set_rule(replace.rule());
    changes_.push_back(std::move(change));
  }

  Span PlaceOfInsertion(uint64_t at) const {
    if (old_map_.text_size() == 0) return {};
    if (at < old_map_.text_size()) {
      const uint64_t begin = old_map_.Find({at, at + 1}).source.begin;
      return {begin, begin};
    }
    return {old_map_.runs().back().source.end, old_map_.runs().back().source.end};
  }

  // Every byte of the payload that stood behind text which is gone.
  void WriteRemovals(v1::Document* document) {
    std::vector<v1::Removal> added(document->removals().begin(), document->removals().end());
    std::vector<Cut> opaque;  // sources, not text
    const std::vector<SourceRun>& runs = old_map_.runs();
    for (const Cut& cut : gone_) {
      if (cut.span.empty()) continue;
      for (size_t i = old_map_.RunAt(cut.span.begin); i < runs.size() && runs[i].text.begin < cut.span.end; ++i) {
        const SourceRun part = Slice(runs[i], {std::max(cut.span.begin, runs[i].text.begin), std::min(cut.span.end, runs[i].text.end)});
        if (part.source.empty()) continue;
        if (part.divisible()) {
          AddRemoval(part.source, cut.reason, added);
        } else {
          opaque.push_back({part.source, cut.reason});
        }
      }
    }
    AddOpaqueRemovals(std::move(opaque), added);
    std::stable_sort(added.begin(), added.end(), [](const v1::Removal& a, const v1::Removal& b) { return a.source().begin() < b.source().begin(); });
    document->clear_removals();
    for (v1::Removal& removal : added) AppendMerged(std::move(removal), document);
  }

  // A rewritten stretch of the payload goes when the last of its text does, and only where nothing else has claimed it: it may have
  // spanned earlier removals, and other text may share its source.
  void AddOpaqueRemovals(std::vector<Cut> opaque, std::vector<v1::Removal>& added) const {
    if (opaque.empty()) return;
    std::vector<Span> claimed;
    for (const v1::Removal& removal : added) claimed.push_back({removal.source().begin(), removal.source().end()});
    const SourceMapView new_map(map_message_);
    for (const SourceRun& run : new_map.runs())
      if (!run.source.empty()) claimed.push_back(run.source);
    const auto by_begin = [](const Span& a, const Span& b) { return a.begin < b.begin; };
    std::sort(claimed.begin(), claimed.end(), by_begin);
    std::stable_sort(opaque.begin(), opaque.end(), [](const Cut& a, const Cut& b) { return a.span.begin < b.span.begin; });
    uint64_t done = 0;  // everything before it is claimed or was added here
    size_t next = 0;
    for (const Cut& cut : opaque) {
      uint64_t at = std::max(done, cut.span.begin);
      while (next < claimed.size() && claimed[next].begin <= at) at = std::max(at, claimed[next++].end);
      while (at < cut.span.end) {
        const uint64_t end = next < claimed.size() ? std::min(cut.span.end, claimed[next].begin) : cut.span.end;
        AddRemoval({at, end}, cut.reason, added);
        at = end;
        while (next < claimed.size() && claimed[next].begin <= at) at = std::max(at, claimed[next++].end);
      }
      done = at;
    }
  }

  void AddRemoval(Span source, size_t reason, std::vector<v1::Removal>& added) const {
    if (source.empty()) return;
    v1::Removal removal;
    removal.mutable_source()->set_begin(source.begin);
    removal.mutable_source()->set_end(source.end);
    removal.set_stage(std::string(stage_));
    removal.set_rule(plan_.reasons[reason].rule);
    if (plan_.reasons[reason].score) removal.set_score(*plan_.reasons[reason].score);
    if (plan_.reasons[reason].threshold) removal.set_threshold(*plan_.reasons[reason].threshold);
    added.push_back(std::move(removal));
  }

  static void AppendMerged(v1::Removal removal, v1::Document* document) {
    if (document->removals_size() > 0) {
      v1::Removal& last = *document->mutable_removals(document->removals_size() - 1);
      const bool same = last.source().end() == removal.source().begin() && last.stage() == removal.stage() && last.rule() == removal.rule() &&
                        last.has_score() == removal.has_score() && last.score() == removal.score() && last.threshold() == removal.threshold();
      if (same) return last.mutable_source()->set_end(removal.source().end());
    }
    *document->add_removals() = std::move(removal);
  }

  void MoveAnnotations(v1::Document* document) const {
    google::protobuf::RepeatedPtrField<v1::Annotation> moved;
    for (v1::Annotation& annotation : *document->mutable_annotations()) {
      const Span span{annotation.begin(), annotation.end()};
      const auto after = std::upper_bound(kept_.begin(), kept_.end(), span.begin, [](uint64_t at, const Kept& kept) { return at < kept.old_span.begin; });
      if (after == kept_.begin()) continue;
      const Kept& kept = *(after - 1);
      if (span.end > kept.old_span.end) continue;
      annotation.set_begin(kept.new_begin + span.begin - kept.old_span.begin);
      annotation.set_end(kept.new_begin + span.end - kept.old_span.begin);
      *moved.Add() = std::move(annotation);
    }
    document->mutable_annotations()->Swap(&moved);
  }

  const EditPlan& plan_;
  const v1::Edits& edits_;
  const std::string_view stage_;
  const v1::Document& old_;
  const SourceMapView old_map_;

  std::string text_;
  v1::SourceMap map_message_;
  google::protobuf::RepeatedPtrField<v1::Block> new_blocks_;
  // Stretches of the old text that are gone, separators and tidied white space included.
  std::vector<Cut> gone_;
  std::vector<Kept> kept_;
  std::vector<v1::Change> changes_;
};

}  // namespace

void RewriteText(const EditPlan& plan, const v1::Edits& edits, std::string_view stage, v1::Document* document) {
  TextRewriter(plan, edits, stage, *document).Commit(document);
}

}  // namespace garner
