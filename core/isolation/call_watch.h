// Names refused calls that no signal handler can see: whoever starts a program (system, popen, posix_spawn) blocks all signals meanwhile, and
// a refusal would end the process without a word. The filter reports such calls to a thread of the worker's own instead.
#pragma once

#include <cstdint>

namespace garner {

// The request to a listener that waits for the next call; the only one that the filter has to let through.
extern const uint64_t kReceiveRefusedCall;

// Starts the thread. The first call that `listener` reports is the process's last: it is named as a refused call (last_words.h) and the
// process ends; the call is never carried out. Returns 0, or an error number; then `listener` is closed, and such calls fail with ENOSYS. Call once,
// after InstallLastWords.
int WatchRefusedCalls(int listener);

}  // namespace garner
