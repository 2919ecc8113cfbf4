#include "core/sdk/edit_applier.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/sdk/edit_validation.h"
#include "garner/metadata.h"
#include "garner/source_map.h"
#include "garner/span.h"
#include "garner/utf8.h"

namespace garner {
namespace {

constexpr std::string_view kSeparator = "\n\n";

// A stretch of the old text that goes, and the index of its reason.
struct Cut {
  Span span;
  size_t reason = 0;
};

struct CutReason {
  std::string rule;
  std::optional<float> score;
  std::optional<float> threshold;
};

// A block of the new text is made of pieces of one block of the old text, in order.
struct Piece {
  enum class Kind { kKeep, kCut, kReplace };
  Kind kind = Kind::kKeep;
  Span span;         // in the old text
  size_t index = 0;  // kCut: the reason; kReplace: the edit
};

struct NewBlock {
  size_t origin = 0;  // the old block
  std::vector<Piece> pieces;

  bool empty() const {
    return std::none_of(pieces.begin(), pieces.end(), [](const Piece& piece) { return piece.kind != Piece::Kind::kCut; });
  }
};

// A stretch of old text that stands in the new text unchanged.
struct Kept {
  Span old_span;
  uint64_t new_begin = 0;
};

Status Conflict(const std::string& message) { return Status(StatusKind::kInvalidEdits, message); }

std::string Place(Span span) { return std::to_string(span.begin) + ".." + std::to_string(span.end); }

// Changes the text of one document by one stage's edits.
class TextEditor {
 public:
  TextEditor(const v1::Edits& edits, std::string_view stage, const v1::Document& document)
      : edits_(edits), stage_(stage), old_(document), old_map_(document.source_map()) {}

  // Sorts the edits out. Fails where they contradict each other; the document is untouched until Commit.
  Status Plan() {
    CollectCuts();
    if (Status status = CollectReplacements(); !status.ok()) return status;
    CollectBoundaries();
    for (size_t i = 0; i < static_cast<size_t>(old_.blocks_size()); ++i) CutBlock(i);
    for (NewBlock& block : blocks_) Tidy(block);
    return OkStatus();
  }

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
  // --- planning -------------------------------------------------------------------------------------------------------------

  // Erasures and the stretches that splits take out, sorted, overlapping ones merged.
  void CollectCuts() {
    std::vector<Cut> all;
    for (const v1::Erase& erase : edits_.erase()) {
      if (erase.begin() == erase.end()) continue;
      CutReason reason{erase.rule(), std::nullopt, std::nullopt};
      if (erase.has_score()) reason.score = erase.score();
      if (erase.has_threshold()) reason.threshold = erase.threshold();
      all.push_back({{erase.begin(), erase.end()}, reasons_.size()});
      reasons_.push_back(std::move(reason));
    }
    for (const v1::Split& split : edits_.split()) {
      all.push_back({{split.begin(), split.end()}, reasons_.size()});
      reasons_.push_back({split.rule(), std::nullopt, std::nullopt});
    }
    std::stable_sort(all.begin(), all.end(), [](const Cut& a, const Cut& b) { return a.span.begin < b.span.begin; });
    for (const Cut& cut : all) {
      if (cut.span.empty()) continue;
      if (cuts_.empty() || cut.span.begin >= cuts_.back().span.end) {
        cuts_.push_back(cut);
        continue;
      }
      Cut& merged = cuts_.back();
      merged.span.end = std::max(merged.span.end, cut.span.end);
      merged.reason = Stronger(merged.reason, cut.reason);
    }
  }

  size_t Stronger(size_t a, size_t b) const {
    const float score_a = reasons_[a].score.value_or(-1e30F);
    const float score_b = reasons_[b].score.value_or(-1e30F);
    if (score_a != score_b) return score_a > score_b ? a : b;
    return std::min(a, b);
  }

  // Replacements that no erasure takes with it, sorted.
  Status CollectReplacements() {
    std::vector<size_t> order(static_cast<size_t>(edits_.replace_size()));
    for (size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return ReplaceSpan(a).begin < ReplaceSpan(b).begin; });
    for (const size_t i : order) {
      const Span span = ReplaceSpan(i);
      const Cut* cut = CutAt(span);
      if (cut != nullptr && cut->span.begin <= span.begin && span.end <= cut->span.end) continue;
      if (cut != nullptr) return Conflict("replace[" + std::to_string(i) + "]: " + Place(span) + " lies partly inside an erasure (" + Place(cut->span) + ")");
      if (!replacements_.empty()) {
        const Span last = ReplaceSpan(replacements_.back());
        if (span.begin < last.end || span == last)
          return Conflict("replace[" + std::to_string(i) + "]: " + Place(span) + " is replaced twice (" + Place(last) + ")");
      }
      replacements_.push_back(i);
    }
    return CheckSplits();
  }

