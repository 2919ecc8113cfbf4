// The lists of system calls agree with each other and with the machine.
#include "core/isolation/system_calls.h"

#include <gtest/gtest.h>
#include <sys/syscall.h>

#include <set>
#include <string>

#include "core/isolation/sandbox.h"

namespace garner {
namespace {

TEST(SystemCalls, WhatASwitchAllowsIsNotAllowedAnyway) {
  const std::set<std::string> computing(ComputingCalls().begin(), ComputingCalls().end());
  EXPECT_EQ(computing.size(), ComputingCalls().size()) << "one stands there twice";
  for (const auto* calls : {&FileCalls(), &NetworkCalls(), &ProcessCalls()})
    for (const char* call : *calls) EXPECT_EQ(computing.count(call), 0u) << call;
  for (const MildRefusal& refusal : MildlyRefusedCalls()) EXPECT_EQ(computing.count(refusal.call), 0u) << refusal.call;
}

TEST(SystemCalls, ARefusalNamesTheCallAndTheSwitch) {
  EXPECT_EQ(DescribeRefusal(SYS_openat), "the sandbox refused the system call openat; 'sandbox: {files: true}' in the manifest would allow it");
  EXPECT_EQ(DescribeRefusal(SYS_socket), "the sandbox refused the system call socket; 'sandbox: {network: true}' in the manifest would allow it");
  EXPECT_EQ(DescribeRefusal(SYS_execve), "the sandbox refused the system call execve; 'sandbox: {processes: true}' in the manifest would allow it");
  EXPECT_EQ(DescribeRefusal(SYS_ptrace), "the sandbox refused the system call ptrace");
  EXPECT_EQ(DescribeRefusal(999'999), "the sandbox refused the system call number 999999");
}

}  // namespace
}  // namespace garner
