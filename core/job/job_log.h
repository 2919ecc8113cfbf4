// The host's log, on standard error. The only place that knows the logging library. Safe from any thread.
#pragma once

#include <string_view>

#include "garner/stage.h"

namespace garner {

// Call once, before the first line. `colour`: for terminals.
void InitLog(LogLevel lowest, bool colour);

// One line; what comes from outside is escaped by the caller (garner/escape.h).
void LogLine(LogLevel level, std::string_view line);

}  // namespace garner
