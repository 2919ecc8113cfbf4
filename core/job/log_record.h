// A line of the log, and how it is written. Pure.
//
//   ToJson({LogLevel::kWarning, "html", "input/a.html", "a tag without an end"}, now)
//   {"time":"2026-03-01T09:30:00.250Z","level":"warning","stage":"html","document":"input/a.html","message":"a tag without an end"}
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "garner/stage.h"

namespace garner {

struct LogRecord {
  LogLevel level = LogLevel::kInfo;
  // Empty where the line is about no stage, or about no document.
  std::string_view stage;
  std::string_view document;  // its uri
  std::string_view message;
};

// "debug", "info", "warning", "error"
std::string_view LevelName(LogLevel level);

// "html: input/a.html: a tag without an end": one line that is safe on a terminal, its parts cut where they are very long.
std::string ToText(const LogRecord& record);

// An object in one line of ASCII: everything else is escaped, ill-formed bytes become U+FFFD. Keys that are empty are left out.
std::string ToJson(const LogRecord& record, std::chrono::system_clock::time_point time);

}  // namespace garner
