// Dates as people and programs write them, as ISO 8601. Pure functions, safe from any thread.
#pragma once

#include <string>
#include <string_view>

namespace garner {

// ISO 8601 with the precision that the text states: "2025", "2025-09", "2025-09-04", "2025-09-04T10:00:00+02:00". Reads ISO 8601
// and its common deviations, RFC 2822, "September 4, 2025", "4 September 2025", "2025/09/04" and "04.09.2025". Empty for what
// is no date, cannot be one, or can be read in two ways (04/09/2025).
std::string NormalizeDate(std::string_view text);

// The date in the path of an address (/2025/09/04/), or empty.
std::string DateInUrl(std::string_view url);

}  // namespace garner
