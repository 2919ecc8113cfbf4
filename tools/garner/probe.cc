// garner probe: the process in which a library that is not known is tried. Started by garner itself, with a socket as descriptor 3.
#include "core/isolation/probe.h"

#include <CLI/CLI.hpp>
#include <sys/socket.h>
#include <unistd.h>

#include <iostream>
#include <memory>

#include "core/isolation/child_process.h"
#include "core/isolation/probe_gate.h"
#include "tools/garner/command.h"
#include "tools/garner/worker_socket.h"

namespace garner {

void RequireProbe(PluginCatalog& catalog) { catalog.set_gate(MakeProbeGate(BundledPluginFolder(), ProbeMemory(ProbeFolder()))); }

void AddProbe(CLI::App& app, int& exit_status) {
  CLI::App* command = app.add_subcommand("probe", "The process in which a library is tried; started by garner itself");
  command->group("");
  auto path = std::make_shared<std::string>();
  auto sha256 = std::make_shared<std::string>();
  command->add_option("file", *path)->required();
  command->add_option("sha256", *sha256)->required();
  command->callback([=, &exit_status] {
    if (!IsSocket(kWorkerSocket)) {
      std::cerr << "garner: 'probe' is started by garner itself, for plugins that it does not know; `garner test-plugin` checks a plugin\n";
      exit_status = kExitRefused;
      return;
    }
    // Not by return: the library's static destructors are none of it.
    _exit(RunProbe(kWorkerSocket, *path, *sha256));
  });
}

}  // namespace garner
