// What a program of somebody else's may not do. It is set up before the program starts, so it has to leave what starting and importing takes:
// reading files, executing programs, threads, processes. A refused call is an error to the program (EPERM), not its end. Linux only.
#pragma once

#include "core/isolation/sandbox.h"

namespace garner {

// Takes from the calling process and all that it becomes or starts: writing to files where files are not allowed, sockets where the network is
// not; to leave the process group, to signal others (from Landlock 6) where processes are not; always core files, new privileges, other
// processes' memory, namespaces, mounts, limits of its own. Cannot be undone. Memory is not limited here: how much the program
// takes to start is not known yet.
SandboxState CloseProgramSandbox(const SandboxRules& rules);

}  // namespace garner
