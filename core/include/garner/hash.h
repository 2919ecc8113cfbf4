// SHA-256, for ids, revisions and pins. Pure function.
#pragma once

#include <string>
#include <string_view>

namespace garner {

// Lower-case hexadecimal, 64 digits.
std::string Sha256Hex(std::string_view bytes);

}  // namespace garner
