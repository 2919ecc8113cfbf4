// Takes from the calling process what a stage does not need once it is open: system calls (seccomp), files and network (Landlock, where
// the kernel has it), memory, core files. It cannot be undone. Linux only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/isolation/limits.h"

namespace garner {

struct SandboxState {
  bool call_filter = false;
  std::optional<uint32_t> landlock;   // its version
  bool memory_limit = false;
  std::vector<std::string> missing;  // a sentence for each part that this kernel or build refuses
};

// Call once, when everything is open. A system call that is not allowed raises SIGSYS and is not carried out.
SandboxState CloseSandbox(const SandboxRules& rules, uint32_t memory_mb);

// "the sandbox refused the system call openat (files: 'sandbox: {files: true}' would allow it)".
std::string DescribeRefusal(uint32_t system_call);

}  // namespace garner
