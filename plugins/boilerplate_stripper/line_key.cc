#include "line_key.h"

#include <unicode/uchar.h>

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

// What ICU says of the scripts of one and two bytes a character; the folding of ASCII; the marks.
struct Table {
  static constexpr char32_t kEnd = 0x800;
  static constexpr size_t kAsciiEnd = 0x80;

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

const Table& TheTable() {
  static const Table table;
  return table;
}

bool IsAscii(std::string_view text) {
  unsigned char all = 0;
  for (const char c : text) all |= static_cast<unsigned char>(c);
  return all < 0x80;
}

}  // namespace

uint64_t WordHash(std::string_view folded) { return Hash64(folded); }

void LineKey::Read(std::string_view text) {
  hashes_.clear();
  places_.clear();
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

void LineKey::AddWord(size_t begin, uint64_t hash) {
  hashes_.push_back(hash);
  places_.push_back({static_cast<uint32_t>(begin), static_cast<uint32_t>(size_ - begin)});
}

void LineKey::AddNumber() {
  static const uint64_t hash = WordHash("#");
  if (size_ > 0) joined_[size_++] = ' ';
  joined_[size_++] = '#';
  AddWord(size_ - 1, hash);
  has_number_ = true;
}

void LineKey::Split(std::string_view folded) {
  const Table& table = TheTable();
  // A letter behind a digit begins a word, so a byte may need a space too.
  if (joined_.size() < 2 * folded.size() + 1) joined_.resize(2 * folded.size() + 1);
  bool after_number = false;
  const auto sort_at = [&](size_t at, size_t& size) {
    const auto first = static_cast<unsigned char>(folded[at]);
    size = 1;
    if (first < Table::kAsciiEnd) return table.sorts[first];
    const CodePoint cp = NextCodePoint(folded, at);
    size = cp.size;
    return cp.value < Table::kEnd ? table.sorts[cp.value] : SortOf(cp.value);
  };
  for (size_t at = 0; at < folded.size();) {
    size_t size = 0;
    const Sort sort = sort_at(at, size);
    if (sort == Sort::kNone) {
      if (size == 1) marks_ |= table.marks[static_cast<unsigned char>(folded[at])];
      at += size;
      continue;
    }
    if (sort == Sort::kDigit) {
      if (!after_number) AddNumber();
      after_number = true;
      at += size;
      continue;
    }
    size_t end = at + size;
    while (end < folded.size() && sort_at(end, size) != Sort::kNone) end += size;
    AddLetters(folded.substr(at, end - at));
    after_number = false;
    at = end;
  }
}

void LineKey::AddLetters(std::string_view word) {
  const Table& table = TheTable();
  if (size_ > 0) joined_[size_++] = ' ';
  char* const out = joined_.data() + size_;
  for (size_t i = 0; i < word.size(); ++i) {
    const auto byte = static_cast<unsigned char>(word[i]);
    out[i] = byte < Table::kAsciiEnd ? table.lower[byte] : word[i];
  }
  size_ += word.size();
  AddWord(size_ - word.size(), WordHash({out, word.size()}));
}

}  // namespace garner::boilerplate_stripper
