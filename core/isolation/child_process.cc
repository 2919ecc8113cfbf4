#include "core/isolation/child_process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

extern "C" char** environ;

namespace garner {
namespace {

// A process that has closed its descriptors on the way out is gone a moment later; one that closed the socket and lives is not.
constexpr std::chrono::milliseconds kMoment{1};
constexpr int kMoments = 1000;

Status SystemTrouble(const char* what, int error) {
  return Status(StatusKind::kInternal, std::string("cannot start a child process: ") + what + ": " + std::strerror(error));
}

// posix_spawn and not fork: the host has threads.
class SpawnSettings {
 public:
  explicit SpawnSettings(int socket) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions_, socket, kWorkerSocket);
    // Files of sinks and sources, and the sockets of other children, which would keep those alive.
    posix_spawn_file_actions_addclosefrom_np(&actions_, kWorkerSocket + 1);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_init(&attributes_);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK);
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

}  // namespace

Result<std::unique_ptr<ChildProcess>> ChildProcess::Spawn(const std::string& program, const std::vector<std::string>& arguments) {
  int sockets[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) != 0) return SystemTrouble("socketpair", errno);
  std::vector<char*> words;
  for (const std::string& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
  words.push_back(nullptr);
  pid_t pid = 0;
  const SpawnSettings settings(sockets[1]);
  const int error = posix_spawn(&pid, program.c_str(), settings.actions(), settings.attributes(), words.data(), environ);
  close(sockets[1]);
  if (error != 0) {
    close(sockets[0]);
    return SystemTrouble(program.c_str(), error);
  }
  return std::unique_ptr<ChildProcess>(new ChildProcess(pid, sockets[0]));
}

ChildProcess::~ChildProcess() {
  close(socket_);
  if (!gone_) Kill();
}

bool ChildProcess::Reap(int options, Ending& ending) {
  int status = 0;
  pid_t reaped = 0;
  do {
    reaped = waitpid(pid_, &status, options);
  } while (reaped == -1 && errno == EINTR);
  if (reaped == 0) return false;
  gone_ = true;
  if (reaped == pid_ && WIFSIGNALED(status)) ending.signal = WTERMSIG(status);
  if (reaped == pid_ && WIFEXITED(status)) ending.exit_status = WEXITSTATUS(status);
  return true;
}

Ending ChildProcess::WaitForEnd() {
  Ending ending;
  for (int i = 0; i < kMoments; ++i) {
    if (Reap(WNOHANG, ending)) return ending;
    std::this_thread::sleep_for(kMoment);
  }
  return Kill();
}

Ending ChildProcess::Kill() {
  Ending ending;
  kill(pid_, SIGKILL);
  Reap(0, ending);
  ending.killed = true;
  return ending;
}

}  // namespace garner
