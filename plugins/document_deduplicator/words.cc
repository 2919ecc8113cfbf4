#include "words.h"

#include <unicode/uchar.h>

#include <array>

#include "garner/utf8.h"

namespace garner::document_deduplicator {
namespace {

constexpr uint64_t kSeed = 0xCBF29CE484222325U;
constexpr uint64_t kPrime = 0x100000001B3U;

// Spreads what a hash differs in over all its bits.
constexpr uint64_t Mix(uint64_t value) {
  value = (value ^ (value >> 32)) * 0xD6E8FEB86659FD93U;
  value = (value ^ (value >> 32)) * 0xD6E8FEB86659FD93U;
  return value ^ (value >> 32);
}

constexpr std::array<bool, 128> kAsciiWord = [] {
  std::array<bool, 128> is_word{};
  for (char c = '0'; c <= '9'; ++c) is_word[static_cast<size_t>(c)] = true;
  for (char c = 'a'; c <= 'z'; ++c) is_word[static_cast<size_t>(c)] = is_word[static_cast<size_t>(c - 'a' + 'A')] = true;
  return is_word;
}();

// Beyond ASCII.
bool IsWord(char32_t value) {
  return (U_GET_GC_MASK(static_cast<UChar32>(value)) & (U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK)) != 0;
}

// Of scripts without spaces between words.
bool IsWordByItself(char32_t value) {
  if (value < 0x0E00) return false;
  return value <= 0x0EFF ||                                                               // Thai, Lao
         (value >= 0x1000 && value <= 0x109F) || (value >= 0x1780 && value <= 0x17FF) ||  // Burmese, Khmer
         (value >= 0x3040 && value <= 0x30FF) || (value >= 0x3400 && value <= 0x9FFF) ||  // kana, Han
         (value >= 0xF900 && value <= 0xFAFF) || (value >= 0x20000 && value <= 0x3FFFF);
}

bool IsMark(char32_t value) { return (U_GET_GC_MASK(static_cast<UChar32>(value)) & U_GC_M_MASK) != 0; }

class WordReader {
 public:
  explicit WordReader(std::vector<uint32_t>& words) : words_(words) {}

  // Most texts, and most of the others' characters between words.
  void TakeAscii(unsigned char value) {
    if (!kAsciiWord[value]) return End();
    if (alone_) End();
    Add(value);
  }

  void Take(char32_t value) {
    if (!IsWord(value)) return End();
    // Its marks stay with a letter that is a word by itself; nothing else does.
    const bool mark = IsMark(value);
    const bool alone = !mark && IsWordByItself(value);
    if (!mark && (alone || alone_)) End();
    alone_ = alone_ || alone;
    Add(value);
  }

  void End() {
    if (open_) words_.push_back(static_cast<uint32_t>(Mix(hash_)));
    hash_ = kSeed;
    open_ = alone_ = false;
  }

 private:
  void Add(char32_t value) {
    hash_ = (hash_ ^ value) * kPrime;
    open_ = true;
  }

  std::vector<uint32_t>& words_;
  uint64_t hash_ = kSeed;
  bool open_ = false;
  bool alone_ = false;  // the open word is a letter that is a word by itself
};

}  // namespace

void AppendWords(std::string_view folded, std::vector<uint32_t>& words) {
  WordReader reader(words);
  for (size_t at = 0; at < folded.size();) {
    const auto first = static_cast<unsigned char>(folded[at]);
    if (first < 0x80) {
      reader.TakeAscii(first);
      ++at;
      continue;
    }
    const CodePoint cp = NextCodePoint(folded, at);
    at += cp.size;
    reader.Take(cp.value);
  }
  reader.End();
}

void AppendShingles(const std::vector<uint32_t>& words, std::vector<uint32_t>& shingles) {
  for (size_t first = 0; first + kShingleWords <= words.size(); ++first) {
    uint64_t hash = kSeed;
    for (size_t i = 0; i < kShingleWords; ++i) hash = (hash ^ words[first + i]) * 0x9E3779B97F4A7C15U + (hash >> 29);
    shingles.push_back(static_cast<uint32_t>(Mix(hash)));
  }
}

}  // namespace garner::document_deduplicator
