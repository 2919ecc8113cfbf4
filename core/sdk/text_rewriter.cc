#include "core/sdk/text_rewriter.h"

#include <google/protobuf/arena.h>
#include <google/protobuf/message_lite.h>
#include <google/protobuf/repeated_ptr_field.h>

#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "garner/link_marks.h"
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

// A stretch of old text and what stands for it in the new text.
struct Replaced {
  Span old_span;
  Span new_span;
};

// A block of the new text, or several that were untouched.
struct PlacedBlock {
  size_t origin = 0;
  size_t count = 1;
  Span text;  // in the new text
};

// A stretch of the payload that is gone, and the index of its reason.
struct Gone {
  Span source;
  size_t reason = 0;
};

// A part of a document that is out of it for a while. The document may live on an arena: then so does the part, and nobody deletes it.
struct DeleteFromHeap {
  void operator()(google::protobuf::MessageLite* part) const {
    if (part->GetArena() == nullptr) delete part;
  }
};
template <typename Part>
using Owned = std::unique_ptr<Part, DeleteFromHeap>;

template <typename Part>
Owned<Part> MakeBeside(const v1::Document& document) {
  return Owned<Part>(google::protobuf::Arena::CreateMessage<Part>(document.GetArena()));
}

template <typename Part>
std::vector<Owned<Part>> TakeFrom(int first, google::protobuf::RepeatedPtrField<Part>* parts) {
  std::vector<Part*> taken(static_cast<size_t>(parts->size() - first));
  std::vector<Owned<Part>> owned(taken.size());
  parts->UnsafeArenaExtractSubrange(first, static_cast<int>(taken.size()), taken.data());
  for (size_t i = 0; i < taken.size(); ++i) owned[i].reset(taken[i]);
  return owned;
}

// What an entity's mark says, it says of exactly its words; a link leads where it led, however much of its words is left.
bool CoversWhatIsLeft(const v1::Annotation& annotation) { return annotation.set() == kLinkSet; }

bool BeginsBefore(const Span& a, const Span& b) { return a.begin < b.begin; }

void SortByBegin(std::vector<Span>& spans) {
  if (!std::is_sorted(spans.begin(), spans.end(), BeginsBefore)) std::sort(spans.begin(), spans.end(), BeginsBefore);
}

// Reads the old document while the new text is made beside it; Commit puts that in. The map is copied and written anew in place. Blocks,
// removals and annotations that stay are moved, never copied: most of a document is not touched by most stages.
class TextRewriter {
 public:
  TextRewriter(const EditPlan& plan, const v1::Edits& edits, std::string_view stage, v1::Document* document)
      : plan_(plan),
        edits_(edits),
        stage_(stage),
        document_(document),
        old_(*document),
        old_columns_(document->source_map()),
        old_map_(old_columns_) {}

  void Commit() {
    WriteText();
    WriteRemovals();
    MoveAnnotations();
    MoveBlocks();
    document_->set_text(std::move(text_));
  }

