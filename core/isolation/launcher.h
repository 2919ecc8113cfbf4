// Starts a program of somebody else's as a worker: in the process that becomes it, between the host's spawn and the program's first
// instruction. `garner worker launch ...` is this; people have no use for it.
#pragma once

#include <string>
#include <vector>

#include "core/isolation/limits.h"

namespace garner {

// What follows the command's own name: the host's side and RunLauncher agree on it. `words` begin with the program's own name.
std::vector<std::string> LaunchArguments(const SandboxRules& rules, const std::string& path, const std::vector<std::string>& words);

// Whether a command line (with the command's name) is such a one.
bool IsLaunch(int argc, char** argv);

// Closes the sandbox, says on `socket` what of it holds (WorkerReply.launched), and becomes the program, which finds the socket under the
// same number. Returns, with an exit status, where that fails: why is told on the socket.
int RunLauncher(int socket, int argc, char** argv);

}  // namespace garner
