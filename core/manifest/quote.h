// Text from outside, made fit for a message: control characters escaped, long values cut.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace garner {

// C0 and C1 controls and the marks that reorder text on a terminal come out as \xNN or \u{NNNN}, ill-formed bytes as U+FFFD.
std::string EscapeControls(std::string_view text);

// 'text', escaped; after 60 code points cut with "...".
std::string Quote(std::string_view text);

// "a, b, c"
std::string JoinNames(const std::vector<std::string>& names);

}  // namespace garner
