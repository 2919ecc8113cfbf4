#include "core/isolation/program_sandbox.h"

#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <vector>

#include "core/isolation/landlock.h"

namespace garner {
namespace {

scmp_arg_cmp Argument(unsigned int index, scmp_compare op, scmp_datum_t value, scmp_datum_t other = 0) { return {index, op, value, other}; }

const std::vector<const char*>& AlwaysRefused() {
  static const std::vector<const char*> calls = {
      // memory and descriptors of other processes
      "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "pidfd_getfd", "kcmp",
      // would do other calls without asking this filter
      "io_uring_setup", "io_uring_enter", "io_uring_register",
      // limits of its own
      "setrlimit",
      // the machine
      "mount", "umount2", "fsopen", "fsmount", "fsconfig", "fspick", "move_mount", "open_tree", "mount_setattr", "pivot_root", "chroot", "setns", "unshare",
      "init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load", "reboot", "swapon", "swapoff", "acct", "quotactl", "settimeofday",
      "clock_settime", "clock_adjtime", "adjtimex", "sethostname", "setdomainname", "iopl", "ioperm", "syslog", "bpf", "perf_event_open", "keyctl", "add_key",
      "request_key", "open_by_handle_at", "vhangup"};
  return calls;
}

// What Landlock does not see: the properties of files.
const std::vector<const char*>& FilePropertyCalls() {
  static const std::vector<const char*> calls = {"chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "fchown", "lchown", "fchownat", "truncate", "utime", "utimes",
                                                 "utimensat", "futimesat", "setxattr", "lsetxattr", "fsetxattr", "removexattr", "lremovexattr", "fremovexattr"};
  return calls;
}

class ProgramFilter {
 public:
  ProgramFilter() : filter_(seccomp_init(SCMP_ACT_ALLOW)) {}
  ~ProgramFilter() {
    if (filter_ != nullptr) seccomp_release(filter_);
  }
  ProgramFilter(const ProgramFilter&) = delete;
  ProgramFilter& operator=(const ProgramFilter&) = delete;

  // 0, or an error number. `by_flags`: files are not opened for writing; the kernel has no better fence.
  int Load(const SandboxRules& rules, bool by_flags) {
    if (filter_ == nullptr) return ENOMEM;
    RefuseAll(AlwaysRefused());
    if (!rules.files) RefuseAll(FilePropertyCalls());
    // Pairs of sockets within the program stay: without this call they lead nowhere.
    if (!rules.network) RefuseAll({"socket"});
    // Whoever leaves the group would outlive the program.
    if (!rules.processes) RefuseAll({"setsid", "setpgid"});
    if (by_flags) RefuseOpeningForWriting();
    RefuseNamespaces();
    // Asking for a limit is fine. Those of this process the host sets from outside.
    Refuse("prlimit64", EPERM, Argument(2, SCMP_CMP_NE, 0));
    Note(seccomp_attr_set(filter_, SCMP_FLTATR_CTL_OPTIMIZE, 2));
    return error_ != 0 ? error_ : -seccomp_load(filter_);
  }

 private:
  template <typename... Conditions>
  void Refuse(const char* call, int error, Conditions... conditions) {
    const int number = seccomp_syscall_resolve_name(call);
    if (number < 0) return;  // this machine does not have it
    const int result = seccomp_rule_add(filter_, SCMP_ACT_ERRNO(static_cast<uint32_t>(error)), number, sizeof...(conditions), conditions...);
    if (result != -EEXIST) Note(result);
  }
  void RefuseAll(const std::vector<const char*>& calls) {
    for (const char* call : calls) Refuse(call, EPERM);
  }
  void RefuseNamespaces() {
    // The arguments of clone3 lie in memory, out of a filter's sight: the C library falls back to clone.
    Refuse("clone3", ENOSYS);
    for (const unsigned flag : {CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET})
      Refuse("clone", EPERM, Argument(0, SCMP_CMP_MASKED_EQ, flag, flag));
  }
  void RefuseOpeningForWriting() {
    Refuse("openat2", ENOSYS);
    Refuse("creat", EACCES);
    for (const unsigned flag : {O_WRONLY, O_RDWR, O_CREAT, O_TRUNC}) {
      Refuse("open", EACCES, Argument(1, SCMP_CMP_MASKED_EQ, flag, flag));
      Refuse("openat", EACCES, Argument(2, SCMP_CMP_MASKED_EQ, flag, flag));
    }
    for (const char* call : {"rename", "renameat", "renameat2", "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir", "link", "linkat", "symlink", "symlinkat", "mknod", "mknodat"})
      Refuse(call, EACCES);
  }
  void Note(int result) {
    if (result < 0 && error_ == 0) error_ = -result;
  }

  scmp_filter_ctx filter_;
  int error_ = 0;
};

}  // namespace

SandboxState CloseProgramSandbox(const SandboxRules& rules) {
  SandboxState state;
  const rlimit none{0, 0};
  if (setrlimit(RLIMIT_CORE, &none) != 0) state.missing.push_back(std::string("core files cannot be switched off: ") + std::strerror(errno));
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    state.missing.push_back(std::string("privileges cannot be given up: ") + std::strerror(errno));
  state.landlock = RestrictProgramWithLandlock(rules, state.missing);
  // Last: it refuses the calls that the others are made of.
  const int error = ProgramFilter().Load(rules, !rules.files && !state.landlock);
  state.call_filter = error == 0;
  if (error != 0) state.missing.push_back(std::string("system calls cannot be filtered: ") + std::strerror(error));
  return state;
}

}  // namespace garner
