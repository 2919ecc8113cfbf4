// The conformance kit: runs all checks of a plugin, each in a process of its own, so that a crash is a finding and not the end.
//
//   Result<KitReport> report = RunKit({.plugin = "build/shout_counter.so", .cases = "shout_counter/cases"}, {}, [](const CheckReport&) {});
//
// The processes are this program: it must answer `PROGRAM check-plugin` with RunCheck (run_check.h). Fails where the plugin, the cases or the
// options are refused before any check. One thread.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/conformance/checks.h"

namespace garner {

struct CheckReport {
  const Check* check = nullptr;
  Verdict verdict;
  double seconds = 0;
  // For a failure by an input: the file that it was saved to, a case; empty for none.
  std::string saved;
};

struct KitReport {
  PluginFile plugin;
  std::vector<CheckReport> checks;

  bool passed() const;
};

struct KitChoice {
  // Names of checks; empty: all. What they rest on is not run with them.
  std::vector<std::string> only;
  // Where inputs that break the plugin go; empty: a new folder for temporary files, where there is such an input.
  std::string save;
};

// `heard` is told of each check as soon as it is done.
Result<KitReport> RunKit(const KitSettings& settings, const KitChoice& choice, const std::function<void(const CheckReport&)>& heard);

}  // namespace garner
