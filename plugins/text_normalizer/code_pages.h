// The charsets in which UTF-8 is read by mistake: which byte each character stands for.
//
// Pure functions, safe from any thread.
#pragma once

#include <cstdint>

namespace garner::text_normalizer {

enum class CodePage {
  kWestern,   // windows-1252, and Latin-1 where that has no character: programs mix them
  kCyrillic,  // windows-1251
};

// The byte from 0x80 on that the code page writes as this character; 0 where there is none.
uint8_t ByteOf(CodePage page, char32_t value);

// True where one of the code pages writes a UTF-8 continuation byte (0x80 to 0xBF) so.
bool IsTail(char32_t value);

}  // namespace garner::text_normalizer
