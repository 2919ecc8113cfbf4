// A document's blocks as the search for repeats sees them: folded words instead of text. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "garner/v1/document.pb.h"

namespace garner::deduplicator {

// Hashes of folded words, in order. A view.
struct Words {
  const uint64_t* data = nullptr;
  size_t count = 0;

  size_t size() const { return count; }
  const uint64_t* begin() const { return data; }
  const uint64_t* end() const { return data + count; }
  uint64_t operator[](size_t i) const { return data[i]; }
};

struct Paragraph {
  std::string_view text;
  // Hash of the folded text; equal texts have equal hashes, and exact_repeats compares the texts themselves.
  uint64_t hash = 0;
  Words words;
  // May be a copy: long enough, prose, not a line of verse.
  bool eligible = false;
  // Prose of at least four words that ends like a sentence, not a line of verse: may be a copy where more speaks for it.
  bool sentence = false;
  // Running text, not an item of a list or a caption.
  bool running = false;
  // May be a heading: short, does not end like a sentence, or says so itself.
  bool heading = false;
};

// One entry a block. Owns the words; may be moved, not copied.
class Paragraphs {
 public:
  Paragraphs(const v1::Document& document, uint32_t min_words);
  Paragraphs(Paragraphs&&) = default;
  Paragraphs& operator=(Paragraphs&&) = default;

  size_t size() const { return items_.size(); }
  const Paragraph& operator[](size_t i) const { return items_[i]; }
  const Paragraph& operator[](int i) const { return items_[static_cast<size_t>(i)]; }
  std::vector<Paragraph>::const_iterator begin() const { return items_.begin(); }
  std::vector<Paragraph>::const_iterator end() const { return items_.end(); }

 private:
  void LeaveOutVerse(const v1::Document& document, uint32_t min_words);

  std::vector<uint64_t> words_;  // of all blocks
  std::vector<Paragraph> items_;
};

}  // namespace garner::deduplicator