 private:
  void WriteText() {
    text_.reserve(old_.text().size());
    document_->mutable_source_map()->Clear();  // keeps its memory
    SourceMapWriter map(document_->mutable_source_map());
    std::vector<Cut> cuts;        // what is gone inside blocks
    std::vector<Cut> separators;  // ... and between them; each list is in order
    const NewBlock* previous = nullptr;
    size_t first_separator = 0;  // of those that no new block has used yet
    for (const NewBlock& block : plan_.blocks) {
      for (const Piece& piece : plan_.PiecesOf(block))
        if (piece.kind == Piece::Kind::kCut) cuts.push_back({piece.span, piece.index});
      if (!block.has_text) continue;
      if (previous != nullptr) {
        if (previous->last_origin() == block.origin) {
          WriteInserted(kSeparator, map);
        } else {
          WriteKept(Separator(previous->last_origin()), map);
          first_separator = previous->last_origin() + 1;
        }
      }
      for (size_t i = first_separator; i < block.origin; ++i) separators.push_back({Separator(i), ReasonOfBlock(i)});
      WriteBlock(block, map);
      first_separator = block.last_origin();
      previous = &block;
    }
    for (size_t i = first_separator; i + 1 < static_cast<size_t>(old_.blocks_size()); ++i)
      separators.push_back({Separator(i), ReasonOfBlock(previous != nullptr && previous->last_origin() == i ? i + 1 : i)});
    gone_.resize(cuts.size() + separators.size());
    std::merge(cuts.begin(), cuts.end(), separators.begin(), separators.end(), gone_.begin(),
               [](const Cut& a, const Cut& b) { return a.span.begin < b.span.begin; });
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
    const uint64_t begin = text_.size();
    if (block.untouched > 0) {
      const v1::Block& first = old_.blocks(static_cast<int>(block.origin));
      const v1::Block& last = old_.blocks(static_cast<int>(block.last_origin()));
      WriteKept({first.begin(), last.end()}, map);
      placed_.push_back({block.origin, block.untouched, {begin, text_.size()}});
      return;
    }
    for (const Piece& piece : plan_.PiecesOf(block)) {
      if (piece.kind == Piece::Kind::kKeep) WriteKept(piece.span, map);
      if (piece.kind == Piece::Kind::kReplace) WriteReplacement(piece, map);
    }
    placed_.push_back({block.origin, 1, {begin, text_.size()}});
  }

  void WriteKept(Span span, SourceMapWriter& map) {
    if (span.empty()) return;
    const std::vector<SourceRun>& runs = old_map_.runs();
    size_t i = kept_run_ = RunFrom(kept_run_, span.begin);
    if (runs[i].text.begin < span.begin) {
      map.Append(Slice(runs[i], {span.begin, std::min(span.end, runs[i].text.end)}));
      ++i;
    }
    size_t cut = i;
    while (cut < runs.size() && runs[cut].text.end <= span.end) ++cut;
    map.Append(old_columns_, old_map_, i, cut);
    if (cut < runs.size() && runs[cut].text.begin < span.end) map.Append(Slice(runs[cut], {runs[cut].text.begin, span.end}));
    const bool continues = !kept_.empty() && kept_.back().old_span.end == span.begin &&
                           kept_.back().new_begin + kept_.back().old_span.size() == text_.size();
    if (continues) {
      kept_.back().old_span.end = span.end;
    } else {
      kept_.push_back({span, text_.size()});
    }
    text_.append(old_.text(), span.begin, span.size());
  }

  // The run that holds the byte `at`, no run before `from`: what stays and what goes are both walked through in the order of the text.
  size_t RunFrom(size_t from, uint64_t at) const {
    while (old_map_.runs()[from].text.end <= at) ++from;
    return from;
  }

  void WriteInserted(std::string_view text, SourceMapWriter& map) {
    map.Append({v1::SourceMap::INSERTED, {0, text.size()}, {}, text.size(), 0});
    text_.append(text);
  }