  // Replacements are in order and do not overlap, so only the first one that ends behind the split's begin can lie across it.
  Status CheckSplits() const {
    for (const v1::Split& split : edits_.split()) {
      const auto after = std::upper_bound(replacements_.begin(), replacements_.end(), split.begin(), [this](uint64_t at, size_t i) { return at < ReplaceSpan(i).end; });
      if (after != replacements_.end() && ReplaceSpan(*after).begin < split.end() && split.begin() < ReplaceSpan(*after).end)
        return Conflict("replace[" + std::to_string(*after) + "]: " + Place(ReplaceSpan(*after)) + " lies across a split");
    }
    return OkStatus();
  }

  Span ReplaceSpan(size_t i) const { return {edits_.replace(static_cast<int>(i)).begin(), edits_.replace(static_cast<int>(i)).end()}; }

  // The first cut that overlaps the span, or that holds it strictly inside where it is empty.
  const Cut* CutAt(Span span) const {
    const auto after = std::upper_bound(cuts_.begin(), cuts_.end(), span.begin, [](uint64_t at, const Cut& cut) { return at < cut.span.end; });
    if (after == cuts_.end()) return nullptr;
    const bool overlaps = span.empty() ? after->span.begin < span.begin && span.begin < after->span.end : after->span.Overlaps(span);
    return overlaps ? &*after : nullptr;
  }

  void CollectBoundaries() {
    for (const v1::Split& split : edits_.split()) boundaries_.push_back(split.begin());
    std::sort(boundaries_.begin(), boundaries_.end());
    boundaries_.erase(std::unique(boundaries_.begin(), boundaries_.end()), boundaries_.end());
  }

  // Appends the new blocks that come of old block i.
  void CutBlock(size_t i) {
    const v1::Block& block = old_.blocks(static_cast<int>(i));
    const Span span{block.begin(), block.end()};
    blocks_.push_back({i, {}});
    uint64_t at = span.begin;
    while (next_cut_ < cuts_.size() && cuts_[next_cut_].span.end <= at) ++next_cut_;
    size_t cut = next_cut_;
    while (at < span.end) {
      StartBlocksUpTo(i, at);
      // Before a cut that begins here: an insertion at its edge is outside it.
      if (next_replacement_ < replacements_.size() && ReplaceSpan(replacements_[next_replacement_]).begin == at) {
        at = TakeReplacement();
        continue;
      }
      if (cut < cuts_.size() && cuts_[cut].span.begin <= at) {
        const uint64_t end = std::min(cuts_[cut].span.end, span.end);
        blocks_.back().pieces.push_back({Piece::Kind::kCut, {at, end}, cuts_[cut].reason});
        at = end;
        if (cuts_[cut].span.end <= at) ++cut;
        continue;
      }
      uint64_t end = span.end;
      if (cut < cuts_.size()) end = std::min(end, cuts_[cut].span.begin);
      if (next_replacement_ < replacements_.size()) end = std::min(end, ReplaceSpan(replacements_[next_replacement_]).begin);
      if (next_boundary_ < boundaries_.size()) end = std::min(end, boundaries_[next_boundary_]);
      blocks_.back().pieces.push_back({Piece::Kind::kKeep, {at, end}, 0});
      at = end;
    }
    // An insertion or a boundary at the very end of the block.
    if (next_replacement_ < replacements_.size() && ReplaceSpan(replacements_[next_replacement_]) == Span{span.end, span.end}) TakeReplacement();
    StartBlocksUpTo(i, span.end);
    next_cut_ = cut;
  }

  uint64_t TakeReplacement() {
    const size_t i = replacements_[next_replacement_++];
    blocks_.back().pieces.push_back({Piece::Kind::kReplace, ReplaceSpan(i), i});
    return ReplaceSpan(i).end;
  }

  void StartBlocksUpTo(size_t origin, uint64_t at) {
    while (next_boundary_ < boundaries_.size() && boundaries_[next_boundary_] <= at) {
      blocks_.push_back({origin, {}});
      ++next_boundary_;
    }
  }

  // --- white space ----------------------------------------------------------------------------------------------------------

  bool IsCode(const NewBlock& block) const { return old_.blocks(static_cast<int>(block.origin)).role() == v1::Block::CODE; }

  bool Touched(const NewBlock& block) const {
    const v1::Block& old_block = old_.blocks(static_cast<int>(block.origin));
    return block.pieces.size() != 1 || block.pieces[0].kind != Piece::Kind::kKeep || !(block.pieces[0].span == Span{old_block.begin(), old_block.end()});
  }

  uint64_t LeadingSpace(Span span) const {
    uint64_t at = span.begin;
    while (at < span.end) {
      const CodePoint cp = NextCodePoint(old_.text(), at);
      if (!IsSpace(cp.value)) break;
      at += cp.size;
    }
    return at - span.begin;
  }

  uint64_t TrailingSpace(Span span) const {
    const std::string_view text = std::string_view(old_.text()).substr(span.begin, span.size());
    if (LeadingSpace(span) == span.size()) return span.size();
    const std::string_view trimmed = Trim(text);
    return static_cast<uint64_t>(text.data() + text.size() - (trimmed.data() + trimmed.size()));
  }

