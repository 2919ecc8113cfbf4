// Eight bytes of a text at a time: sieves for loops that look at every byte for what few bytes are.
//
//   while (at + sizeof(ByteWord) <= text.size() && !MayHold(LoadBytes(text, at), '"')) at += sizeof(ByteWord);
//
// A "may" is never wrong in saying no; after a yes the bytes are to be asked one by one. The order of the bytes in a word matters to
// none of these. Pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace garner {

using ByteWord = uint64_t;
inline constexpr ByteWord kByteOnes = 0x0101010101010101U;
inline constexpr ByteWord kByteHighBits = 0x8080808080808080U;

// At least eight bytes stand at `at`.
inline ByteWord LoadBytes(std::string_view text, size_t at) {
  ByteWord word = 0;
  std::memcpy(&word, text.data() + at, sizeof word);
  return word;
}

constexpr bool IsAscii(ByteWord word) { return (word & kByteHighBits) == 0; }

// The high bits of the bytes that are `byte`, and perhaps of some others where there is one.
constexpr ByteWord MarkBytes(ByteWord word, unsigned char byte) {
  const ByteWord zero_where_equal = word ^ (kByteOnes * byte);
  return (zero_where_equal - kByteOnes) & ~zero_where_equal & kByteHighBits;
}
constexpr bool MayHold(ByteWord word, unsigned char byte) { return MarkBytes(word, byte) != 0; }

// Some byte is less than `limit`, which is 0x80 at most.
constexpr bool MayHoldBelow(ByteWord word, unsigned char limit) { return ((word - kByteOnes * limit) & ~word & kByteHighBits) != 0; }

}  // namespace garner
