#include "core/isolation/waiting_place.h"

namespace garner {
namespace {

constexpr pid_t kThisThread = 0;

}  // namespace

int CurrentProcessor() { return sched_getcpu(); }

WaitingPlace::WaitingPlace(int processor) {
  if (processor < 0 || processor >= CPU_SETSIZE) return;
  CPU_ZERO(&before_);
  if (sched_getaffinity(kThisThread, sizeof before_, &before_) != 0 || !CPU_ISSET(processor, &before_)) return;
  cpu_set_t place;
  CPU_ZERO(&place);
  CPU_SET(processor, &place);
  held_ = sched_setaffinity(kThisThread, sizeof place, &place) == 0;
}

WaitingPlace::~WaitingPlace() {
  if (held_) (void)sched_setaffinity(kThisThread, sizeof before_, &before_);
}

}  // namespace garner
