// A run report in Prometheus' text format, version 0.0.4: https://prometheus.io/docs/instrumenting/exposition_formats/
//
//   garner_documents_total{manifest="news",outcome="written"} 412
//
// Every sample has the label `manifest`, so that files of several jobs can be collected from one folder. Pure.
#pragma once

#include <string>
#include <string_view>

#include "garner/v1/report.pb.h"

namespace garner {

// What each file begins with.
inline constexpr std::string_view kMetricsStart = "# HELP garner_";

std::string MetricsText(const v1::RunReport& report);

// A label's value between its quotes: backslash, quote and line break escaped.
std::string EscapeLabelValue(std::string_view value);

}  // namespace garner
