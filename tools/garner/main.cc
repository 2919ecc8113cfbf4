// garner: turns messy documents into clean, annotated, traceable text.
#include <CLI/CLI.hpp>
#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <iostream>
#include <sstream>

#include "core/isolation/child_process.h"
#include "core/isolation/launcher.h"
#include "core/job/job_log.h"
#include "core/manifest/plan.h"
#include "core/plugin/catalog.h"
#include "garner/build_tag.h"
#include "garner/escape.h"
#include "garner/init.h"
#include "tools/garner/command.h"
#include "tools/garner/terminal.h"
#include "tools/garner/worker_socket.h"

namespace garner {

PluginSearch SearchOf(const GlobalOptions& global) {
  PluginSearch search{global.plugin_dirs, {BundledPluginFolder()}};
  if (const char* path = std::getenv("GARNER_PLUGIN_PATH")) {
    std::stringstream list(path);
    for (std::string folder; std::getline(list, folder, ':');)
      if (!folder.empty()) search.first.push_back(folder);  // an empty one would be the current directory
  }
  return search;
}

void PrintLine(const GlobalOptions& global, LogLevel level, const std::string& line) {
  if (global.log_format == LogFormat::kText) {
    std::cerr << line << "\n";
  } else {
    LogLine(level, line);
  }
}

void PrintMistakes(const GlobalOptions& global, const PlanResult& planned) {
  for (const Mistake& mistake : planned.mistakes) PrintLine(global, LogLevel::kError, mistake.ToString());
}

void PrintNotes(const GlobalOptions& global, const PlanResult& planned) {
  for (const Mistake& note : planned.notes) PrintLine(global, LogLevel::kWarning, note.ToString() + " (a note; the job runs)");
}

namespace {

// A standard stream that was closed would lend its number to the first file that is opened, and words would end up among results.
// What takes its place answers as a closed one does: with an error.
void KeepStandardStreams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(stream, F_GETFD) != -1) continue;
    const int unusable = open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);  // the lowest free number: `stream`
    if (unusable != stream) std::abort();
  }
}

// Results that did not reach standard output are no success.
int CheckOutput(int exit_status) {
  std::cout.flush();
  if (std::cout || exit_status > kExitSomeFailed) return exit_status;
  std::cerr << "garner: standard output cannot be written\n";
  return kExitStopped;
}

int Main(int argc, char** argv) {
  KeepStandardStreams();
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is a write error, with words
  InitializeLibraries();

  CLI::App app("Turns messy scraped documents into clean, annotated, traceable text.", "garner");
  app.require_subcommand(1);
  app.set_version_flag("--version", "garner " GARNER_SDK_VERSION);
  app.footer(
      "Examples:\n"
      "  garner clean page.html                     cleaned text of one file on standard output\n"
      "  curl -s URL | garner clean                 the same for standard input\n"
      "  garner run news.yaml --output out          a whole job as a manifest describes it\n"
      "  garner check news.yaml                     every mistake in a manifest, at once\n"
      "  garner lock news.yaml                      which plugins, models and lists `run --locked` takes\n"
      "  garner plugins html                        what a plugin does and the options it takes\n"
      "  garner new-plugin decoder my_format        a folder to write a plugin in\n"
      "  garner explain out                         why each stretch was kept, changed or removed\n"
      "  garner replay failed/ID                    a failed document once more, as its job ran it\n"
      "\n"
      "Exit status: 0 all documents accounted for, none failed; 1 finished and some documents failed; 2 refused before any\n"
      "work; 3 the job stopped; 130 interrupted.");

  GlobalOptions global;
  app.add_option("--plugin-dir", global.plugin_dirs, "Look for plugins in this folder first (may be given several times)")
      ->check([](const std::string& folder) { return folder.empty() ? "the name of a folder is wanted" : std::string(); })
      ->type_name("DIR")
      ->allow_extra_args(false);
  app.add_flag("-v,--verbose", global.verbose, "Log more");
  app.add_flag("-q,--quiet", global.quiet, "Log errors only, no progress");
  app.add_option_function<std::string>(
         "--log-format", [&global](const std::string& format) { global.log_format = format == "json" ? LogFormat::kJson : LogFormat::kText; },
         "How lines of the log look on standard error: text, or an object each (default: text)")
      ->check(CLI::IsMember({"text", "json"}))
      ->type_name("FORMAT");

  int exit_status = kExitOk;
  app.parse_complete_callback([&] {
    InitLog(global.verbose ? LogLevel::kDebug : global.quiet ? LogLevel::kError : LogLevel::kInfo, ShowsColour(STDERR_FILENO), global.log_format);
  });
  AddClean(app, global, exit_status);
  AddRun(app, global, exit_status);
  AddCheck(app, global, exit_status);
  AddLock(app, global, exit_status);
  AddPlugins(app, global, exit_status);
  AddNewPlugin(app, global, exit_status);
  AddExplain(app, global, exit_status);
  AddReplay(app, global, exit_status);
  AddTestPlugin(app, exit_status);
  AddCheckPlugin(app);
  AddProbe(app, exit_status);
  AddWorker(app, exit_status);
  for (CLI::App* subcommand : app.get_subcommands({})) subcommand->fallthrough();

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const bool asked = error.get_exit_code() == 0;  // --help, --version
    return app.exit(error) == 0 || asked ? CheckOutput(kExitOk) : kExitRefused;
  }
  return CheckOutput(exit_status);
}

}  // namespace
}  // namespace garner

int main(int argc, char** argv) {
  // Before anything else of garner: the process is to become another program.
  if (garner::IsLaunch(argc, argv) && garner::IsSocket(garner::kWorkerSocket)) return garner::RunLauncher(garner::kWorkerSocket, argc, argv);
  try {
    return garner::Main(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "garner: " << garner::EscapeForTerminal(error.what()) << "\n";
    return garner::kExitRefused;
  }
}
