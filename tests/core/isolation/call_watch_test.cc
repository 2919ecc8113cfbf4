// Calls that start programs are refused where they cannot be watched, too: only their name is missing.
#include <gtest/gtest.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>

#include "core/isolation/sandbox.h"

namespace garner {
namespace {

// As a container may have done: a process can have one listener only. It reports a call that nobody makes. Without libseccomp, which would
// know in the same process that there is one.
bool TakeTheListener() {
  sock_filter steps[] = {BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_acct, 0, 1),
                         BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
  const sock_fprog program{sizeof steps / sizeof *steps, steps};
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program) >= 0;
}

constexpr int kNoListener = 10;
constexpr int kNotClosed = 11;
constexpr int kNotSaid = 12;
constexpr int kNotRefused = 13;

[[noreturn]] void StartAProgramUnderASecondListener() {
  if (!TakeTheListener()) _exit(kNoListener);
  const SandboxState state = CloseSandbox({}, 0);
  if (!state.call_filter) _exit(kNotClosed);
  bool said = false;
  for (const std::string& missing : state.missing) said = said || missing.rfind("calls that start programs are refused without naming them", 0) == 0;
  if (!said) _exit(kNotSaid);
  (void)!std::system("true");
  _exit(kNotRefused);
}

TEST(CallWatch, WithoutItProgramsAreRefusedAllTheSame) {
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) StartAProgramUnderASecondListener();
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  if (WIFEXITED(status) && WEXITSTATUS(status) == kNoListener) GTEST_SKIP() << "this machine gives no listener";
  ASSERT_TRUE(WIFSIGNALED(status)) << WEXITSTATUS(status);
  EXPECT_EQ(WTERMSIG(status), SIGSYS);
}

}  // namespace
}  // namespace garner
