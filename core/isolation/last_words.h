// A worker's last frame: when the sandbox refuses a system call, or the stack is used up, the worker says so before it dies.
#pragma once

#include <string>

namespace garner {

// Installs handlers for SIGSYS, SIGSEGV and SIGBUS that write to `socket`. Once, from the main thread, before the sandbox closes. A
// refused call ends the process; the other signals do what they would have done.
void InstallLastWords(int socket);

// What the handler of SIGSYS does: names the call that the sandbox refused and ends the process. From any thread; async-signal-safe.
void EndByRefusedCall(unsigned system_call);

// The frame that the handlers write: a WorkerReply with these LastWords. For tests: signal handlers cannot use Protobuf, so it is put together by hand.
std::string LastWordsFrame(unsigned signal, unsigned system_call, bool stack_overflow);

}  // namespace garner
