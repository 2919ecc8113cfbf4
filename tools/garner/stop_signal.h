// Ctrl-C and a polite kill as a flag that a job looks at.
#pragma once

#include <atomic>

namespace garner {

// From now on the first SIGINT or SIGTERM sets the flag and says so on standard error; a second one ends the process at once,
// which loses no result: until a job has finished, its output has no name. Signals that were ignored before (nohup, a shell's
// background job) stay ignored. `say`: false keeps the words back. Call from the main thread, once.
const std::atomic<bool>* StopOnSignals(bool say = true);

}  // namespace garner
