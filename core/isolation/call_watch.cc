#include "core/isolation/call_watch.h"

#include <linux/seccomp.h>
#include <pthread.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <climits>

#include "core/isolation/last_words.h"

namespace garner {
namespace {

// A kernel may know a longer notification than the headers did.
union Notification {
  seccomp_notif known;
  unsigned char room[1024];
};

constexpr size_t kStackBytes = size_t{256} << 10;

// Allocates nothing and takes no lock: whoever makes the call may hold any of them. The call by its number, as in last_words.cc.
void* Watch(void* argument) {
  const int listener = static_cast<int>(reinterpret_cast<intptr_t>(argument));
  while (true) {
    Notification notification = {};
    if (syscall(SYS_ioctl, listener, SECCOMP_IOCTL_NOTIF_RECV, &notification) == 0)
      EndByRefusedCall(static_cast<unsigned>(notification.known.data.nr));
    // ENOENT: the caller was killed meanwhile.
    if (errno != EINTR && errno != ENOENT) return nullptr;
  }
}

int StartThread(int listener) {
  pthread_attr_t attributes;
  if (const int error = pthread_attr_init(&attributes); error != 0) return error;
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_attr_setstacksize(&attributes, kStackBytes);
  pthread_t thread;
  const int error = pthread_create(&thread, &attributes, &Watch, reinterpret_cast<void*>(static_cast<intptr_t>(listener)));
  pthread_attr_destroy(&attributes);
  return error;
}

}  // namespace

const uint64_t kReceiveRefusedCall = SECCOMP_IOCTL_NOTIF_RECV;

int WatchRefusedCalls(int listener) {
  if (listener < 0) return ENOSYS;
  // Signals are the main thread's; the new one inherits the mask.
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  const int error = StartThread(listener);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  if (error != 0) close(listener);
  return error;
}

}  // namespace garner
