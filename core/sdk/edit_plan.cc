#include "core/sdk/edit_plan.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "garner/utf8.h"

namespace garner {
namespace {

Status Conflict(const std::string& message) { return Status(StatusKind::kInvalidEdits, message); }

std::string Place(Span span) { return std::to_string(span.begin) + ".." + std::to_string(span.end); }

class Planner {
 public:
  Planner(const v1::Edits& edits, const v1::Document& document) : edits_(edits), old_(document) {}

  Result<EditPlan> Plan() {
    CollectCuts();
    if (Status status = CollectReplacements(); !status.ok()) return status;
    CollectBoundaries();
    for (size_t i = 0; i < static_cast<size_t>(old_.blocks_size());) {
      const size_t untouched = UntouchedFrom(i);
      if (untouched > 0) {
        blocks_.push_back({.origin = i, .untouched = untouched});
        i += untouched;
      } else {
        CutBlock(i++);
      }
    }
    return std::move(plan_);
  }

 private:
  // Erasures and the stretches that splits take out, sorted, overlapping ones merged.
  void CollectCuts() {
    std::vector<Cut> all;
    all.reserve(static_cast<size_t>(edits_.erase_size() + edits_.split_size()));
    reasons_.reserve(all.capacity());
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

  // How many old blocks, from i on, lie wholly before the next edit. An insertion or a boundary at a block's end belongs to the block.
  size_t UntouchedFrom(size_t i) {
    const auto begin = old_.blocks().begin() + static_cast<std::ptrdiff_t>(i);
    while (next_cut_ < cuts_.size() && cuts_[next_cut_].span.end <= begin->begin()) ++next_cut_;
    uint64_t end = old_.text().size() + 1;  // of a block that is untouched: less than this
    if (next_cut_ < cuts_.size()) end = std::min(end, cuts_[next_cut_].span.begin + 1);
    if (next_replacement_ < replacements_.size()) end = std::min(end, ReplaceSpan(replacements_[next_replacement_]).begin);
    if (next_boundary_ < boundaries_.size()) end = std::min(end, boundaries_[next_boundary_]);
    if (begin->end() >= end) return 0;
    const auto touched = std::partition_point(begin, old_.blocks().end(), [end](const v1::Block& block) { return block.end() < end; });
    return static_cast<size_t>(touched - begin);
  }

  // Appends the new blocks that come of old block i.
  void CutBlock(size_t i) {
    const v1::Block& block = old_.blocks(static_cast<int>(i));
    const Span span{block.begin(), block.end()};
    StartBlock(i);
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
        pieces_.push_back({Piece::Kind::kCut, {at, end}, cuts_[cut].reason});
        at = end;
        if (cuts_[cut].span.end <= at) ++cut;
        continue;
      }
      uint64_t end = span.end;
      if (cut < cuts_.size()) end = std::min(end, cuts_[cut].span.begin);
      if (next_replacement_ < replacements_.size()) end = std::min(end, ReplaceSpan(replacements_[next_replacement_]).begin);
      if (next_boundary_ < boundaries_.size()) end = std::min(end, boundaries_[next_boundary_]);
      pieces_.push_back({Piece::Kind::kKeep, {at, end}, 0});
      at = end;
    }
    // An insertion or a boundary at the very end of the block.
    if (next_replacement_ < replacements_.size() && ReplaceSpan(replacements_[next_replacement_]) == Span{span.end, span.end}) TakeReplacement();
    StartBlocksUpTo(i, span.end);
    EndBlock();
    next_cut_ = cut;
  }

  uint64_t TakeReplacement() {
    const size_t i = replacements_[next_replacement_++];
    pieces_.push_back({Piece::Kind::kReplace, ReplaceSpan(i), i});
    return ReplaceSpan(i).end;
  }

  void StartBlocksUpTo(size_t origin, uint64_t at) {
    while (next_boundary_ < boundaries_.size() && boundaries_[next_boundary_] <= at) {
      EndBlock();
      StartBlock(origin);
      ++next_boundary_;
    }
  }

