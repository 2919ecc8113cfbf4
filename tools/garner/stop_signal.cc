#include "tools/garner/stop_signal.h"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

namespace garner {
namespace {

std::atomic<bool> stop_requested{false};
std::atomic<bool> says_so{true};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may only touch what takes no lock");

// Only what is safe in a handler.
void OnSignal(int signal) {
  if (stop_requested.exchange(true)) std::_Exit(128 + signal);
  if (!says_so.load()) return;
  constexpr char kWords[] = "\ngarner: finishing the documents in flight; once more to end at once\n";
  const int before = errno;
  [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, kWords, sizeof kWords - 1);
  errno = before;
}

}  // namespace

const std::atomic<bool>* StopOnSignals(bool say) {
  says_so.store(say);
  struct sigaction action {};
  action.sa_handler = OnSignal;
  action.sa_flags = SA_RESTART;
  for (const int signal : {SIGINT, SIGTERM}) {
    struct sigaction before {};
    const bool ignored = sigaction(signal, nullptr, &before) == 0 && before.sa_handler == SIG_IGN;
    if (!ignored) sigaction(signal, &action, nullptr);
  }
  return &stop_requested;
}

}  // namespace garner
