#include "dehyphenation.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace garner::text_normalizer {
namespace {

// Shorter parts are prefixes and abbreviations.
constexpr size_t kMinPartBytes = 2;
constexpr size_t kMaxWordBytes = 60;

bool IsWordByte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || static_cast<unsigned char>((byte | 0x20) - 'a') < 26;
}

// A small letter begins here: ASCII, the Latin-1 supplement, Cyrillic; letters of other alphabets count as small.
bool BeginsSmall(std::string_view word) {
  const auto first = static_cast<unsigned char>(word[0]);
  const auto second = static_cast<unsigned char>(word.size() > 1 ? word[1] : 0);
  if (first < 0x80) return first >= 'a';
  if (first == 0xC3) return second >= 0x9F;
  if (first == 0xD0) return second >= 0xB0;
  return first != 0xC2 && first != 0xE2;
}

// What follows a prefix that is left hanging: "pre- and post-war", "Vor- und Nachteile".
constexpr std::string_view kJoining[] = {"and", "or", "to", "und", "oder", "bis", "sowie", "bzw",   "et",
                                         "ou",  "y",  "o",  "e",   "и",    "или", "және",  "немесе"};

bool IsJoining(std::string_view word) { return std::find(std::begin(kJoining), std::end(kJoining), word) != std::end(kJoining); }

uint64_t Hash(std::string_view word) {
  uint64_t hash = 14695981039346656037U;
  for (size_t i = 0; i < word.size(); ++i) {
    const auto byte = static_cast<unsigned char>(word[i]);
    hash = (hash ^ (i == 0 && byte < 0x80 ? byte | 0x20U : byte)) * 1099511628211U;
  }
  return hash;
}

size_t WordEnd(std::string_view text, size_t at) {
  while (at < text.size() && IsWordByte(text[at])) ++at;
  return at;
}

}  // namespace

WordSet::WordSet(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const size_t end = WordEnd(text, at);
    if (end > at && end - at <= kMaxWordBytes) hashes_.insert(Hash(text.substr(at, end - at)));
    at = end > at ? end : at + 1;
  }
}

bool WordSet::Contains(std::string_view word) const { return hashes_.count(Hash(word)) > 0; }

std::vector<Span> FindDividedWords(std::string_view block, const WordSet& words) {
  std::vector<Span> divided;
  for (size_t at = 0; at < block.size();) {
    const size_t end = WordEnd(block, at);
    if (end == at) {
      ++at;
      continue;
    }
    const size_t second = end + 2;
    if (second < block.size() && block[end] == '-' && block[end + 1] == ' ') {
      const size_t second_end = WordEnd(block, second);
      const bool long_enough = end - at >= kMinPartBytes && second_end - second >= kMinPartBytes && second_end - at <= kMaxWordBytes + 2;
      if (long_enough && BeginsSmall(block.substr(second)) && !IsJoining(block.substr(second, second_end - second))) {
        const std::string whole = std::string(block.substr(at, end - at)).append(block.substr(second, second_end - second));
        if (words.Contains(whole)) divided.push_back({end, second});
      }
    }
    at = end;
  }
  return divided;
}

}  // namespace garner::text_normalizer
