// A program in a process of its own, at the other end of a stream socket. It finds the socket as descriptor 3, nothing on standard input,
// and a standard output that leads nowhere: what a plugin prints never gets among results. Standard error is the host's.
//
//   Result<std::unique_ptr<ChildProcess>> child = ChildProcess::Spawn("/proc/self/exe", {"garner", "worker"});
//   ... Channel((*child)->socket()) ...
//   const Ending ending = (*child)->WaitForEnd();
//
// A program that may start others (ChildSettings::own_group) is killed with all of them. Killed when the object goes. One thread.
#pragma once

#include <sys/types.h>

#include <cstdint>
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
  bool left_others = false;  // of its group: processes that it had started; they were killed
};

struct ChildSettings {
  // A process group of its own, which Ctrl-C does not reach, and which is killed as a whole.
  bool own_group = false;
  // Standard output is the host's standard error, instead of nowhere.
  bool shows_output = false;
  // Where it works; empty: where the host does.
  std::string folder;
};

class ChildProcess {
 public:
  static Result<std::unique_ptr<ChildProcess>> Spawn(const std::string& program, const std::vector<std::string>& arguments, const ChildSettings& settings = {});
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  int socket() const { return socket_; }
  // Readable once the process has ended, even where others that it started still hold the socket; -1 where the kernel has no such thing.
  int process() const { return process_; }
  // Bounds the process's address space at `bytes` beyond what it holds now. 0, or an error number.
  int LimitMemory(uint64_t bytes) const;
  // For a child that has closed its socket: waits a moment for it to be gone, then kills it.
  Ending WaitForEnd();
  // SIGKILL: for one that does not answer.
  Ending Kill();

 private:
  ChildProcess(pid_t pid, int socket, bool own_group);
  bool Reap(int options, Ending& ending);

  pid_t pid_;
  int socket_;
  int process_;
  bool own_group_;
  bool gone_ = false;
};

}  // namespace garner