  // Takes white space out at the block's edges and where a cut leaves it doubled.
  void Tidy(NewBlock& block) {
    if (!Touched(block) || IsCode(block) || reasons_.empty()) return;
    const size_t fallback = NearestReason(block);
    std::vector<Piece> pieces;
    bool after_space = true;  // the new text so far ends in white space, or is empty
    bool after_cut = true;
    size_t reason = fallback;
    for (const Piece& piece : block.pieces) {
      if (piece.kind == Piece::Kind::kCut) {
        pieces.push_back(piece);
        after_cut = true;
        reason = piece.index;
        continue;
      }
      Span span = piece.span;
      if (piece.kind == Piece::Kind::kKeep && after_cut && after_space) {
        const uint64_t space = LeadingSpace(span);
        if (space > 0) pieces.push_back({Piece::Kind::kCut, {span.begin, span.begin + space}, reason});
        span.begin += space;
        if (span.empty()) continue;
      }
      pieces.push_back({piece.kind, span, piece.index});
      after_space = piece.kind == Piece::Kind::kKeep && TrailingSpace(span) > 0;
      after_cut = false;
    }
    TrimEnd(pieces, reason);
    block.pieces = std::move(pieces);
  }

  void TrimEnd(std::vector<Piece>& pieces, size_t reason) const {
    for (size_t i = pieces.size(); i-- > 0;) {
      if (pieces[i].kind == Piece::Kind::kReplace) return;
      if (pieces[i].kind == Piece::Kind::kCut) {
        reason = pieces[i].index;
        continue;
      }
      const uint64_t space = TrailingSpace(pieces[i].span);
      if (space == 0) return;
      const Span tail{pieces[i].span.end - space, pieces[i].span.end};
      pieces[i].span.end = tail.begin;
      if (!pieces[i].span.empty()) {
        pieces.insert(pieces.begin() + static_cast<std::ptrdiff_t>(i) + 1, {Piece::Kind::kCut, tail, reason});
        return;
      }
      pieces[i] = {Piece::Kind::kCut, tail, reason};
    }
  }

  // A reason for white space at the edge of a block that holds no cut of its own: that of the cut or split before it.
  size_t NearestReason(const NewBlock& block) const {
    for (const Piece& piece : block.pieces)
      if (piece.kind == Piece::Kind::kCut) return piece.index;
    const uint64_t at = block.pieces.empty() ? 0 : block.pieces.front().span.begin;
    const auto after = std::upper_bound(cuts_.begin(), cuts_.end(), at, [](uint64_t begin, const Cut& cut) { return begin < cut.span.begin; });
    return after == cuts_.begin() ? 0 : (after - 1)->reason;
  }

  // --- writing --------------------------------------------------------------------------------------------------------------

  void WriteText() {
    SourceMapWriter map(&map_message_);
    const NewBlock* previous = nullptr;
    size_t first_separator = 0;  // of those that no new block has used yet
    for (const NewBlock& block : blocks_) {
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
    const auto after = std::upper_bound(cuts_.begin(), cuts_.end(), end - 1, [](uint64_t at, const Cut& cut) { return at < cut.span.begin; });
    // No cut: a block of white space that a split tidied away. Splits have reasons, so there is a first one.
    return after == cuts_.begin() ? 0 : (after - 1)->reason;
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

  // --- removals and annotations ---------------------------------------------------------------------------------------------

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
    removal.set_rule(reasons_[reason].rule);
    if (reasons_[reason].score) removal.set_score(*reasons_[reason].score);
    if (reasons_[reason].threshold) removal.set_threshold(*reasons_[reason].threshold);
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

  const v1::Edits& edits_;
  const std::string_view stage_;
  const v1::Document& old_;
  const SourceMapView old_map_;

  std::vector<CutReason> reasons_;
  std::vector<Cut> cuts_;
  std::vector<size_t> replacements_;
  std::vector<uint64_t> boundaries_;
  size_t next_cut_ = 0;
  size_t next_replacement_ = 0;
  size_t next_boundary_ = 0;
  std::vector<NewBlock> blocks_;

  std::string text_;
  v1::SourceMap map_message_;
  google::protobuf::RepeatedPtrField<v1::Block> new_blocks_;
  std::vector<Cut> gone_;
  std::vector<Kept> kept_;
  std::vector<v1::Change> changes_;
};

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
  if (changes_text) {
    // The editor reads the document while the parts that it writes are made; Commit swaps them in.
    TextEditor editor(edits, stage, *document);
    if (Status status = editor.Plan(); !status.ok()) return status;
    // What annotates or re-labels the old text belongs to it, so it goes in before the text moves.
    AddAnnotations(edits, stage, document);
    SetBlocks(edits, document);
    editor.Commit(document);
  } else {
    AddAnnotations(edits, stage, document);
    SetBlocks(edits, document);
  }
  ApplyMetadata(edits, std::move(metadata), document);
  AddSignals(edits, stage, document);
  SetDrop(edits, stage, document);
  return OkStatus();
}

}  // namespace garner
