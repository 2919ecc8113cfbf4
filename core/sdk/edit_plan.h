// What edits make of a document's text, worked out before anything is written: which stretches stay, go or are replaced, block by
// block. Part of ApplyEdits; apart because planning can fail and writing cannot.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "garner/span.h"
#include "garner/status.h"
#include "garner/v1/document.pb.h"
#include "garner/v1/edits.pb.h"

namespace garner {

// A stretch of the old text that goes, and the index of its reason.
struct Cut {
  Span span;
  size_t reason = 0;
};

struct CutReason {
  std::string_view rule;  // in the edits
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

// Neighbours that no edit touches are one entry, so that a plan is as small as the edits are.
struct NewBlock {
  size_t origin = 0;       // the old block
  size_t untouched = 0;    // so many old blocks, from `origin` on, stay as they are; then there are no pieces
  size_t first_piece = 0;  // in EditPlan::pieces
  size_t end_piece = 0;
  bool has_text = true;

  size_t last_origin() const { return untouched > 0 ? origin + untouched - 1 : origin; }
};

struct EditPlan {
  std::vector<CutReason> reasons;
  // Sorted, apart.
  std::vector<Cut> cuts;
  // In the order of the text; some have no text left.
  std::vector<NewBlock> blocks;
  std::vector<Piece> pieces;  // of all blocks

  std::span<const Piece> PiecesOf(const NewBlock& block) const {
    return std::span(pieces).subspan(block.first_piece, block.end_piece - block.first_piece);
  }
};

// The edits are valid (edit_validation.h). Fails with kInvalidEdits where they contradict each other. The plan holds indices into both.
Result<EditPlan> PlanEdits(const v1::Edits& edits, const v1::Document& document);

}  // namespace garner
