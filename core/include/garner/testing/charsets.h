// Charset conversion by ICU, independent of the code under test.
//
//   made.payload = Encode("Über den Fluß", "windows-1252");
#pragma once

#include <string>
#include <string_view>

namespace garner::testing {

// The bytes of `charset` as UTF-8.
std::string Transcode(std::string_view bytes, const std::string& charset);

// UTF-8 `text` in the bytes of `charset`; empty where it cannot be converted.
std::string Encode(std::string_view text, const std::string& charset);

}  // namespace garner::testing
