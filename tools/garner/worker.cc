// garner worker: the process of isolated stages. Started by garner itself, with a socket as descriptor 3.
#include <CLI/CLI.hpp>
#include <sys/socket.h>
#include <unistd.h>

#include <iostream>

#include "core/isolation/child_process.h"
#include "core/isolation/worker.h"
#include "tools/garner/command.h"
#include "tools/garner/worker_socket.h"

namespace garner {
namespace {

int Work() {
  if (!IsSocket(kWorkerSocket)) {
    std::cerr << "garner: 'worker' is started by garner itself, for stages with 'isolation: process'\n";
    return kExitRefused;
  }
  const int exit_status = RunWorker(kWorkerSocket);
  // Not by return: destructors of plugins would run into the closed sandbox.
  std::cerr << std::flush;
  _exit(exit_status);
}

}  // namespace

void AddWorker(CLI::App& app, int& exit_status) {
  CLI::App* command = app.add_subcommand("worker", "The process of isolated stages; started by garner itself");
  command->group("");
  command->callback([&exit_status] { exit_status = Work(); });
}

}  // namespace garner
