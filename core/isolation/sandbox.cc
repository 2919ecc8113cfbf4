#include "core/isolation/sandbox.h"

#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "core/isolation/call_watch.h"
#include "core/isolation/landlock.h"
#include "core/isolation/sanitizers.h"
#include "core/isolation/system_calls.h"

namespace garner {
namespace {

// What the library's SCMP_A0 and its like are, which clang takes for C.
scmp_arg_cmp Argument(unsigned int index, scmp_compare op, scmp_datum_t value, scmp_datum_t other = 0) { return {index, op, value, other}; }

class CallFilter {
 public:
  explicit CallFilter(const SandboxRules& rules) : otherwise_(rules.loading ? SCMP_ACT_ERRNO(EPERM) : SCMP_ACT_TRAP), filter_(seccomp_init(otherwise_)) {}
  ~CallFilter() {
    if (filter_ != nullptr) seccomp_release(filter_);
  }
  CallFilter(const CallFilter&) = delete;
  CallFilter& operator=(const CallFilter&) = delete;

  // 0, or an error number. `watched`: calls that start programs wait for the listener instead of raising SIGSYS.
  int Load(const SandboxRules& rules, bool watched) {
    if (filter_ == nullptr) return ENOMEM;
    AllowAll(ComputingCalls());
    for (const MildRefusal& refusal : MildlyRefusedCalls()) Add(SCMP_ACT_ERRNO(static_cast<uint32_t>(refusal.error)), refusal.call);
    RefuseControlOfDevices(watched);
    AllowChoiceOfProcessor();
    rules.processes ? AllowAll(ProcessCalls()) : AllowThreads();
    if (watched) WatchPrograms();
    if (rules.network) AllowAll(NetworkCalls());
    if (rules.loading) {
      AllowReading();
    } else {
      rules.files ? AllowAll(FileCalls()) : AllowLookAtOpenFiles();
    }
    // Also for threads that a plugin has started in Open; and a search tree instead of a list of a hundred comparisons.
    Note(seccomp_attr_set(filter_, SCMP_FLTATR_CTL_TSYNC, 1));
    Note(seccomp_attr_set(filter_, SCMP_FLTATR_CTL_OPTIMIZE, 2));
    return error_ != 0 ? error_ : -seccomp_load(filter_);
  }

  // Of a filter that was loaded with `watched`.
  int listener() const { return seccomp_notify_fd(filter_); }

 private:
  template <typename... Conditions>
  void Add(uint32_t action, const char* call, Conditions... conditions) {
    const int number = seccomp_syscall_resolve_name(call);
    if (number < 0) return;            // this machine does not have it
    if (action == otherwise_) return;  // the library takes no rule that changes nothing
    const int result = seccomp_rule_add(filter_, action, number, sizeof...(conditions), conditions...);
    if (result != -EEXIST) Note(result);
  }
  void AllowAll(const std::vector<const char*>& calls) {
    for (const char* call : calls) Add(SCMP_ACT_ALLOW, call);
  }
  // Threads, not processes. The arguments of clone3 lie in memory, out of a filter's sight: the C library falls back to clone.
  void AllowThreads() {
    Add(SCMP_ACT_ERRNO(ENOSYS), "clone3");
    Add(SCMP_ACT_ALLOW, "clone", Argument(0, SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD));
    Add(SCMP_ACT_ALLOW, "tgkill", Argument(0, SCMP_CMP_EQ, static_cast<scmp_datum_t>(getpid())));
    Add(SCMP_ACT_ALLOW, "prlimit64", Argument(0, SCMP_CMP_EQ, 0), Argument(2, SCMP_CMP_EQ, 0));
  }
  // Standard I/O asks whether it writes to a terminal. The watch needs the one request that tells it of a call; those that answer one,
  // and might answer "go on", stay refused.
  void RefuseControlOfDevices(bool watched) {
    if (!watched) return Add(SCMP_ACT_ERRNO(ENOTTY), "ioctl");
    Add(SCMP_ACT_ERRNO(ENOTTY), "ioctl", Argument(1, SCMP_CMP_NE, kReceiveRefusedCall));
    Add(SCMP_ACT_ALLOW, "ioctl", Argument(1, SCMP_CMP_EQ, kReceiveRefusedCall));
  }
  void WatchPrograms() {
    for (const char* call : {"fork", "vfork", "execve", "execveat"}) Add(SCMP_ACT_NOTIFY, call);
    Add(SCMP_ACT_NOTIFY, "clone", Argument(0, SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0));
  }
  // Of the calling thread's own: workers wait where their host is, thread pools place themselves.
  void AllowChoiceOfProcessor() {
    Add(SCMP_ACT_ALLOW, "sched_setaffinity", Argument(0, SCMP_CMP_EQ, 0));
    Add(SCMP_ACT_ERRNO(EPERM), "sched_setaffinity", Argument(0, SCMP_CMP_NE, 0));
  }
  // What changes something is named; `open` and `openat` by how they open.
  void AllowReading() {
    AllowAll(ReadingCalls());
    const std::vector<const char*>& reading = ReadingCalls();
    for (const char* call : FileCalls()) {
      const bool opens = std::strcmp(call, "open") == 0 || std::strcmp(call, "openat") == 0;
      const bool reads = std::any_of(reading.begin(), reading.end(), [&](const char* other) { return std::strcmp(call, other) == 0; });
      if (!opens && !reads) Add(SCMP_ACT_TRAP, call);
    }
    for (const char* call : {"socket", "connect", "bind", "listen"}) Add(SCMP_ACT_TRAP, call);
    AllowOpenForReading("open", 1);
    AllowOpenForReading("openat", 2);
  }
  void AllowOpenForReading(const char* call, unsigned flags) {
    constexpr scmp_datum_t kWriting = O_ACCMODE | O_CREAT | O_TRUNC;
    Add(SCMP_ACT_ALLOW, call, Argument(flags, SCMP_CMP_MASKED_EQ, kWriting, O_RDONLY));
    Add(SCMP_ACT_TRAP, call, Argument(flags, SCMP_CMP_MASKED_EQ, O_ACCMODE, O_WRONLY));
    Add(SCMP_ACT_TRAP, call, Argument(flags, SCMP_CMP_MASKED_EQ, O_ACCMODE, O_RDWR));
    Add(SCMP_ACT_TRAP, call, Argument(flags, SCMP_CMP_MASKED_EQ, O_CREAT, O_CREAT));
    Add(SCMP_ACT_TRAP, call, Argument(flags, SCMP_CMP_MASKED_EQ, O_TRUNC, O_TRUNC));
  }
  // fstat() of newer C libraries.
  void AllowLookAtOpenFiles() {
    Add(SCMP_ACT_ALLOW, "newfstatat", Argument(3, SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, AT_EMPTY_PATH));
  }
  void Note(int result) {
    if (result < 0 && error_ == 0) error_ = -result;
  }

