// What a process has besides memory, for comparing before and after.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace garner {

// "working directory" -> "/tmp/x", "locale" -> "C", "handler of SIGSEGV" -> "0x..." ...: what all code of a process shares.
std::map<std::string, std::string> SharedSettings();

// Descriptor number -> what it leads to.
std::map<int, std::string> OpenDescriptors();

// Names of the threads besides the calling one.
std::vector<std::string> OtherThreads();

// Processes that this one has started and that are still there, zombies included.
std::vector<std::string> ChildProcesses();

// Bytes that were allocated and not given back.
size_t AllocatedBytes();
// Bytes of memory in use, however they were had.
size_t ResidentBytes();

}  // namespace garner
