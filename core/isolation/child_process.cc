#include "core/isolation/child_process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
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
  SpawnSettings(int socket, const ChildSettings& settings) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (settings.shows_output) {
      posix_spawn_file_actions_adddup2(&actions_, STDERR_FILENO, STDOUT_FILENO);
    } else {
      posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    }
    if (!settings.folder.empty()) posix_spawn_file_actions_addchdir_np(&actions_, settings.folder.c_str());
    posix_spawn_file_actions_adddup2(&actions_, socket, kWorkerSocket);
    // Files of sinks and sources, and the sockets of other children, which would keep those alive.
    posix_spawn_file_actions_addclosefrom_np(&actions_, kWorkerSocket + 1);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_init(&attributes_);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setflags(&attributes_, settings.own_group ? POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF : POSIX_SPAWN_SETSIGMASK);
    if (!settings.own_group) return;
    // What the host ignores is nothing that a program of its own would expect.
    sigset_t usual;
    sigemptyset(&usual);
    for (const int signal : {SIGPIPE, SIGINT, SIGTERM, SIGHUP}) sigaddset(&usual, signal);
    posix_spawnattr_setsigdefault(&attributes_, &usual);
    posix_spawnattr_setpgroup(&attributes_, 0);
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

int OpenProcess(pid_t pid) {
#ifdef SYS_pidfd_open
  return static_cast<int>(syscall(SYS_pidfd_open, pid, 0));
#else
  (void)pid;
  return -1;
#endif
}

// Bytes of address space in use; 0 where that cannot be told.
uint64_t AddressSpaceOf(pid_t pid) {
  const std::unique_ptr<FILE, int (*)(FILE*)> file(std::fopen(("/proc/" + std::to_string(pid) + "/statm").c_str(), "re"), &std::fclose);
  unsigned long pages = 0;
  if (file == nullptr || std::fscanf(file.get(), "%lu", &pages) != 1) return 0;
  return uint64_t{pages} * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
}

}  // namespace

Result<std::unique_ptr<ChildProcess>> ChildProcess::Spawn(const std::string& program, const std::vector<std::string>& arguments,
                                                          const ChildSettings& child_settings) {
  int sockets[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) != 0) return SystemTrouble("socketpair", errno);
  std::vector<char*> words;
  for (const std::string& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
  words.push_back(nullptr);
  pid_t pid = 0;
  const SpawnSettings settings(sockets[1], child_settings);
  const int error = posix_spawn(&pid, program.c_str(), settings.actions(), settings.attributes(), words.data(), environ);
  close(sockets[1]);
  if (error != 0) {
    close(sockets[0]);
    return SystemTrouble(program.c_str(), error);
  }
  return std::unique_ptr<ChildProcess>(new ChildProcess(pid, sockets[0], child_settings.own_group));
}

// A descriptor of a process is closed on exec by nature.
ChildProcess::ChildProcess(pid_t pid, int socket, bool own_group) : pid_(pid), socket_(socket), process_(OpenProcess(pid)), own_group_(own_group) {}

ChildProcess::~ChildProcess() {
  close(socket_);
  if (!gone_) Kill();
  if (process_ >= 0) close(process_);
}

int ChildProcess::LimitMemory(uint64_t bytes) const {
  const uint64_t used = AddressSpaceOf(pid_);
  if (used == 0) return ESRCH;
  const rlimit limit{used + bytes, used + bytes};
  return prlimit(pid_, RLIMIT_AS, &limit, nullptr) == 0 ? 0 : errno;
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
  // The group lives as long as anybody is in it, so its number is nobody else's.
  if (own_group_) ending.left_others = kill(-pid_, SIGKILL) == 0;
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
  kill(own_group_ ? -pid_ : pid_, SIGKILL);
  Reap(0, ending);
  ending.killed = true;
  return ending;
}

}  // namespace garner
