// Keeps a thread on one processor while it waits.
//
//   {
//     const WaitingPlace here(CurrentProcessor());
//     Receive(answer);
//   }
//
// A host's thread and its worker process take turns. Left alone, the kernel wakes each on whatever processor is idle; that takes an interrupt
// to another one and its way out of sleep, which in a virtual machine costs several times the message itself. So both wait in one
// place: the thread where it is, the process where the thread was when it asked. Nobody is held while it works, nor are threads that a plugin
// makes. Where every processor has work of its own the kernel does as well alone, and the calls cost more than they save. Where it refuses them,
// nothing is lost but time. For the thread that makes it.
#pragma once

#include <sched.h>

namespace garner {

// Where this thread runs; -1 where that cannot be told.
int CurrentProcessor();

class WaitingPlace {
 public:
  // -1, or one where the thread may not run: it waits anywhere.
  explicit WaitingPlace(int processor);
  ~WaitingPlace();
  WaitingPlace(const WaitingPlace&) = delete;
  WaitingPlace& operator=(const WaitingPlace&) = delete;

 private:
  cpu_set_t before_;
  bool held_ = false;
};

}  // namespace garner
