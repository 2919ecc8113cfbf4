// What has to change in one block for its text to have the normal form.
//
//   std::vector<Fix> fixes;
//   const BlockTally tally = NormalizeBlock(text, {.kind = BlockKind::kProse}, table, {}, fixes);
//
// Pure function, linear in the block; a block of plain ASCII costs one look at each eight bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "characters.h"
#include "garner/span.h"
#include "mojibake.h"

namespace garner::text_normalizer {

// An empty text: the stretch goes.
struct Fix {
  Span span;  // in the block
  std::string text;
  std::string_view rule;
};

enum class BlockKind {
  kProse,
  kTable,  // runs of spaces are columns
  kCode,   // only line ends and controls
};

struct BlockTally {
  // Two neighbours look like UTF-8 that was misread.
  bool may_be_mojibake = false;
  uint64_t replacement_characters = 0;
};

// `repairs` are those of this block, in its own offsets, in order. Appends to `fixes`, in order, never overlapping.
BlockTally NormalizeBlock(std::string_view block, BlockKind kind, const CharacterTable& table, const std::vector<Repair>& repairs,
                          std::vector<Fix>& fixes);

}  // namespace garner::text_normalizer
