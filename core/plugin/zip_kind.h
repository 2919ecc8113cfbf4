// Many formats are ZIP files inside: office documents, books, programs. Which one, the names of the first members tell.
#pragma once

#include <string>
#include <string_view>

namespace garner {

// The media type; application/zip for what is an archive and nothing else. `head`: the beginning of the file, with a local header at its start.
// Pure function.
std::string ZipKind(std::string_view head);

}  // namespace garner
