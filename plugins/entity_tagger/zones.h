// The abbreviations of time zones that stand behind a time.
#pragma once

#include <optional>
#include <string_view>

namespace garner::entity_tagger {

// The offset from UTC as ISO 8601 writes it ("Z", "-04:00"); empty where the name stands for several ("ET", summer and winter).
// Nothing for any other word.
std::optional<std::string_view> ZoneOffset(std::string_view name);

}  // namespace garner::entity_tagger
