// The worker's side: the process in which isolated stages run. See garner/v1/worker.proto.
#pragma once

namespace garner {

// Answers the host on `socket` until it hangs up. The exit status for the process, which should end with _exit: a stage's destructors would run
// into the closed sandbox. Takes over the process: signals, sandbox, limits. Call after InitializeLibraries, from the main thread.
int RunWorker(int socket);

}  // namespace garner
