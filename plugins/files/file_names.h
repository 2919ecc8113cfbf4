// Names of files as they may stand in uris and messages. Pure functions.
#pragma once

#include <string>
#include <string_view>

namespace garner::files {

// Valid UTF-8 without control characters: bytes that are not become %XX. Everything else stays, '%' included.
std::string PrintableName(std::string_view name);

}  // namespace garner::files
