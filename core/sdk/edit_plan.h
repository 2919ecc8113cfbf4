// What edits make of a document's text, worked out before anything is written: which stretches stay, go or are replaced, block by
// block. Part of ApplyEdits; apart because planning can fail and writing cannot.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
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
  size_t origin = 0;  // the old block
  std::vector<Piece> pieces;
  size_t untouched = 0;  // so many old blocks, from `origin` on, stay as they are; then there are no pieces

  size_t last_origin() const { return untouched > 0 ? origin + untouched - 1 : origin; }
  bool empty() const {
    return untouched == 0 && std::none_of(pieces.begin(), pieces.end(), [](const Piece& piece) { return piece.kind != Piece::Kind::kCut; });
  }
};

struct EditPlan {
  std::vector<CutReason> reasons;
  // Sorted, apart.
  std::vector<Cut> cuts;
  // In the order of the text; those without text left are empty().
  std::vector<NewBlock> blocks;
};

// The edits are valid (edit_validation.h). Fails with kInvalidEdits where they contradict each other. The plan holds indices into both.
Result<EditPlan> PlanEdits(const v1::Edits& edits, const v1::Document& document);

}  // namespace garner
