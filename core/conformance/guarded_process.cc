#include "core/conformance/guarded_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "garner/descriptor.h"

extern "C" {
#include <sys/pidfd.h>  // glibc 2.36 declares its functions for C alone

extern char** environ;
}

namespace garner {
namespace {

class SpawnSettings {
 public:
  explicit SpawnSettings(const std::string& error_path) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, error_path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_init(&attributes_);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  ~SpawnSettings() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;

  const posix_spawn_file_actions_t* actions() const { return &actions_; }
  const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

// True where the process ended in time.
bool WaitFor(int process, std::chrono::milliseconds time) {
  const auto deadline = std::chrono::steady_clock::now() + time;
  while (true) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
    pollfd wait{process, POLLIN, 0};
    const int ready = poll(&wait, 1, static_cast<int>(std::max<long>(left, 0)));
    if (ready > 0) return true;
    if (ready == 0 || errno != EINTR) return false;
  }
}

}  // namespace

Result<ProcessEnding> RunGuarded(const std::string& program, const std::vector<std::string>& arguments, const std::string& error_path,
                                 std::chrono::milliseconds time) {
  std::vector<char*> words;
  for (const std::string& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
  words.push_back(nullptr);
  pid_t pid = 0;
  const SpawnSettings settings(error_path);
  const int error = posix_spawn(&pid, program.c_str(), settings.actions(), settings.attributes(), words.data(), environ);
  if (error != 0) return Status(StatusKind::kInternal, "cannot start a child process: " + program + ": " + std::strerror(error));
  ProcessEnding ending;
  const Descriptor process(pidfd_open(pid, 0));
  ending.too_late = !process.ok() || !WaitFor(process.get(), time);
  kill(-pid, SIGKILL);  // what it has started, too
  int status = 0;
  while (waitpid(pid, &status, 0) == -1 && errno == EINTR) continue;
  if (WIFSIGNALED(status) && !ending.too_late) ending.signal = WTERMSIG(status);
  if (WIFEXITED(status)) ending.exit_status = WEXITSTATUS(status);
  return ending;
}

}  // namespace garner
