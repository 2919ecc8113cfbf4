#include "core/isolation/system_calls.h"

#include <algorithm>
#include <cerrno>

namespace garner {

const std::vector<const char*>& ComputingCalls() {
  static const std::vector<const char*> calls = {
      "read", "write", "readv", "writev", "recvfrom", "recvmsg", "sendto", "sendmsg", "poll", "ppoll", "close", "fcntl", "fstat", "lseek", "pipe2",
      "eventfd2",
      // memory
      "brk", "mmap", "munmap", "mremap", "mprotect", "madvise", "mincore", "msync", "mlock", "munlock",
      // threads; clone and tgkill have rules of their own
      "futex", "set_robust_list", "get_robust_list", "set_tid_address", "rseq", "membarrier", "sched_yield", "sched_getaffinity", "gettid",
      // signals of its own
      "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "rt_sigtimedwait", "sigaltstack", "restart_syscall", "alarm", "setitimer",
      // time
      "clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time", "times",
      // who and where it is
      "getpid", "getppid", "getuid", "geteuid", "getgid", "getegid", "getrlimit", "getrusage", "uname", "sysinfo", "getcpu", "arch_prctl",
      "getrandom", "exit", "exit_group"};
  return calls;
}

const std::vector<MildRefusal>& MildlyRefusedCalls() {
  static const std::vector<MildRefusal> calls = {
      {"prctl", EPERM},                // names of threads and of memory
      {"sched_setscheduler", EPERM},   // thread pools
      {"sched_getscheduler", EPERM}};  // likewise
  return calls;
}

const std::vector<const char*>& FileCalls() {
  static const std::vector<const char*> calls = {
      "open", "openat", "openat2", "creat", "stat", "lstat", "newfstatat", "statx", "access", "faccessat", "faccessat2", "readlink", "readlinkat",
      "getcwd", "chdir", "fchdir", "getdents", "getdents64", "rename", "renameat", "renameat2", "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir",
      "link", "linkat", "symlink", "symlinkat", "chmod", "fchmod", "fchmodat", "chown", "fchown", "lchown", "fchownat", "truncate", "ftruncate",
      "fsync", "fdatasync", "sync_file_range", "fallocate", "fadvise64", "utimensat", "statfs", "fstatfs", "flock", "pread64", "pwrite64", "preadv",
      "pwritev", "sendfile", "copy_file_range", "memfd_create", "dup", "dup2", "dup3", "umask", "getxattr", "lgetxattr", "fgetxattr"};
  return calls;
}

const std::vector<const char*>& ReadingCalls() {
  static const std::vector<const char*> calls = {"stat",       "lstat",    "newfstatat", "statx",   "access",  "faccessat", "faccessat2", "readlink", "readlinkat", "getcwd",
                                                 "getdents",   "getdents64", "fadvise64", "statfs",  "fstatfs", "flock",     "pread64",    "preadv",   "memfd_create", "dup",
                                                 "dup2",       "dup3",     "umask",      "getxattr", "lgetxattr", "fgetxattr", "chdir",    "fchdir"};
  return calls;
}

const std::vector<const char*>& NetworkCalls() {
  static const std::vector<const char*> calls = {
      "socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "getsockname", "getpeername", "getsockopt", "setsockopt", "shutdown",
      "sendmmsg", "recvmmsg", "select", "pselect6", "epoll_create1", "epoll_ctl", "epoll_wait", "epoll_pwait"};
  return calls;
}

const std::vector<const char*>& ProcessCalls() {
  static const std::vector<const char*> calls = {"clone", "clone3", "fork", "vfork", "execve", "execveat", "wait4", "waitid", "kill", "tkill", "tgkill",
                                                 "pipe", "dup2", "setpgid", "getpgid", "getpgrp", "setsid", "getsid", "prlimit64", "pidfd_open",
                                                 "pidfd_send_signal"};
  return calls;
}

std::string_view SwitchFor(std::string_view call) {
  const auto in = [&](const std::vector<const char*>& calls) { return std::find(calls.begin(), calls.end(), call) != calls.end(); };
  if (in(FileCalls())) return "files";
  if (in(NetworkCalls())) return "network";
  if (in(ProcessCalls())) return "processes";
  return {};
}

}  // namespace garner