  void StartBlock(size_t origin) { blocks_.push_back({.origin = origin, .first_piece = pieces_.size()}); }

  void EndBlock() {
    NewBlock& block = blocks_.back();
    Tidy(block);
    block.end_piece = pieces_.size();
    block.has_text = std::any_of(pieces_.begin() + static_cast<std::ptrdiff_t>(block.first_piece), pieces_.end(),
                                 [](const Piece& piece) { return piece.kind != Piece::Kind::kCut; });
  }

  bool IsCode(const NewBlock& block) const { return old_.blocks(static_cast<int>(block.origin)).role() == v1::Block::CODE; }

  // All of the old block is kept, or all of it goes.
  bool IsWhole(const NewBlock& block, std::span<const Piece> pieces) const {
    if (pieces.size() != 1) return false;
    if (pieces[0].kind == Piece::Kind::kCut) return true;
    const v1::Block& old_block = old_.blocks(static_cast<int>(block.origin));
    return pieces[0].kind == Piece::Kind::kKeep && pieces[0].span == Span{old_block.begin(), old_block.end()};
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

  // Takes white space out at the edges of the last block, and where a cut leaves it doubled.
  void Tidy(const NewBlock& block) {
    const std::span<const Piece> pieces = std::span(pieces_).subspan(block.first_piece);
    if (IsWhole(block, pieces) || IsCode(block) || reasons_.empty()) return;
    tidy_.clear();
    bool after_space = true;  // the new text so far ends in white space, or is empty
    bool after_cut = true;
    size_t reason = NearestReason(pieces);
    for (const Piece& piece : pieces) {
      if (piece.kind == Piece::Kind::kCut) {
        tidy_.push_back(piece);
        after_cut = true;
        reason = piece.index;
        continue;
      }
      Span span = piece.span;
      if (piece.kind == Piece::Kind::kKeep && after_cut && after_space) {
        const uint64_t space = LeadingSpace(span);
        if (space > 0) tidy_.push_back({Piece::Kind::kCut, {span.begin, span.begin + space}, reason});
        span.begin += space;
        if (span.empty()) continue;
      }
      tidy_.push_back({piece.kind, span, piece.index});
      after_space = piece.kind == Piece::Kind::kKeep && TrailingSpace(span) > 0;
      after_cut = false;
    }
    TrimEnd(tidy_, reason);
    pieces_.resize(block.first_piece);
    pieces_.insert(pieces_.end(), tidy_.begin(), tidy_.end());
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
  size_t NearestReason(std::span<const Piece> pieces) const {
    for (const Piece& piece : pieces)
      if (piece.kind == Piece::Kind::kCut) return piece.index;
    const uint64_t at = pieces.empty() ? 0 : pieces.front().span.begin;
    const auto after = std::upper_bound(cuts_.begin(), cuts_.end(), at, [](uint64_t begin, const Cut& cut) { return begin < cut.span.begin; });
    return after == cuts_.begin() ? 0 : (after - 1)->reason;
  }

  const v1::Edits& edits_;
  const v1::Document& old_;
  EditPlan plan_;
  std::vector<CutReason>& reasons_ = plan_.reasons;
  std::vector<Cut>& cuts_ = plan_.cuts;
  std::vector<NewBlock>& blocks_ = plan_.blocks;
  std::vector<Piece>& pieces_ = plan_.pieces;
  std::vector<Piece> tidy_;  // scratch
  // Indices of replacements that stand, in order of place.
  std::vector<size_t> replacements_;
  std::vector<uint64_t> boundaries_;
  size_t next_cut_ = 0;
  size_t next_replacement_ = 0;
  size_t next_boundary_ = 0;
};

}  // namespace

Result<EditPlan> PlanEdits(const v1::Edits& edits, const v1::Document& document) { return Planner(edits, document).Plan(); }

}  // namespace garner
