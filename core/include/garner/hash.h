// SHA-256, for ids, revisions and pins; a fast 64-bit hash for tables in memory. Pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace garner {

// Lower-case hexadecimal, 64 digits.
std::string Sha256Hex(std::string_view bytes);

// XXH3: the same value on every machine. Not safe against somebody who looks for collisions: where two equal values would cost more than a
// wrong guess, compare the bytes too.
uint64_t Hash64(std::string_view bytes);
// Another value for each seed; for 0 the one above.
uint64_t Hash64(std::string_view bytes, uint64_t seed);

}  // namespace garner
