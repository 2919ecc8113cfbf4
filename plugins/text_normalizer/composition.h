// The composed form (NFC) of a stretch.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace garner::text_normalizer {

// The end of the stretch that has to be composed together with the character that ends at `at`: the next character that joins nothing
// before it begins there.
size_t EndOfComposition(std::string_view text, size_t at);

// NFC. Pure function.
std::string Compose(std::string_view text);

}  // namespace garner::text_normalizer
