#include "feature_sinks.h"

#include <array>
#include <cmath>

namespace garner::boilerplate_stripper {
namespace {

class SmallLogs {
 public:
  static constexpr size_t kSize = 1024;
  SmallLogs() {
    for (size_t i = 0; i < kSize; ++i) logs_[i] = static_cast<float>(std::log2(1.0 + static_cast<double>(i)));
  }
  float operator[](size_t i) const { return logs_[i]; }

 private:
  std::array<float, kSize> logs_{};
};

}  // namespace

float Log(uint64_t value) {
  static const SmallLogs logs;
  return value < SmallLogs::kSize ? logs[value] : static_cast<float>(std::log2(1.0 + static_cast<double>(value)));
}

}  // namespace garner::boilerplate_stripper
