// Landlock by itself, without the filter of system calls in front of it.
#include "core/isolation/landlock.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

namespace garner {
namespace {

enum Found { kOpens = 0, kRefused = 1, kNoLandlock = 2, kSomethingElse = 3 };

// In a process of its own: there is no way back.
Found OpenAFileUnder(const SandboxRules& rules) {
  const pid_t child = fork();
  if (child == 0) {
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    std::vector<std::string> missing;
    RestrictWithLandlock(rules, missing);
    if (!missing.empty()) _exit(kNoLandlock);
    if (open("/etc/passwd", O_RDONLY) >= 0) _exit(kOpens);
    _exit(errno == EACCES ? kRefused : kSomethingElse);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? static_cast<Found>(WEXITSTATUS(status)) : kSomethingElse;
}

TEST(Landlock, KeepsFilesAway) {
  const Found found = OpenAFileUnder({});
  if (found == kNoLandlock) GTEST_SKIP() << "this kernel has no Landlock";
  EXPECT_EQ(found, kRefused);
  SandboxRules files;
  files.files = true;
  EXPECT_EQ(OpenAFileUnder(files), kOpens);
}

}  // namespace
}  // namespace garner
