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
  const uint64_t documents = report.read - report.children;
  const double rate = static_cast<double>(documents - std::min(report.resumed, documents)) / seconds;
  std::string text = std::to_string(documents);
  // Only items of the source are known beforehand.
  if (report.total && report.unpacked == 0) text += fmt::format(" of {}", *report.total);
  text += " documents";
  if (report.total && report.unpacked > 0) text += fmt::format(" from {} of {} items", report.items, *report.total);
  if (report.children > 0) text += fmt::format(", {} inside them", report.children);
  text += fmt::format(", {:.1f} MB, {:.{}f}/s, {} failed, {} dropped", static_cast<double>(report.bytes) / 1e6, rate, rate < 10 ? 1 : 0, report.failed, report.dropped);
  const uint64_t done = report.items - std::min(report.resumed_items, report.items);
  if (done > 0 && report.total && *report.total > report.items)
    text += fmt::format(", {} left", Duration(static_cast<uint64_t>(static_cast<double>(*report.total - report.items) * seconds / static_cast<double>(done) + 0.5)));
  return text;
}

}  // namespace garner