  const uint32_t otherwise_;  // what becomes of calls without a rule
  scmp_filter_ctx filter_;
  int error_ = 0;
};

// Bytes of address space in use.
uint64_t AddressSpace() {
  const std::unique_ptr<FILE, int (*)(FILE*)> file(std::fopen("/proc/self/statm", "r"), &std::fclose);
  unsigned long pages = 0;
  if (file == nullptr || std::fscanf(file.get(), "%lu", &pages) != 1) return 0;
  return uint64_t{pages} * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
}

bool LimitMemory(uint32_t memory_mb, std::vector<std::string>& missing) {
  if (memory_mb == 0) return false;
  if (kSanitized) {
    missing.push_back("a build with sanitizers bears no limit of memory");
    return false;
  }
  const uint64_t bytes = AddressSpace() + (uint64_t{memory_mb} << 20);
  const rlimit limit{bytes, bytes};
  if (setrlimit(RLIMIT_AS, &limit) == 0) return true;
  missing.push_back(std::string("memory cannot be limited: ") + std::strerror(errno));
  return false;
}

// 0, or an error number.
int FilterCalls(const SandboxRules& rules, std::vector<std::string>& missing) {
  if (rules.processes) return CallFilter(rules).Load(rules, false);
  // Another listener above this process (containers may have one) or an older kernel refuses this one.
  CallFilter filter(rules);
  int error = filter.Load(rules, true);
  if (error == 0) {
    error = WatchRefusedCalls(filter.listener());
    if (error == 0) return 0;
  } else if (const int unwatched = CallFilter(rules).Load(rules, false); unwatched != 0) {
    return unwatched;
  }
  missing.push_back(std::string("calls that start programs are refused without naming them: ") + std::strerror(error));
  return 0;
}

}  // namespace

SandboxState CloseSandbox(const SandboxRules& rules, uint32_t memory_mb) {
  SandboxState state;
  const rlimit none{0, 0};
  if (setrlimit(RLIMIT_CORE, &none) != 0) state.missing.push_back(std::string("core files cannot be switched off: ") + std::strerror(errno));
  state.memory_limit = LimitMemory(memory_mb, state.missing);
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    state.missing.push_back(std::string("privileges cannot be given up: ") + std::strerror(errno));
  state.landlock = RestrictWithLandlock(rules, state.missing);
  // Last: it refuses the calls that the others are made of.
  const int error = FilterCalls(rules, state.missing);
  state.call_filter = error == 0;
  if (error != 0) state.missing.push_back(std::string("system calls cannot be filtered: ") + std::strerror(error));
  return state;
}

std::string DescribeRefusal(uint32_t system_call) {
  const std::unique_ptr<char, void (*)(void*)> found(seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, static_cast<int>(system_call)), &std::free);
  const std::string name = found != nullptr ? found.get() : "number " + std::to_string(system_call);
  const std::string_view allowed_by = SwitchFor(name);
  const std::string advice = allowed_by.empty() ? "" : "; 'sandbox: {" + std::string(allowed_by) + ": true}' in the manifest would allow it";
  return "the sandbox refused the system call " + name + advice;
}

}  // namespace garner
