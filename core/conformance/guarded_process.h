// A program that may crash, hang or print whatever it likes: runs it to its end or to a deadline, and takes all of its group with it.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "garner/status.h"

namespace garner {

struct ProcessEnding {
  int signal = 0;        // that it died of, or 0
  int exit_status = 0;
  bool too_late = false;  // killed at the deadline
};

// Standard input and output lead nowhere, standard error to the file `error_path`. Fails where it cannot be started.
Result<ProcessEnding> RunGuarded(const std::string& program, const std::vector<std::string>& arguments, const std::string& error_path,
                                 std::chrono::milliseconds time);

}  // namespace garner
