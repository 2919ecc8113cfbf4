// The shape of a block's text: what it is made of, counted in one pass.
//
//   const TextShape shape = ReadShape("Read more » 12 comments");   // shape.words == 5, shape.marks == 1
//
// Pure; reads at most kMaxShapeBytes of a block.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace garner::boilerplate_stripper {

// Enough to see what a long block is made of.
inline constexpr size_t kMaxShapeBytes = 2048;

struct TextShape {
  uint32_t bytes = 0;  // of the whole block
  // Of what was read:
  uint32_t characters = 0;
  uint32_t letters = 0;
  uint32_t capitals = 0;
  uint32_t digits = 0;
  uint32_t punctuation = 0;
  uint32_t commas = 0;
  uint32_t stops = 0;           // . ! ? and their like before a space
  uint32_t marks = 0;           // | » › → • · / : signs that separate entries
  uint32_t words = 0;           // between white space, with a letter or digit
  uint32_t capital_words = 0;   // begin with a capital
  uint32_t lower_words = 0;     // begin with a small letter
  uint32_t short_words = 0;     // of these, three letters at most: articles and prepositions in most languages
  uint32_t number_words = 0;    // begin with a digit
  bool at_sign = false;         // an address
  bool link = false;            // http, www.
  bool currency = false;
  bool copyright = false;
  bool quote = false;
  enum class First : uint8_t { kOther, kCapital, kSmall, kDigit, kMark } first = First::kOther;
  enum class Last : uint8_t { kLetter, kDigit, kStop, kQuestion, kColon, kComma, kEllipsis, kMark } last = Last::kMark;
};

TextShape ReadShape(std::string_view text);

}  // namespace garner::boilerplate_stripper
