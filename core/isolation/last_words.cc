#include "core/isolation/last_words.h"

#include <pthread.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>

#include "core/isolation/sanitizers.h"

namespace garner {
namespace {

constexpr int kRefusedExitStatus = 159;  // what a shell calls death by SIGSYS
// Beyond the end of the stack a large frame may be touched first.
constexpr uintptr_t kBeyondStack = uintptr_t{1} << 20;
constexpr size_t kAlternateStackBytes = size_t{64} << 10;

// Set before the handlers are installed, only read afterwards. Signal handlers reach nothing else.
int g_socket = -1;
uintptr_t g_stack_begin = 0;
uintptr_t g_stack_end = 0;

// A frame of at most 8 + 2 + 2 + 6 + 2 bytes, written without memory or libraries.
class FrameBytes {
 public:
  FrameBytes(unsigned signal, unsigned system_call, bool stack_overflow) {
    PutField(1, signal);
    PutField(2, system_call);
    PutField(3, stack_overflow ? 1 : 0);
    const size_t inner = size_ - kInnerAt;
    bytes_[0] = static_cast<char>(inner + 2);  // the head's length; the other seven bytes of the header are zero
    bytes_[8] = (5 << 3) | 2;                  // WorkerReply.last_words
    bytes_[9] = static_cast<char>(inner);
  }
  const char* data() const { return bytes_; }
  size_t size() const { return size_; }

 private:
  static constexpr size_t kInnerAt = 10;
  void PutField(unsigned field, unsigned value) {
    bytes_[size_++] = static_cast<char>(field << 3);
    for (; value >= 0x80; value >>= 7) bytes_[size_++] = static_cast<char>(value | 0x80);
    bytes_[size_++] = static_cast<char>(value);
  }

  char bytes_[40] = {};
  size_t size_ = kInnerAt;
};

// By number: the functions of this name wait, in builds with sanitizers, for locks that a thread may hold which forks.
void Say(const FrameBytes& frame) { syscall(SYS_write, g_socket, frame.data(), frame.size()); }

void OnRefusedCall(int, siginfo_t* info, void*) {
  EndByRefusedCall(static_cast<unsigned>(info->si_syscall));
}

void OnBadAccess(int number, siginfo_t* info, void*) {
  const auto address = reinterpret_cast<uintptr_t>(info->si_addr);
  const bool overflow = address >= g_stack_begin - kBeyondStack && address < g_stack_end;
  Say(FrameBytes(static_cast<unsigned>(number), 0, overflow));
  // The access is repeated on return and ends the process as if nothing had been installed.
  signal(number, SIG_DFL);
}

void FindStack() {
  pthread_attr_t attributes;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return;
  void* lowest = nullptr;
  size_t size = 0;
  pthread_attr_getstack(&attributes, &lowest, &size);
  pthread_attr_destroy(&attributes);
  g_stack_begin = reinterpret_cast<uintptr_t>(lowest);
  g_stack_end = g_stack_begin + size;
}

void Handle(int number, void (*handler)(int, siginfo_t*, void*)) {
  struct sigaction action = {};
  action.sa_sigaction = handler;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, nullptr);
}

}  // namespace

void InstallLastWords(int socket) {
  g_socket = socket;
  FindStack();
  Handle(SIGSYS, &OnRefusedCall);
  if (kSanitized) return;
  // A handler needs another stack where the stack is what ran out. Never freed: it is wanted until the process ends.
  stack_t alternate = {};
  alternate.ss_sp = std::malloc(kAlternateStackBytes);
  alternate.ss_size = kAlternateStackBytes;
  if (alternate.ss_sp == nullptr || sigaltstack(&alternate, nullptr) != 0) return;
  Handle(SIGSEGV, &OnBadAccess);
  Handle(SIGBUS, &OnBadAccess);
}

void EndByRefusedCall(unsigned system_call) {
  Say(FrameBytes(SIGSYS, system_call, false));
  syscall(SYS_exit_group, kRefusedExitStatus);
}

std::string LastWordsFrame(unsigned signal, unsigned system_call, bool stack_overflow) {
  const FrameBytes frame(signal, system_call, stack_overflow);
  return std::string(frame.data(), frame.size());
}

}  // namespace garner
