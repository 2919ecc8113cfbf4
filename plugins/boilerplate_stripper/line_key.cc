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

// What ICU says of the scripts of one and two bytes a character, and the folding of ASCII.
class Table {
 public:
  static constexpr char32_t kEnd = 0x800;

  Table() {
    for (char32_t c = 0; c < kEnd; ++c) sorts_[c] = SortOf(c);
    for (size_t c = 0; c < 128; ++c) lower_[c] = static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    marks_[':'] = kColon;
    for (const char c : {'%', '{', '[', '<', '_', '$', '#'}) marks_[static_cast<size_t>(c)] = kTemplateMark;
  }

  Sort sort(char32_t c) const { return c < kEnd ? sorts_[c] : SortOf(c); }
  char lower(unsigned char ascii) const { return lower_[ascii]; }
  uint8_t mark(unsigned char ascii) const { return marks_[ascii]; }

 private:
  std::array<Sort, kEnd> sorts_{};
  std::array<char, 128> lower_{};
  std::array<uint8_t, 128> marks_{};
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

void LineKey::Split(std::string_view folded) {
  static const uint64_t number_hash = WordHash("#");
  const Table& table = TheTable();
  // A letter behind a digit begins a word, so a byte may need a space too.
  if (joined_.size() < 2 * folded.size() + 1) joined_.resize(2 * folded.size() + 1);
  char* const out = joined_.data();
  bool in_word = false;
  size_t word = 0;
  bool after_number = false;
  for (size_t at = 0; at < folded.size();) {
    const CodePoint cp = NextCodePoint(folded, at);
    const Sort sort = table.sort(cp.value);
    const size_t begin = at;
    at += cp.size;
    if (sort == Sort::kNone || (sort == Sort::kDigit && !in_word)) {
      if (in_word) AddWord(word, WordHash({out + word, size_ - word}));
      in_word = false;
      if (cp.size == 1) marks_ |= table.mark(static_cast<unsigned char>(cp.value));
      if (sort == Sort::kNone || after_number) continue;
      if (size_ > 0) out[size_++] = ' ';
      out[size_++] = '#';
      AddWord(size_ - 1, number_hash);
      after_number = has_number_ = true;
      continue;
    }
    if (!in_word) {
      if (size_ > 0) out[size_++] = ' ';
      word = size_;
      in_word = true;
      after_number = false;
    }
    if (cp.size == 1) {
      out[size_++] = table.lower(static_cast<unsigned char>(cp.value));
    } else {
      for (size_t i = begin; i < at; ++i) out[size_++] = folded[i];
    }
  }
  if (in_word) AddWord(word, WordHash({out + word, size_ - word}));
}

}  // namespace garner::boilerplate_stripper
