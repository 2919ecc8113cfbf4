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
// "Peter wrote on Monday at nine:" introduces; a longer paragraph that happens to end in a colon does not.
constexpr size_t kMaxIntroductionWords = 12;

uint64_t HashOf(const uint64_t* words, size_t count) {
  return Hash64({reinterpret_cast<const char*>(words), count * sizeof *words});
}

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
  return block.role() != v1::Block::CODE && block.role() != v1::Block::TABLE && block.role() != v1::Block::TABLE_ROW &&
         block.role() != v1::Block::TITLE && block.role() != v1::Block::HEADING;
}

void Classify(const v1::Block& block, uint32_t min_words, Paragraph& paragraph) {
  const bool is_long = paragraph.words.size() >= min_words;
  paragraph.prose = IsProse(block);
  paragraph.eligible = is_long && paragraph.prose;
  paragraph.sentence = paragraph.words.size() >= kMinSentenceWords && paragraph.prose && EndsSentence(paragraph.text);
  paragraph.running =
      (block.role() == v1::Block::PARAGRAPH || block.role() == v1::Block::QUOTE) && !LooksLikeItem(paragraph.text);
  paragraph.heading = block.role() == v1::Block::HEADING ||
                      (!is_long && block.role() == v1::Block::PARAGRAPH && !CannotBeHeading(paragraph.text));
}

}  // namespace

bool SameWords(const Paragraph& a, const Paragraph& b) {
  return a.hash == b.hash && std::equal(a.words.begin(), a.words.end(), b.words.begin(), b.words.end());
}

Paragraphs::Paragraphs(const v1::Document& document, uint32_t min_words) {
  const std::string_view text = document.text();
  items_.reserve(static_cast<size_t>(document.blocks_size()));
  words_.reserve(text.size() / 5);
  std::string folded;
  for (const v1::Block& block : document.blocks()) {
    Paragraph paragraph;
    paragraph.text = text.substr(block.begin(), block.end() - block.begin());
    FoldForComparison(paragraph.text, folded);
    const size_t before = words_.size();
    const uint64_t signs = AppendWords(folded, words_);
    paragraph.words.count = words_.size() - before;
    paragraph.hash = HashPair(HashOf(words_.data() + before, paragraph.words.count), signs);
    Classify(block, min_words, paragraph);
    items_.push_back(paragraph);
  }
  const uint64_t* next = words_.data();
  for (Paragraph& paragraph : items_) {
    paragraph.words.data = next;
    next += paragraph.words.count;
  }
  MarkQuotations(document);
  LeaveOutVerse(document, min_words);
}

void Paragraphs::MarkQuotations(const v1::Document& document) {
  for (size_t i = 0; i < items_.size(); ++i) {
    const bool introduced = i > 0 && items_[i - 1].text.ends_with(':') && items_[i - 1].words.size() <= kMaxIntroductionWords;
    items_[i].quoted =
        introduced || items_[i].text.starts_with('>') || document.blocks(static_cast<int>(i)).role() == v1::Block::QUOTE;
  }
}

void Paragraphs::LeaveOutVerse(const v1::Document& document, uint32_t min_words) {
  const auto is_line = [&](size_t i) { return items_[i].words.size() < kVerseFactor * min_words; };
  for (size_t begin = 0; begin < items_.size();) {
    size_t end = begin + 1;
    while (end < items_.size() && document.blocks(static_cast<int>(end)).tight() && is_line(begin) && is_line(end)) ++end;
    const auto sentences = std::count_if(items_.begin() + static_cast<std::ptrdiff_t>(begin), items_.begin() + static_cast<std::ptrdiff_t>(end),
                                         [](const Paragraph& line) { return line.sentence; });
    // A whole text of sentences: only the empty lines between its paragraphs are missing.
    const bool prose = 2 * (end - begin) > items_.size() && 4 * static_cast<size_t>(sentences) >= 3 * (end - begin);
    for (size_t i = begin; end - begin >= kVerseLines && !prose && i < end; ++i) {
      items_[i].eligible = items_[i].sentence = false;
      items_[i].verse = true;
    }
    begin = end;
  }
}

}  // namespace garner::deduplicator