  void WriteReplacement(const Piece& piece, SourceMapWriter& map) {
    const v1::Replace& replace = edits_.replace(static_cast<int>(piece.index));
    const Span source = old_map_.Find(piece.span).source;
    if (!replace.text().empty()) replaced_.push_back({piece.span, {text_.size(), text_.size() + replace.text().size()}});
    if (source.empty()) {
      WriteInserted(replace.text(), map);
    } else {
      map.Append({v1::SourceMap::REWRITTEN, {0, replace.text().size()}, source, replace.text().size(), source.size()});
      text_.append(replace.text());
    }
    const Span place = source.empty() ? PlaceOfInsertion(piece.span.begin) : source;
    v1::Change* change = document_->add_changes();
    change->mutable_source()->set_begin(place.begin);
    change->mutable_source()->set_end(place.end);
    change->mutable_stage()->assign(stage_);
    change->set_rule(replace.rule());
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
  void WriteRemovals() {
    std::vector<Gone> added;
    std::vector<Gone> opaque;
    const std::vector<SourceRun>& runs = old_map_.runs();
    size_t first = 0;
    for (const Cut& cut : gone_) {
      if (cut.span.empty()) continue;
      first = RunFrom(first, cut.span.begin);
      for (size_t i = first; i < runs.size() && runs[i].text.begin < cut.span.end; ++i) {
        const SourceRun part = Slice(runs[i], {std::max(cut.span.begin, runs[i].text.begin), std::min(cut.span.end, runs[i].text.end)});
        if (!part.source.empty()) (part.divisible() ? added : opaque).push_back({part.source, cut.reason});
      }
    }
    SortBySource(opaque);
    SortBySource(added);
    const std::vector<Gone> last = WhatIsLeft(opaque, added);
    std::vector<Gone> all(added.size() + last.size());
    std::merge(added.begin(), added.end(), last.begin(), last.end(), all.begin(), ComesBefore);
    MergeRemovals(all);
  }

  static bool ComesBefore(const Gone& a, const Gone& b) { return a.source.begin < b.source.begin; }

  // Nearly always they are in order, and a sort would ask for memory.
  static void SortBySource(std::vector<Gone>& gone) {
    if (!std::is_sorted(gone.begin(), gone.end(), ComesBefore)) std::stable_sort(gone.begin(), gone.end(), ComesBefore);
  }

  // A rewritten stretch of the payload goes when the last of its text does, and only where nothing else has claimed it: it may have
  // spanned earlier removals, and other text may share its source.
  std::vector<Gone> WhatIsLeft(const std::vector<Gone>& opaque, const std::vector<Gone>& added) const {
    std::vector<Gone> left;
    if (opaque.empty()) return left;
    const std::vector<Span> claimed = Claimed(opaque, added);
    uint64_t done = 0;  // everything before it is claimed or was added here
    size_t next = 0;
    for (const Gone& gone : opaque) {
      uint64_t at = std::max(done, gone.source.begin);
      while (next < claimed.size() && claimed[next].begin <= at) at = std::max(at, claimed[next++].end);
      while (at < gone.source.end) {
        const uint64_t end = next < claimed.size() ? std::min(gone.source.end, claimed[next].begin) : gone.source.end;
        if (at < end) left.push_back({{at, end}, gone.reason});
        at = end;
        while (next < claimed.size() && claimed[next].begin <= at) at = std::max(at, claimed[next++].end);
      }
      done = at;
    }
    return left;
  }

  // What removals and the new text hold of the stretch of the payload in which the sorted `opaque` lie, sorted.
  std::vector<Span> Claimed(const std::vector<Gone>& opaque, const std::vector<Gone>& added) const {
    Span around = opaque.front().source;
    for (const Gone& gone : opaque) around.end = std::max(around.end, gone.source.end);
    const auto take = [&](Span source, std::vector<Span>& spans) {
      if (!source.empty() && source.Overlaps(around)) spans.push_back(source);
    };
    std::vector<Span> removed;
    for (const v1::Removal& removal : old_.removals()) take({removal.source().begin(), removal.source().end()}, removed);
    for (const Gone& gone : added) take(gone.source, removed);
    std::vector<Span> shown;
    const SourceMapView new_map(document_->source_map());
    for (const SourceRun& run : new_map.runs()) take(run.source, shown);
    SortByBegin(removed);
    SortByBegin(shown);
    std::vector<Span> claimed(removed.size() + shown.size());
    std::merge(removed.begin(), removed.end(), shown.begin(), shown.end(), claimed.begin(), BeginsBefore);
    return claimed;
  }

  // Both lists are in order of source.
  void MergeRemovals(const std::vector<Gone>& added) {
    if (added.empty()) return;
    auto* removals = document_->mutable_removals();
    // What stands before the first that is new stays where it is.
    const auto stays = std::partition_point(removals->begin(), removals->end(),
                                            [&](const v1::Removal& removal) { return removal.source().begin() <= added.front().source.begin; });
    std::vector<Owned<v1::Removal>> later = TakeFrom(static_cast<int>(stays - removals->begin()), removals);
    auto old = later.begin();
    for (const Gone& gone : added) {
      for (; old != later.end() && (*old)->source().begin() <= gone.source.begin; ++old) AppendOld(std::move(*old), removals);
      AppendNew(gone, removals);
    }
    for (; old != later.end(); ++old) AppendOld(std::move(*old), removals);
  }

  void AppendNew(const Gone& gone, google::protobuf::RepeatedPtrField<v1::Removal>* removals) const {
    const CutReason& reason = plan_.reasons[gone.reason];
    if (!removals->empty()) {
      v1::Removal& last = *removals->Mutable(removals->size() - 1);
      const bool same = last.source().end() == gone.source.begin && last.stage() == stage_ && last.rule() == reason.rule &&
                        last.has_score() == reason.score.has_value() && last.score() == reason.score.value_or(0) &&
                        last.threshold() == reason.threshold.value_or(0);
      if (same) return last.mutable_source()->set_end(gone.source.end);
    }
    v1::Removal* removal = removals->Add();
    removal->mutable_source()->set_begin(gone.source.begin);
    removal->mutable_source()->set_end(gone.source.end);
    removal->mutable_stage()->assign(stage_);  // in place, other than set_stage
    removal->mutable_rule()->assign(reason.rule);
    if (reason.score) removal->set_score(*reason.score);
    if (reason.threshold) removal->set_threshold(*reason.threshold);
  }

  static void AppendOld(Owned<v1::Removal> removal, google::protobuf::RepeatedPtrField<v1::Removal>* removals) {
    if (!removals->empty()) {
      v1::Removal& last = *removals->Mutable(removals->size() - 1);
      const bool same = last.source().end() == removal->source().begin() && last.stage() == removal->stage() && last.rule() == removal->rule() &&
                        last.has_score() == removal->has_score() && last.score() == removal->score() && last.threshold() == removal->threshold();
      if (same) return last.mutable_source()->set_end(removal->source().end());
    }
    removals->UnsafeArenaAddAllocated(removal.release());
  }

  // Those that lie in text that stays, and what is left of links.
  void MoveAnnotations() {
    auto* annotations = document_->mutable_annotations();
    int stay = 0;
    for (int i = 0; i < annotations->size(); ++i) {
      v1::Annotation* annotation = annotations->Mutable(i);
      const Span span{annotation->begin(), annotation->end()};
      const Span moved = CoversWhatIsLeft(*annotation) ? WhatIsLeftOf(span) : WhereAllOf(span);
      if (moved.empty()) continue;
      annotation->set_begin(moved.begin);
      annotation->set_end(moved.end);
      annotations->SwapElements(stay++, i);
    }
    annotations->DeleteSubrange(stay, annotations->size() - stay);
  }

  // Where a stretch stands that no edit has touched; empty for any other.
  Span WhereAllOf(Span span) const {
    const auto after = std::upper_bound(kept_.begin(), kept_.end(), span.begin, [](uint64_t at, const Kept& kept) { return at < kept.old_span.begin; });
    if (after == kept_.begin()) return {};
    const Kept& kept = *(after - 1);
    if (span.end > kept.old_span.end) return {};
    return {kept.new_begin + span.begin - kept.old_span.begin, kept.new_begin + span.end - kept.old_span.begin};
  }

  // From the first to the last of what is kept of a stretch and of what stands for parts of it, inside one block.
  Span WhatIsLeftOf(Span span) const {
    Span left{text_.size(), 0};
    if (const auto kept = Touching(kept_, span); !kept.empty()) {
      left.begin = kept.front().new_begin + std::max(span.begin, kept.front().old_span.begin) - kept.front().old_span.begin;
      left.end = kept.back().new_begin + std::min(span.end, kept.back().old_span.end) - kept.back().old_span.begin;
    }
    auto replaced = Touching(replaced_, span);
    // What stands for more than the stretch is not the stretch's.
    if (!replaced.empty() && replaced.front().old_span.begin < span.begin) replaced = replaced.subspan(1);
    if (!replaced.empty() && replaced.back().old_span.end > span.end) replaced = replaced.first(replaced.size() - 1);
    if (!replaced.empty()) left = {std::min(left.begin, replaced.front().new_span.begin), std::max(left.end, replaced.back().new_span.end)};
    return left.begin < left.end ? Trimmed(InsideOneBlock(left)) : Span{};
  }

  // The parts that overlap a stretch of the old text or lie inside it.
  template <typename Part>
  static std::span<const Part> Touching(const std::vector<Part>& parts, Span stretch) {
    const auto first = std::partition_point(parts.begin(), parts.end(), [&](const Part& part) { return part.old_span.end <= stretch.begin; });
    const auto end = std::partition_point(first, parts.end(), [&](const Part& part) { return part.old_span.begin < stretch.end; });
    return std::span<const Part>(parts).subspan(static_cast<size_t>(first - parts.begin()), static_cast<size_t>(end - first));
  }

  // A split inside leaves what stands before it.
  Span InsideOneBlock(Span span) const {
    const auto block = std::partition_point(placed_.begin(), placed_.end(), [&](const PlacedBlock& placed) { return placed.text.end <= span.begin; });
    return {span.begin, block == placed_.end() ? span.end : std::min(span.end, block->text.end)};
  }

  Span Trimmed(Span span) const {
    const auto is_gap = [&](uint64_t at) { return text_[at] == ' ' || text_[at] == '\n'; };
    while (!span.empty() && is_gap(span.begin)) ++span.begin;
    while (!span.empty() && is_gap(span.end - 1)) --span.end;
    return span;
  }

  // The old blocks become the new ones; a split one is copied for all of its parts but the last.
  void MoveBlocks() {
    auto* blocks = document_->mutable_blocks();
    std::vector<Owned<v1::Block>> old = TakeFrom(0, blocks);
    for (size_t i = 0; i < placed_.size(); ++i) {
      const PlacedBlock& placed = placed_[i];
      const uint64_t shift = placed.text.begin - old[placed.origin]->begin();  // may wrap around, and back below
      for (size_t k = 0; k < placed.count; ++k) {
        const bool shared = i + 1 < placed_.size() && placed_[i + 1].origin == placed.origin + k;
        Owned<v1::Block> block = shared ? CopyOf(*old[placed.origin + k]) : std::move(old[placed.origin + k]);
        block->set_begin(block->begin() + shift);
        block->set_end(placed.count > 1 ? block->end() + shift : placed.text.end);
        blocks->UnsafeArenaAddAllocated(block.release());
      }
    }
  }

  Owned<v1::Block> CopyOf(const v1::Block& block) const {
    Owned<v1::Block> copy = MakeBeside<v1::Block>(*document_);
    *copy = block;
    return copy;
  }

  const EditPlan& plan_;
  const v1::Edits& edits_;
  const std::string_view stage_;
  v1::Document* const document_;
  const v1::Document& old_;  // the same; text and blocks are the old ones until Commit is through
  const v1::SourceMap old_columns_;
  const SourceMapView old_map_;

  std::string text_;
  std::vector<PlacedBlock> placed_;
  // Stretches of the old text that are gone, separators and tidied white space included.
  std::vector<Cut> gone_;
  std::vector<Kept> kept_;
  std::vector<Replaced> replaced_;
  size_t kept_run_ = 0;  // of the old map: where the last kept stretch begins
};

}  // namespace

void RewriteText(const EditPlan& plan, const v1::Edits& edits, std::string_view stage, v1::Document* document) {
  TextRewriter(plan, edits, stage, document).Commit();
}

}  // namespace garner
