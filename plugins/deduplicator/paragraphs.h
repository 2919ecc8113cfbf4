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
  // Hash of the words in their order, and of signs such as % and € between them; other punctuation does not count.
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
  // Text that a role does not make something else (code, a row of a table, a heading).
  bool prose = false;
  // A line of verse or of another run of short lines.
  bool verse = false;
  // Somebody else's words, brought in to be answered or commented on: marked as a quotation, or behind a line that ends in a
  // colon.
  bool quoted = false;
};

// Equal words in the same order. Compare the hashes first.
bool SameWords(const Paragraph& a, const Paragraph& b);

// One entry a block. Owns the words; may be moved, not copied.
class Paragraphs {
 public:
  Paragraphs(const v1::Document& document, uint32_t min_words);
  Paragraphs(Paragraphs&&) = default;
  Paragraphs& operator=(Paragraphs&&) = default;

  size_t size() const { return items_.size(); }
  const Paragraph& operator[](size_t i) const { return items_[i]; }
  const Paragraph& operator[](int i) const { return items_[static_cast<size_t>(i)]; }
  // Of all blocks, in the order of the text. The words of a paragraph are a part of it.
  Words words() const { return {words_.data(), words_.size()}; }
  std::vector<Paragraph>::const_iterator begin() const { return items_.begin(); }
  std::vector<Paragraph>::const_iterator end() const { return items_.end(); }

 private:
  void MarkQuotations(const v1::Document& document);
  void LeaveOutVerse(const v1::Document& document, uint32_t min_words);

  std::vector<uint64_t> words_;  // of all blocks
  std::vector<Paragraph> items_;
};

}  // namespace garner::deduplicator
