// What a character reference of a page stands for, found without the code of the html decoder: names by Python's table, numbers by
// arithmetic, the range of C1 by ICU's windows-1252. For checks of the decoder.
//
//   ReferenceText("&eacute;") == "é";   ReferenceText("&#146;") == "’";   ReferenceText("&copy") == "©";   !ReferenceText("&; ")
//
// Pure function, safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace garner::pages {

// Nothing where `bytes` are not exactly one reference.
std::optional<std::string> ReferenceText(std::string_view bytes);

}  // namespace garner::pages
