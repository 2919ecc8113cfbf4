// Text from outside, made safe to print.
#pragma once

#include <string>
#include <string_view>

namespace garner {

// Controls, line breaks, bidirectional overrides and ill-formed bytes as \n, \x1b, \u{202e}: one line that a terminal or a log
// shows as it is. At most `max_bytes` of output, cut with "..." (0: no limit).
std::string EscapeForTerminal(std::string_view text, size_t max_bytes = 0);

}  // namespace garner
