#include "core/job/log_record.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "garner/escape.h"

namespace garner {
namespace {

constexpr size_t kMaxDocument = 500;
constexpr size_t kMaxMessage = 2000;

std::string UtcTime(std::chrono::system_clock::time_point time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(time - seconds).count();
  return fmt::format("{:%FT%T}.{:03}Z", fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)), milliseconds);
}

}  // namespace

std::string_view LevelName(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug: return "debug";
    case LogLevel::kInfo: return "info";
    case LogLevel::kWarning: return "warning";
    case LogLevel::kError: return "error";
  }
  return "error";
}

std::string ToText(const LogRecord& record) {
  std::string line;
  if (!record.stage.empty()) line += EscapeForTerminal(record.stage) + ": ";
  if (!record.document.empty()) line += EscapeForTerminal(record.document, kMaxDocument) + ": ";
  return line + EscapeForTerminal(record.message, kMaxMessage);
}

std::string ToJson(const LogRecord& record, std::chrono::system_clock::time_point time) {
  nlohmann::ordered_json line;
  line["time"] = UtcTime(time);
  line["level"] = LevelName(record.level);
  if (!record.stage.empty()) line["stage"] = record.stage;
  if (!record.document.empty()) line["document"] = record.document;
  line["message"] = record.message;
  return line.dump(-1, ' ', true, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace garner
