#include "vocabulary.h"

#include <cstddef>

namespace garner::language {
namespace {

// "что", "und", "avec", "where".
constexpr size_t kMaxWordBytes = 6;
constexpr uint8_t kKnown = 2;

// What a byte counts as in a word: ASCII letters in small, others as they are. 0 between words.
constexpr std::array<unsigned char, 256> kWordByte = [] {
  std::array<unsigned char, 256> bytes{};
  for (size_t byte = 0; byte < bytes.size(); ++byte) {
    const bool letter = (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
    if (byte >= 0x80) bytes[byte] = static_cast<unsigned char>(byte);
    if (letter) bytes[byte] = static_cast<unsigned char>(byte | 0x20);
  }
  return bytes;
}();

// Calls take(hash) for short words, take(-1) for long ones.
template <typename Take>
void EachWord(std::string_view text, Take take) {
  const auto* at = reinterpret_cast<const unsigned char*>(text.data());
  const auto* const end = at + text.size();
  while (at != end) {
    if (kWordByte[*at] == 0) {
      ++at;
      continue;
    }
    // Only short words have a hash.
    uint32_t hash = 2166136261U;
    const auto* const longest = end - at > static_cast<std::ptrdiff_t>(kMaxWordBytes) ? at + kMaxWordBytes : end;
    for (; at != longest && kWordByte[*at] != 0; ++at) hash = (hash ^ kWordByte[*at]) * 16777619U;
    const bool is_long = at != end && kWordByte[*at] != 0;
    while (at != end && kWordByte[*at] != 0) ++at;
    take(is_long ? -1 : static_cast<int>((hash ^ (hash >> 12) ^ (hash >> 24)) & 4095U));
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
