// How much a message will cost in memory, without reading it whole.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace garner::garner_document {

// Messages at the top level of a serialised garner.v1.Document, and its source map's bytes by sixteens; nullopt for what is no message. Linear time.
std::optional<uint64_t> CountEntries(std::string_view message);

}  // namespace garner::garner_document
