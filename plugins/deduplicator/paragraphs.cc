#include "paragraphs.h"

#include <algorithm>
#include <string>

#include "garner/hash.h"
#include "garner/utf8.h"
#include "words.h"

namespace garner::deduplicator {
namespace {

// Verse and lyrics: this many lines in a row, no empty line between them, each under this many times min_words.
constexpr size_t kVerseLines = 4;
constexpr size_t kVerseFactor = 2;
constexpr size_t kMinSentenceWords = 4;

// A question may be a heading; a line that goes on or closes a bracket seldom is.
bool CannotBeHeading(std::string_view text) { return IsOneOf(LastCharacter(text), U".!,;\u3002\u0964\u201D\")"); }

// An item of a list that came as plain text, or a question: the heading of an answer.
bool LooksLikeItem(std::string_view text) {
  if (text.empty() || IsOneOf(LastCharacter(text), U"?\uFF1F")) return true;
  const char32_t first = NextCodePoint(text, 0).value;
  if (IsOneOf(first, U"\u2022\u25AA\u25CF\u00B7\u2023\u2714\u2713")) return true;
  const size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits > 0) return digits <= 3 && digits < text.size() && (text[digits] == '.' || text[digits] == ')');
  return text.size() > 1 && text[1] == ' ' && (text[0] == '-' || text[0] == '*' || text[0] == '+');
}

bool IsProse(const v1::Block& block) {
  return block.role() != v1::Block::CODE && block.role() != v1::Block::TABLE && block.role() != v1::Block::TABLE_ROW && block.role() != v1::Block::TITLE &&
         block.role() != v1::Block::HEADING;
}

void Classify(const v1::Block& block, uint32_t min_words, Paragraph& paragraph) {
  const bool is_long = paragraph.words.size() >= min_words;
  paragraph.eligible = is_long && IsProse(block);
  paragraph.sentence = paragraph.words.size() >= kMinSentenceWords && IsProse(block) && EndsSentence(paragraph.text);
  paragraph.running = (block.role() == v1::Block::PARAGRAPH || block.role() == v1::Block::QUOTE) && !LooksLikeItem(paragraph.text);
  paragraph.heading = block.role() == v1::Block::HEADING || (!is_long && block.role() == v1::Block::PARAGRAPH && !CannotBeHeading(paragraph.text));
}

}  // namespace

Paragraphs::Paragraphs(const v1::Document& document, uint32_t min_words) {
  const std::string_view text = document.text();
  items_.reserve(static_cast<size_t>(document.blocks_size()));
  words_.reserve(text.size() / 5);
  std::string folded;
  for (const v1::Block& block : document.blocks()) {
    Paragraph paragraph;
    paragraph.text = text.substr(block.begin(), block.end() - block.begin());
    FoldForComparison(paragraph.text, folded);
    paragraph.hash = Hash64(folded);
    const size_t before = words_.size();
    AppendWords(folded, words_);
    paragraph.words.count = words_.size() - before;
    Classify(block, min_words, paragraph);
    items_.push_back(paragraph);
  }
  const uint64_t* next = words_.data();
  for (Paragraph& paragraph : items_) {
    paragraph.words.data = next;
    next += paragraph.words.count;
  }
  LeaveOutVerse(document, min_words);
}

void Paragraphs::LeaveOutVerse(const v1::Document& document, uint32_t min_words) {
  const auto is_line = [&](size_t i) { return items_[i].words.size() < kVerseFactor * min_words; };
  for (size_t begin = 0; begin < items_.size();) {
    size_t end = begin + 1;
    while (end < items_.size() && document.blocks(static_cast<int>(end)).tight() && is_line(begin) && is_line(end)) ++end;
    if (end - begin >= kVerseLines)
      for (size_t i = begin; i < end; ++i) items_[i].eligible = items_[i].sentence = false;
    begin = end;
  }
}

}  // namespace garner::deduplicator
