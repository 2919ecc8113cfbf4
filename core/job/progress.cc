#include "core/job/progress.h"

#include <fmt/format.h>

#include <algorithm>

namespace garner {
namespace {

std::string Duration(uint64_t seconds) {
  if (seconds < 3600) return fmt::format("{}:{:02}", seconds / 60, seconds % 60);
  return fmt::format("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

}  // namespace

std::string ProgressText(const JobReport& report, std::chrono::nanoseconds elapsed) {
  // The first documents come at once: a rate over no time says nothing.
  const double seconds = std::max(std::chrono::duration<double>(elapsed).count(), 1e-3);
  const double rate = static_cast<double>(report.read - report.resumed) / seconds;
  std::string text = std::to_string(report.read);
  if (report.total) text += fmt::format(" of {}", *report.total);
  text += fmt::format(" documents, {:.1f} MB, {:.{}f}/s, {} failed, {} dropped", static_cast<double>(report.bytes) / 1e6, rate, rate < 10 ? 1 : 0, report.failed, report.dropped);
  if (report.read > report.resumed && report.total && *report.total > report.read)
    text += fmt::format(", {} left", Duration(static_cast<uint64_t>(static_cast<double>(*report.total - report.read) / rate + 0.5)));
  return text;
}

}  // namespace garner
