#include "core/job/job_log.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>

namespace garner {
namespace {

spdlog::level::level_enum ToSpdlog(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug: return spdlog::level::debug;
    case LogLevel::kInfo: return spdlog::level::info;
    case LogLevel::kWarning: return spdlog::level::warn;
    case LogLevel::kError: return spdlog::level::err;
  }
  return spdlog::level::err;
}

std::shared_ptr<spdlog::logger>& Logger() {
  static std::shared_ptr<spdlog::logger> logger = spdlog::stderr_logger_mt("garner");
  return logger;
}

}  // namespace

void InitLog(LogLevel lowest, bool colour) {
  if (colour) {
    spdlog::drop("garner");
    Logger() = spdlog::stderr_color_mt("garner");
  }
  Logger()->set_pattern("%H:%M:%S %^%-7l%$ %v");
  Logger()->set_level(ToSpdlog(lowest));
}

void LogLine(LogLevel level, std::string_view line) { Logger()->log(ToSpdlog(level), line); }

}  // namespace garner
