// A program in a process of its own, at the other end of a stream socket. It finds the socket as descriptor 3, nothing on standard input,
// and a standard output that leads nowhere: what a plugin prints never gets among results. Standard error is the host's.
//
//   Result<std::unique_ptr<ChildProcess>> child = ChildProcess::Spawn("/proc/self/exe", {"garner", "worker"});
//   ... Channel((*child)->socket()) ...
//   const Ending ending = (*child)->WaitForEnd();
//
// Killed when the object goes. One thread.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "garner/status.h"

namespace garner {

constexpr int kWorkerSocket = 3;

// How a process ended.
struct Ending {
  int signal = 0;       // that it died of, or 0
  int exit_status = 0;  // where it died of none
  bool killed = false;  // by us: it was still there
};

class ChildProcess {
 public:
  static Result<std::unique_ptr<ChildProcess>> Spawn(const std::string& program, const std::vector<std::string>& arguments);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  int socket() const { return socket_; }
  // For a child that has closed its socket: waits a moment for it to be gone, then kills it.
  Ending WaitForEnd();
  // SIGKILL: for one that does not answer.
  Ending Kill();

 private:
  ChildProcess(pid_t pid, int socket) : pid_(pid), socket_(socket) {}
  bool Reap(int options, Ending& ending);

  pid_t pid_;
  int socket_;
  bool gone_ = false;
};

}  // namespace garner
