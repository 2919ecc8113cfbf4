#include "core/job/job_log.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdio>
#include <memory>
#include <mutex>
#include <string>

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

struct Log {
  std::mutex mutex;
  std::shared_ptr<spdlog::logger> logger = spdlog::stderr_logger_mt("garner");
  LogFormat format = LogFormat::kText;
  std::string status_line;
};

Log& TheLog() {
  static Log log;
  return log;
}

void Draw(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

constexpr char kEraseLine[] = "\r\x1b[K";

}  // namespace

void InitLog(LogLevel lowest, bool colour, LogFormat format) {
  Log& log = TheLog();
  log.format = format;
  const bool text = format == LogFormat::kText;
  if (colour && text) {
    spdlog::drop("garner");
    log.logger = spdlog::stderr_color_mt("garner");
  }
  log.logger->set_pattern(text ? "%H:%M:%S %^%-7l%$ %v" : "%v");
  log.logger->set_level(ToSpdlog(lowest));
}

void LogEvent(const LogRecord& record) {
  Log& log = TheLog();
  if (!log.logger->should_log(ToSpdlog(record.level))) return;
  const std::string line = log.format == LogFormat::kText ? ToText(record) : ToJson(record, std::chrono::system_clock::now());
  const std::lock_guard<std::mutex> lock(log.mutex);
  if (!log.status_line.empty()) Draw(kEraseLine);
  log.logger->log(ToSpdlog(record.level), line);
  if (!log.status_line.empty()) Draw(log.status_line);
}

void ShowStatusLine(std::string_view line) {
  Log& log = TheLog();
  const std::lock_guard<std::mutex> lock(log.mutex);
  if (line.empty() && log.status_line.empty()) return;
  log.status_line = line;
  Draw(kEraseLine + log.status_line);
}

}  // namespace garner
