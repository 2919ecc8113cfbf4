// What the subcommands of `garner` share: exit statuses, the options of all, and one function a subcommand.
#pragma once

#include <string>
#include <vector>

#include "core/job/job_log.h"
#include "core/manifest/plan.h"
#include "core/plugin/catalog.h"

// Its headers take longer to read than all the rest: those who add options include them.
namespace CLI {
class App;
}

namespace garner {

// The exit statuses; scripts rely on them.
enum ExitStatus {
  kExitOk = 0,           // all documents accounted for, none failed
  kExitSomeFailed = 1,   // the job finished and some documents failed
  kExitRefused = 2,      // the command, manifest, a plugin or the output folder was refused before any work
  kExitStopped = 3,      // the job stopped: the source or a sink failed
  kExitInterrupted = 130,
};

struct GlobalOptions {
  std::vector<std::string> plugin_dirs;
  bool verbose = false;
  bool quiet = false;
  LogFormat log_format = LogFormat::kText;
};

// Where to look for plugins: --plugin-dir, GARNER_PLUGIN_PATH, what a manifest names, the bundled ones. Never the current directory unasked.
PluginSearch SearchOf(const GlobalOptions& global);

// To standard error: a line as it is, or an object of the log where the log is JSON.
void PrintLine(const GlobalOptions& global, LogLevel level, const std::string& line);
void PrintMistakes(const GlobalOptions& global, const PlanResult& planned);
void PrintNotes(const GlobalOptions& global, const PlanResult& planned);

// Each adds its subcommand to `app`; when it was chosen, its callback sets `exit_status`.
void AddRun(CLI::App& app, const GlobalOptions& global, int& exit_status);
void AddClean(CLI::App& app, const GlobalOptions& global, int& exit_status);
void AddCheck(CLI::App& app, const GlobalOptions& global, int& exit_status);
void AddLock(CLI::App& app, const GlobalOptions& global, int& exit_status);
void AddPlugins(CLI::App& app, const GlobalOptions& global, int& exit_status);
// Hidden: the program that `isolation: process` starts.
void AddWorker(CLI::App& app, int& exit_status);
void AddNewPlugin(CLI::App& app, const GlobalOptions& global, int& exit_status);
void AddTestPlugin(CLI::App& app, int& exit_status);
// Hidden: the process of one check of `test-plugin`.
void AddCheckPlugin(CLI::App& app);
// Hidden: the program in which libraries are tried that are not known.
void AddProbe(CLI::App& app, int& exit_status);
// The catalog tries libraries of other folders than the program's own before it loads them for the first time.
void RequireProbe(PluginCatalog& catalog);
void AddExplain(CLI::App& app, const GlobalOptions& global, int& exit_status);
void AddReplay(CLI::App& app, const GlobalOptions& global, int& exit_status);

}  // namespace garner
