// A document's blocks as the search for repeats sees them: folded words instead of text. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "garner/v1/document.pb.h"

namespace garner::deduplicator {

struct Paragraph {
  std::string_view text;
  // Hash of the folded text; equal texts have equal hashes, and exact_repeats compares the texts themselves.
  uint64_t hash = 0;
  // Hashes of the folded words, in order. A Han or kana character counts as a word.
  std::vector<uint64_t> words;
  // May be a copy: long enough, prose, not a line of verse.
  bool eligible = false;
  // Prose of at least four words that ends like a sentence, not a line of verse: may be a copy where more speaks for it.
  bool sentence = false;
  // Running text, not an item of a list or a caption.
  bool running = false;
  // May be a heading: short, does not end like a sentence, or says so itself.
  bool heading = false;
};

// One entry a block.
std::vector<Paragraph> ReadParagraphs(const v1::Document& document, uint32_t min_words);

// Hashes of the folded words of any text.
std::vector<uint64_t> HashWords(std::string_view text);

// Distinct hashes of neighbouring words, sorted.
std::vector<uint64_t> WordPairs(const std::vector<uint64_t>& words);

// What a paragraph must share with its copy: hashes of the words that hold a digit, and of capitalised words inside a sentence.
std::vector<uint64_t> NumbersAndNames(std::string_view text);

// The sentences of a text, split after . ! ? … and their like where a space follows.
std::vector<std::string_view> SplitSentences(std::string_view text);

// A quotation is opened and goes on beyond the text.
bool LeavesQuotationOpen(std::string_view text);
bool BeginsWithQuotationMark(std::string_view text);

}  // namespace garner::deduplicator
