// The host's log, on standard error, and the line below it that says how far a job is. The only place that knows the logging library.
// Safe from any thread.
#pragma once

#include <string_view>

#include "core/job/log_record.h"

namespace garner {

enum class LogFormat { kText, kJson };

// Call once, before the first line. `colour`: for terminals, and in text only.
void InitLog(LogLevel lowest, bool colour, LogFormat format = LogFormat::kText);

void LogEvent(const LogRecord& record);
// One that is about no stage and no document.
inline void LogLine(LogLevel level, std::string_view message) { LogEvent({level, {}, {}, message}); }

// For terminals: a line that stays below the log and takes the place of the one before. Empty: none any more.
void ShowStatusLine(std::string_view line);

}  // namespace garner
