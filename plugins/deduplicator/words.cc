#include "words.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <bitset>
#include <cstring>

#include "garner/byte_words.h"
#include "garner/utf8.h"

namespace garner::deduplicator {
namespace {

constexpr uint64_t kSeed = 0xCBF29CE484222325U;
constexpr uint64_t kMultiplier = 0x9E3779B97F4A7C15U;

uint64_t Mix(uint64_t hash, uint64_t bytes) {
  hash = (hash ^ bytes) * kMultiplier;
  return hash ^ (hash >> 32);
}

// Up to eight bytes; different ones of the same number never give the same.
uint64_t LoadFew(std::string_view bytes) {
  const size_t size = bytes.size();
  if (size >= sizeof(uint32_t)) {
    uint32_t first = 0;
    uint32_t last = 0;
    std::memcpy(&first, bytes.data(), sizeof first);
    std::memcpy(&last, bytes.data() + size - sizeof last, sizeof last);
    return first | uint64_t{last} << 32;
  }
  const auto byte = [&](size_t i) { return uint64_t{static_cast<unsigned char>(bytes[i])}; };
  return size == 0 ? 0 : byte(0) | byte(size / 2) << 8 | byte(size - 1) << 16;
}

// Of a word: most have eight bytes at most.
uint64_t Hash(std::string_view bytes) {
  uint64_t hash = kSeed ^ bytes.size();
  for (; bytes.size() > sizeof(uint64_t); bytes.remove_prefix(sizeof(uint64_t))) hash = Mix(hash, LoadBytes(bytes, 0));
  return Mix(hash, LoadFew(bytes));
}

// Scripts without spaces between words.
bool IsWordByItself(char32_t value) {
  return (value >= 0x3040 && value <= 0x30FF) || (value >= 0x3400 && value <= 0x9FFF) || (value >= 0xF900 && value <= 0xFAFF) ||
         (value >= 0x20000 && value <= 0x3FFFF);
}

// Small letters and digits, and capitals in texts that are not folded.
constexpr std::array<bool, 256> kAsciiWord = [] {
  std::array<bool, 256> is_word{};
  for (char c = '0'; c <= '9'; ++c) is_word[static_cast<size_t>(c)] = true;
  for (char c = 'a'; c <= 'z'; ++c) is_word[static_cast<size_t>(c)] = is_word[static_cast<size_t>(c - 'a' + 'A')] = true;
  return is_word;
}();

bool IsAsciiWord(char c) { return kAsciiWord[static_cast<unsigned char>(c)]; }

bool IsWordProperty(char32_t value) {
  const auto c = static_cast<UChar32>(value);
  if (value < 0x80) return IsAsciiWord(static_cast<char>(value));
  return u_isalnum(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
}

// ICU's answer for every character of the alphabets, asked once.
class WordCharacters {
 public:
  WordCharacters() {
    for (char32_t value = 0; value < kEnd; ++value) set_[value] = IsWordProperty(value);
  }
  bool Has(char32_t value) const { return value < kEnd ? set_[value] : IsWordProperty(value); }

 private:
  static constexpr char32_t kEnd = 0x3000;
  std::bitset<kEnd> set_;
};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// The minus of a number stands behind nothing or a space.
bool IsAsciiSign(std::string_view text, size_t at) {
  switch (text[at]) {
    case '$':
    case '%':
    case '+':
    case '<':
    case '=':
    case '>':
      return true;
    case '-':
      return at + 1 < text.size() && IsDigit(text[at + 1]) && (at == 0 || text[at - 1] == ' ');
    default:
      return false;
  }
}

bool IsWideSign(char32_t value) {
  if (value == 0xB0) return true;
  const uint32_t category = U_GET_GC_MASK(static_cast<UChar32>(value));
  return (category & (U_GC_SC_MASK | U_GC_SM_MASK)) != 0;
}

const WordCharacters& Characters() {
  static const WordCharacters characters;
  return characters;
}

struct Word {
  std::string_view text;
  bool starts_sentence = false;
};

bool StartsSentenceAfter(char32_t value) { return IsOneOf(value, U".!?:\u2026\u201C\u201E\"\u00AB"); }

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
    if (!Characters().Has(cp.value)) {
      flush(at);
      sentence = sentence || StartsSentenceAfter(cp.value);
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

}  // namespace

uint64_t AppendWords(std::string_view folded, std::vector<uint64_t>& words) {
  const WordCharacters& characters = Characters();
  const size_t before = words.size();
  uint64_t signs = 0;
  size_t word = 0;  // where the one that we are in begins
  const auto end_word = [&](size_t at) {
    if (at > word) words.push_back(Hash(folded.substr(word, at - word)));
  };
  const auto add_sign = [&](char32_t value) { signs = HashPair(signs + words.size() - before, value); };
  for (size_t at = 0;;) {
    // Most characters by far are of this kind.
    while (at < folded.size() && IsAsciiWord(folded[at])) ++at;
    if (at == folded.size()) break;
    if (const char c = folded[at]; static_cast<unsigned char>(c) < 0x80) {
      end_word(at);
      if (c != ' ' && IsAsciiSign(folded, at)) add_sign(static_cast<char32_t>(c));
      word = ++at;
      continue;
    }
    const CodePoint cp = NextWideCodePoint(folded, at);
    const size_t next = at + cp.size;
    if (!characters.Has(cp.value)) {
      end_word(at);
      word = next;
      if (IsWideSign(cp.value)) add_sign(cp.value);
    } else if (IsWordByItself(cp.value)) {
      end_word(at);
      word = at;
      end_word(next);
      word = next;
    }
    at = next;
  }
  end_word(folded.size());
  return signs;
}

std::vector<uint64_t> HashWords(std::string_view text) {
  std::vector<uint64_t> hashes;
  AppendWords(FoldForComparison(text), hashes);
  return hashes;
}

std::vector<uint64_t> WordPairs(const uint64_t* words, size_t count) {
  std::vector<uint64_t> pairs;
  pairs.reserve(count);
  for (size_t i = 1; i < count; ++i) pairs.push_back(HashPair(words[i - 1], words[i]));
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

bool HasSignThatLacks(std::string_view text, std::string_view in) {
  for (size_t at = 0; at < text.size();) {
    const CodePoint cp = NextCodePoint(text, at);
    const bool sign = cp.value < 0x80 ? IsAsciiSign(text, at) : IsWideSign(cp.value);
    if (sign && in.find(text.substr(at, cp.size)) == std::string_view::npos) return true;
    at += cp.size;
  }
  return false;
}

bool IsNegation(uint64_t word) {
  static const std::vector<uint64_t> negations = [] {
    std::vector<uint64_t> hashes;
    for (const std::string_view text :
         {"not",    "no",   "never",   "nor",    "without", "cannot", "t",      "nicht", "nie",     "niemals",
          "ohne",   "kein", "keine",   "keinen", "keinem",  "keiner", "keines", "ne",    "n",       "pas",
          "jamais", "sans", "aucun",   "aucune", "non",     "nunca",  "sin",    "ni",    "tampoco", "не",
          "нет",    "ни",   "никогда", "без",    "емес",    "жоқ",    "ешқашан"})
      hashes.push_back(Hash(text));
    std::sort(hashes.begin(), hashes.end());
    return hashes;
  }();
  return std::binary_search(negations.begin(), negations.end(), word);
}

std::vector<std::string> FoldedWords(std::string_view text) {
  const std::string folded = FoldForComparison(text);
  std::vector<std::string> words;
  for (const Word& word : SplitWords(folded)) words.emplace_back(word.text);
  return words;
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

char32_t LastCharacter(std::string_view text) {
  if (text.empty()) return 0;
  size_t last = text.size() - 1;
  while (last > 0 && !IsBoundary(text, last)) --last;
  return NextCodePoint(text, last).value;
}

bool IsOneOf(char32_t value, std::u32string_view set) { return value != 0 && set.find(value) != std::u32string_view::npos; }

bool EndsSentence(std::string_view text) {
  return IsOneOf(LastCharacter(text), U".!?\u2026\u3002\uFF01\uFF1F\u0964\u201D\u201C\u00BB\"");
}

bool BeginsWithQuotationMark(std::string_view text) {
  return !text.empty() && IsOneOf(NextCodePoint(text, 0).value, U"\u201C\u201E\u00AB\"");
}

bool BeginsWithSpeechMark(std::string_view text) {
  return BeginsWithQuotationMark(text) ||
         (!text.empty() && IsOneOf(NextCodePoint(text, 0).value, U"-\u2013\u2014\u2015\u2018\u2039"));
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
