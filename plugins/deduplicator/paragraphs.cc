#include "paragraphs.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <string>

#include "garner/utf8.h"

namespace garner::deduplicator {
namespace {

constexpr uint64_t kSeed = 0xCBF29CE484222325U;
constexpr uint64_t kPrime = 0x100000001B3U;
// Verse and lyrics: this many lines in a row, no empty line between them, each under this many times min_words.
constexpr int kVerseLines = 4;
constexpr size_t kVerseFactor = 2;
constexpr size_t kMinSentenceWords = 4;

uint64_t Hash(std::string_view text, uint64_t seed = kSeed) {
  for (const char c : text) seed = (seed ^ static_cast<unsigned char>(c)) * kPrime;
  return seed ^ (seed >> 29);
}

// Scripts without spaces between words.
bool IsWordByItself(char32_t value) {
  return (value >= 0x3040 && value <= 0x30FF) || (value >= 0x3400 && value <= 0x9FFF) || (value >= 0xF900 && value <= 0xFAFF) ||
         (value >= 0x20000 && value <= 0x3FFFF);
}

bool IsWordCharacter(char32_t value) {
  const auto c = static_cast<UChar32>(value);
  if (value < 0x80) return (value >= '0' && value <= '9') || (value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z');
  return u_isalnum(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
}

struct Word {
  std::string_view text;
  bool starts_sentence = false;
};

std::vector<Word> SplitWords(std::string_view text) {
  std::vector<Word> words;
  size_t begin = std::string_view::npos;
  bool sentence = true;
  const auto flush = [&](size_t end) {
    if (begin == std::string_view::npos) return;
    words.push_back({text.substr(begin, end - begin), sentence});
    begin = std::string_view::npos;
    sentence = false;
  };
  for (size_t at = 0; at < text.size();) {
    const CodePoint cp = NextCodePoint(text, at);
    if (!IsWordCharacter(cp.value)) {
      flush(at);
      sentence = sentence || cp.value == '.' || cp.value == '!' || cp.value == '?' || cp.value == ':' || cp.value == 0x2026 || cp.value == 0x201C ||
                 cp.value == 0x201E || cp.value == '"' || cp.value == 0xAB;
    } else if (IsWordByItself(cp.value)) {
      flush(at);
      begin = at;
      flush(at + cp.size);
    } else if (begin == std::string_view::npos) {
      begin = at;
    }
    at += cp.size;
  }
  flush(text.size());
  return words;
}

char32_t LastCharacter(std::string_view text) {
  if (text.empty()) return 0;
  size_t last = text.size() - 1;
  while (last > 0 && !IsBoundary(text, last)) --last;
  return NextCodePoint(text, last).value;
}

bool IsOneOf(char32_t value, std::u32string_view set) { return value != 0 && set.find(value) != std::u32string_view::npos; }

bool EndsSentence(std::string_view text) { return IsOneOf(LastCharacter(text), U".!?\u2026\u3002\uFF01\uFF1F\u0964\u201D\u201C\u00BB\""); }

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

void LeaveOutVerse(const v1::Document& document, uint32_t min_words, std::vector<Paragraph>& paragraphs) {
  const auto is_line = [&](size_t i) { return paragraphs[i].words.size() < kVerseFactor * min_words; };
  for (size_t begin = 0; begin < paragraphs.size();) {
    size_t end = begin + 1;
    while (end < paragraphs.size() && document.blocks(static_cast<int>(end)).tight() && is_line(begin) && is_line(end)) ++end;
    if (end - begin >= kVerseLines)
      for (size_t i = begin; i < end; ++i) paragraphs[i].eligible = paragraphs[i].sentence = false;
    begin = end;
  }
}

}  // namespace

std::vector<uint64_t> HashWords(std::string_view text) {
  std::vector<uint64_t> hashes;
  const std::string folded = FoldForComparison(text);
  for (const Word& word : SplitWords(folded)) hashes.push_back(Hash(word.text));
  return hashes;
}

std::vector<Paragraph> ReadParagraphs(const v1::Document& document, uint32_t min_words) {
  std::vector<Paragraph> paragraphs;
  paragraphs.reserve(static_cast<size_t>(document.blocks_size()));
  for (const v1::Block& block : document.blocks()) {
    Paragraph paragraph;
    paragraph.text = std::string_view(document.text()).substr(block.begin(), block.end() - block.begin());
    paragraph.hash = Hash(FoldForComparison(paragraph.text));
    paragraph.words = HashWords(paragraph.text);
    const bool is_long = paragraph.words.size() >= min_words;
    paragraph.eligible = is_long && IsProse(block);
    paragraph.sentence = paragraph.words.size() >= kMinSentenceWords && IsProse(block) && EndsSentence(paragraph.text);
    paragraph.running = (block.role() == v1::Block::PARAGRAPH || block.role() == v1::Block::QUOTE) && !LooksLikeItem(paragraph.text);
    paragraph.heading = block.role() == v1::Block::HEADING || (!is_long && block.role() == v1::Block::PARAGRAPH && !CannotBeHeading(paragraph.text));
    paragraphs.push_back(std::move(paragraph));
  }
  LeaveOutVerse(document, min_words, paragraphs);
  return paragraphs;
}

std::vector<uint64_t> WordPairs(const std::vector<uint64_t>& words) {
  std::vector<uint64_t> pairs;
  for (size_t i = 1; i < words.size(); ++i) pairs.push_back((words[i - 1] * kPrime) ^ (words[i] + (words[i - 1] >> 7)));
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  return pairs;
}

std::vector<uint64_t> NumbersAndNames(std::string_view text) {
  std::vector<uint64_t> hashes;
  for (const Word& word : SplitWords(text)) {
    const bool number = std::any_of(word.text.begin(), word.text.end(), [](char c) { return c >= '0' && c <= '9'; });
    const bool name = !word.starts_sentence && u_isupper(static_cast<UChar32>(NextCodePoint(word.text, 0).value));
    if (number || name) hashes.push_back(Hash(FoldForComparison(word.text)));
  }
  return hashes;
}

std::vector<std::string_view> SplitSentences(std::string_view text) {
  std::vector<std::string_view> sentences;
  size_t begin = 0;
  for (size_t at = 0; at < text.size();) {
    const CodePoint cp = NextCodePoint(text, at);
    at += cp.size;
    const bool wide = cp.value == 0x3002 || cp.value == 0xFF01 || cp.value == 0xFF1F;
    const bool mark = cp.value == '.' || cp.value == '!' || cp.value == '?' || cp.value == 0x2026 || cp.value == 0x0964;
    if (!wide && !(mark && (at == text.size() || text[at] == ' '))) continue;
    sentences.push_back(text.substr(begin, at - begin));
    begin = at;
  }
  if (begin < text.size()) sentences.push_back(text.substr(begin));
  return sentences;
}

bool BeginsWithQuotationMark(std::string_view text) {
  if (text.empty()) return false;
  const char32_t first = NextCodePoint(text, 0).value;
  return first == 0x201C || first == 0x201E || first == 0xAB || first == '"';
}

bool LeavesQuotationOpen(std::string_view text) {
  int depth = 0;
  int straight = 0;
  for (size_t at = 0; at < text.size();) {
    const CodePoint cp = NextCodePoint(text, at);
    at += cp.size;
    depth += cp.value == 0x201C || cp.value == 0x201E || cp.value == 0xAB;
    depth -= cp.value == 0x201D || cp.value == 0xBB;
    straight += cp.value == '"';
  }
  return depth > 0 || straight % 2 == 1;
}

}  // namespace garner::deduplicator
