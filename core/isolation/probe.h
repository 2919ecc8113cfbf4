// Tries a library that is not known: loads it and makes a stage in a child process that may read files and nothing more, so that what its static
// constructors do costs that process and not the job.
//
//   const ProbeVerdict verdict = ProbePlugin(*catalog.Find("shout_counter"), {});
//   if (!verdict.status.ok()) return verdict.status;      // "shout_counter.so: its static constructors died of SIGSEGV ...: ..."
//
// The child is `PROGRAM probe PATH SHA256` with the socket as descriptor 3: it must call RunProbe. One thread each.
#pragma once

#include <chrono>
#include <string>

#include "core/plugin/plugin_file.h"
#include "garner/status.h"

namespace garner {

struct ProbeSettings {
  // For loading it and making a stage.
  std::chrono::milliseconds time = std::chrono::seconds(20);
  std::string program = "/proc/self/exe";
};

struct ProbeVerdict {
  // A refusal is one sentence that begins with the file's name and says what to do.
  Status status;
  // It rests on the file's bytes alone: the next probe would say the same. Not where something around the file was the trouble, such as a
  // library that it needs and that is not installed, or where time ran out.
  bool lasting = false;
};

// The file must be one that ReadPluginFile has accepted.
ProbeVerdict ProbePlugin(const PluginFile& file, const ProbeSettings& settings);

// The child's side. `path` must hold the bytes of this SHA-256. The exit status for the process, which should end with _exit.
int RunProbe(int socket, const std::string& path, const std::string& sha256);

}  // namespace garner
