// Which system calls an isolated stage may make, by name; names that a machine does not have are passed over.
#pragma once

#include <string_view>
#include <vector>

namespace garner {

// What computing takes: memory, threads, time, and the descriptors that are open already.
const std::vector<const char*>& ComputingCalls();
// Refused with an error that libraries take for "not here" instead of dying of it.
struct MildRefusal {
  const char* call;
  int error;
};
const std::vector<MildRefusal>& MildlyRefusedCalls();
// What each switch of `sandbox` adds.
const std::vector<const char*>& FileCalls();
// Those of them that neither change a file nor open one; open and openat have rules of their own.
const std::vector<const char*>& ReadingCalls();
const std::vector<const char*>& NetworkCalls();
const std::vector<const char*>& ProcessCalls();

// "files", "network", "processes": the switch that would allow the call; empty where none does.
std::string_view SwitchFor(std::string_view call);

}  // namespace garner
