#include "vocabulary.h"

#include <cstddef>

namespace garner::language {
namespace {

// "что", "und", "avec", "where".
constexpr size_t kMaxWordBytes = 6;
constexpr uint8_t kKnown = 2;

bool IsWordByte(unsigned char byte) { return byte >= 0x80 || static_cast<unsigned char>((byte | 0x20) - 'a') < 26; }

// Calls take(hash) for short words, take(-1) for long ones.
template <typename Take>
void EachWord(std::string_view text, Take take) {
  for (size_t at = 0; at < text.size();) {
    uint32_t hash = 2166136261U;
    const size_t begin = at;
    while (at < text.size() && IsWordByte(static_cast<unsigned char>(text[at]))) {
      const auto byte = static_cast<unsigned char>(text[at++]);
      hash = (hash ^ (byte < 0x80 ? byte | 0x20 : byte)) * 16777619U;
    }
    if (at == begin) {
      ++at;
    } else {
      take(at - begin <= kMaxWordBytes ? static_cast<int>((hash ^ (hash >> 12) ^ (hash >> 24)) & 4095U) : -1);
    }
  }
}

}  // namespace

void Vocabulary::Add(std::string_view text) {
  EachWord(text, [this](int hash) {
    if (hash >= 0 && counts_[static_cast<size_t>(hash)] < 255) ++counts_[static_cast<size_t>(hash)];
  });
}

double Vocabulary::ShareIn(std::string_view text) const {
  size_t words = 0;
  size_t known = 0;
  EachWord(text, [&](int hash) {
    ++words;
    known += hash >= 0 && counts_[static_cast<size_t>(hash)] >= kKnown;
  });
  return words == 0 ? 1.0 : static_cast<double>(known) / static_cast<double>(words);
}

}  // namespace garner::language
