// What the bytes of a payload say about their charset. decode_text.cc puts these together in the order that garner/decoded_text.h
// gives. Charsets are named canonically (charset_names.h). Linear time. Pure functions, safe from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace garner {

struct ByteOrderMark {
  std::string charset;
  size_t size = 0;
};

std::optional<ByteOrderMark> FindByteOrderMark(std::string_view payload);

// UTF-16 or UTF-32 without a byte order mark, by where the zero bytes stand; empty where the bytes are something else.
std::string WideCharsetByNulls(std::string_view payload);

// "ISO-2022-JP" and its kin where ASCII bytes contain the escape sequences that switch to it; else empty.
std::string CharsetByEscapes(std::string_view payload);

// True for UTF-8 with a few errors in it: a cut character, a stretch pasted from elsewhere. Legacy text forms well-formed UTF-8
// sequences only by chance.
bool IsNearlyUtf8(std::string_view payload);

struct Guess {
  std::string charset;  // empty: nothing could be named
  std::string evidence; // "uchardet" or "icu"
};

// By the frequencies of characters, for payloads that are not valid UTF-8.
Guess GuessCharset(std::string_view payload);

}  // namespace garner
