// How far a job is, in one line, every so often.
//
//   Progress progress({.every = std::chrono::seconds(10), .first = std::chrono::seconds(10)}, LogIt);
//   options.on_progress = [&](const JobReport& report) { progress.Update(report); };
//
// It has no thread of its own: a line comes with an outcome, once the time for it has come. One thread at a time.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "core/job/run_job.h"

namespace garner {

using SteadyTime = std::chrono::steady_clock::time_point;
// Tests put their own in.
using SteadyClock = std::function<SteadyTime()>;

// "1200 of 5000 documents, 12.3 MB, 410/s, 3 failed, 2 dropped, 0:09 left"; without the total and the rest where the source cannot tell.
std::string ProgressText(const JobReport& report, std::chrono::nanoseconds elapsed);

struct Pace {
  std::chrono::nanoseconds every{0};
  // From the beginning to the first time.
  std::chrono::nanoseconds first{0};
};

// Says when it is time for something that is due every so often.
class Ticker {
 public:
  Ticker(const Pace& pace, SteadyTime now) : every_(pace.every), next_(now + pace.first) {}

  // True at most once in `every`.
  bool Due(SteadyTime now) {
    if (now < next_) return false;
    next_ = now + every_;
    return true;
  }

 private:
  std::chrono::nanoseconds every_;
  SteadyTime next_;
};

class Progress {
 public:
  using Show = std::function<void(const std::string& line)>;

  Progress(const Pace& pace, Show show, SteadyClock clock = std::chrono::steady_clock::now)
      : clock_(std::move(clock)), show_(std::move(show)), begun_(clock_()), ticker_(pace, begun_) {}

  void Update(const JobReport& report) {
    const SteadyTime now = clock_();
    if (ticker_.Due(now)) show_(ProgressText(report, now - begun_));
  }

 private:
  SteadyClock clock_;
  Show show_;
  SteadyTime begun_;
  Ticker ticker_;
};

}  // namespace garner
