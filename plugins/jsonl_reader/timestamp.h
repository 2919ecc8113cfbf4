// Dates and times as records write them.
#pragma once

#include <string>
#include <string_view>

namespace garner::jsonl_reader {

// ISO 8601 with what it says: "2024", "2024-05", "2024-05-06", "2024-05-06T09:30:15+02:00". Takes ISO 8601 and RFC 3339 with a space for the T;
// empty for anything else. Pure function.
std::string NormalizeTimestamp(std::string_view text);

}  // namespace garner::jsonl_reader
