// What a block's own text says, before any look at its neighbours.
//
//   std::vector<Facts> facts = ReadFacts(document, lexicon);   // one entry a block
//
// Pure; linear in the text: of a long block only the first and last kilobytes are folded and compared.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "garner/v1/document.pb.h"
#include "lexicon.h"

namespace garner::boilerplate_stripper {

struct Facts {
  Match line;          // the line as a whole is a phrase of the lexicon
  KindCounts parts{};  // phrases inside it
  uint32_t words = 0;
  bool ends_sentence = false;  // . ! ? … and their like, quotation marks after them
  bool full_stop = false;      // . and its like
  bool asks = false;           // ends as a question does
  bool ends_colon = false;
  bool ends_comma = false;   // the sentence goes on below: a verse, an address
  bool bullet = false;       // begins with a bullet or a number as lists do, or is a list item
  bool quoted = false;       // begins with a quotation mark or a dash of dialogue
  bool placeholder = false;  // holds an unfilled template
  bool one_link = false;     // "Read also: its title": one other article, wherever it stands
  bool has_digit = false;
  bool tight = false;    // no empty line above
  bool code = false;     // code or a table: its look says nothing about prose
  bool record = false;   // a label or value of entries that are described line by line
  bool heading = false;  // a heading or title by its role
  // Of the folded words of a line of up to 14, 0 for longer ones and where there is no word: by 64-bit hashes alone, as in the lexicon.
  uint64_t key = 0;
  uint64_t first_word = 0;
  uint64_t last_word = 0;
  uint32_t copies = 0;     // blocks with this key, this one too
  uint32_t phrases = 0;    // phrases inside it that tell what a line or paragraph is
  uint32_t platforms = 0;  // of these, names of platforms

  // A line that says something: ends as a sentence does and is no mere label. Two words with a full stop do ("Everyone
  // survived.").
  bool sentence() const { return ends_sentence && (words >= 4 || (words >= 2 && full_stop && !ui())); }
  // A paragraph of running text.
  bool prose() const { return words >= 12 && (ends_sentence || words >= 25); }
  // Could be a button, label, heading or title.
  bool short_line() const { return !prose() && !code && words <= 14; }
  bool ui() const { return line.strength != Strength::kNone; }
  // Interface that stands in the middle of texts as well as around them.
  bool interrupts() const {
    return placeholder || one_link || line.kind == Kind::kEmbedPlaceholder || line.kind == Kind::kPromotion;
  }
  bool strong_ui() const { return line.strength == Strength::kStrong || placeholder; }
  uint16_t Part(Kind kind) const { return parts[static_cast<size_t>(kind)]; }
  // Names of platforms tell in short lines only: articles are written about them.
  uint32_t TellingPhrases() const { return prose() || sentence() ? phrases - platforms : phrases; }
};

// The first words of each block, folded, by their hashes as in LineKey.
class BlockWords {
 public:
  static constexpr size_t kMost = 24;

  void Add(const std::vector<uint64_t>& words) {
    hashes_.insert(hashes_.end(), words.begin(), words.begin() + static_cast<std::ptrdiff_t>(std::min(words.size(), kMost)));
    ends_.push_back(hashes_.size());
  }
  const uint64_t* begin(size_t block) const { return hashes_.data() + (block == 0 ? 0 : ends_[block - 1]); }
  const uint64_t* end(size_t block) const { return hashes_.data() + ends_[block]; }

 private:
  std::vector<uint64_t> hashes_;
  std::vector<size_t> ends_;
};

std::vector<Facts> ReadFacts(const v1::Document& document, const Lexicon& lexicon, BlockWords& words);

// Unfilled printf, mustache, shell, position, bracket and underscore placeholders, in a line that is little else.
bool HoldsPlaceholder(std::string_view text);

}  // namespace garner::boilerplate_stripper
