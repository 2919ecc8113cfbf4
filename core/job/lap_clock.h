// A stopwatch for work in a row: one look at the clock ends one piece and begins the next. A look costs some 25 ns.
//
//   LapClock lap;
//   First();
//   const std::chrono::nanoseconds first = lap.Take();
//   Second();
//   const std::chrono::nanoseconds second = lap.Take();
#pragma once

#include <chrono>
#include <utility>

namespace garner {

class LapClock {
 public:
  using Clock = std::chrono::steady_clock;

  // The time since the last Take, or since the beginning.
  std::chrono::nanoseconds Take() {
    const Clock::time_point now = Clock::now();
    return now - std::exchange(last_, now);
  }
  Clock::time_point last() const { return last_; }

 private:
  Clock::time_point last_ = Clock::now();
};

}  // namespace garner
