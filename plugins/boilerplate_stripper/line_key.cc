#include "line_key.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>

#include "garner/hash.h"
#include "garner/utf8.h"

namespace garner::boilerplate_stripper {
namespace {

enum class Sort : uint8_t { kNone, kLetter, kDigit };

Sort SortOf(char32_t c) {
  const auto value = static_cast<UChar32>(c);
  if (u_isdigit(value)) return Sort::kDigit;
  if (u_isalnum(value)) return Sort::kLetter;
  const int8_t type = u_charType(value);
  return type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK ? Sort::kLetter : Sort::kNone;
}

bool IsAscii(std::string_view text) {
  unsigned char all = 0;
  for (const char c : text) all |= static_cast<unsigned char>(c);
  return all < 0x80;
}

}  // namespace

// What ICU says of the scripts of one and two bytes a character; the folding of ASCII; the marks.
struct LineKey::Table {
  static constexpr char32_t kEnd = 0x800;
  static constexpr size_t kAsciiEnd = 0x80;

  Sort SortAt(char32_t value) const { return value < kEnd ? sorts[value] : SortOf(value); }

  std::array<Sort, kEnd> sorts{};
  std::array<char, kAsciiEnd> lower{};
  std::array<uint8_t, kAsciiEnd> marks{};

  Table() {
    for (char32_t c = 0; c < kEnd; ++c) sorts[c] = SortOf(c);
    for (size_t c = 0; c < kAsciiEnd; ++c) lower[c] = static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    marks[':'] = kColon;
    for (const char c : {'%', '{', '[', '<', '_', '$', '#'}) marks[static_cast<size_t>(c)] = kTemplateMark;
  }
};

const LineKey::Table& LineKey::TheTable() {
  static const Table table;
  return table;
}

uint64_t WordHash(std::string_view folded) { return Hash64(folded); }

uint64_t PhraseHash(const uint64_t* words, size_t count) {
  uint64_t hash = 0x9E3779B97F4A7C15U;
  for (size_t i = 0; i < count; ++i) {
    const uint64_t mixed = (hash ^ words[i]) * 0xD6E8FEB86659FD93U;
    hash = mixed ^ (mixed >> 32);
  }
  return hash;
}

void LineKey::Read(std::string_view text) {
  hashes_.clear();
  size_ = 0;
  marks_ = 0;
  has_number_ = false;
  ascii_ = IsAscii(text);
  if (ascii_) {
    Split(text);  // which folds ASCII on its way
  } else {
    FoldForComparison(text, folded_);
    Split(folded_);
  }
}

void LineKey::AddNumber() {
  static const uint64_t hash = WordHash("#");
  if (size_ > 0) joined_[size_++] = ' ';
  joined_[size_++] = '#';
  hashes_.push_back(hash);
  has_number_ = true;
}

void LineKey::Split(std::string_view folded) {
  const Table& table = TheTable();
  // A letter behind a digit begins a word, so a byte may need a space too.
  if (joined_.size() < 2 * folded.size() + 1) joined_.resize(2 * folded.size() + 1);
  bool after_number = false;
  for (size_t at = 0; at < folded.size();) {
    const CodePoint cp = NextCodePoint(folded, at);
    const Sort sort = table.SortAt(cp.value);
    if (sort == Sort::kNone) {
      if (cp.value < Table::kAsciiEnd) marks_ |= table.marks[cp.value];
      at += cp.size;
      continue;
    }
    if (sort == Sort::kDigit) {
      if (!after_number) AddNumber();
      after_number = true;
      at += cp.size;
      continue;
    }
    at = AddLetters(table, folded, at);
    after_number = false;
  }
}

size_t LineKey::AddLetters(const Table& table, std::string_view folded, size_t at) {
  if (size_ > 0) joined_[size_++] = ' ';
  char* const begin = joined_.data() + size_;
  char* end = begin;
  while (at < folded.size()) {
    const auto byte = static_cast<unsigned char>(folded[at]);
    if (byte < Table::kAsciiEnd) {
      if (table.sorts[byte] == Sort::kNone) break;
      *end++ = table.lower[byte];
      ++at;
      continue;
    }
    const CodePoint cp = NextCodePoint(folded, at);
    if (table.SortAt(cp.value) == Sort::kNone) break;
    end = std::copy_n(folded.data() + at, cp.size, end);
    at += cp.size;
  }
  size_ += static_cast<size_t>(end - begin);
  hashes_.push_back(WordHash({begin, static_cast<size_t>(end - begin)}));
  return at;
}

}  // namespace garner::boilerplate_stripper
