// garner run MANIFEST: a whole job.
#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>

#include "core/job/job_log.h"
#include "core/job/progress.h"
#include "core/job/run_job.h"
#include "garner/escape.h"
#include "tools/garner/command.h"
#include "tools/garner/job_record.h"
#include "tools/garner/locked.h"
#include "tools/garner/run_record.h"
#include "tools/garner/stop_signal.h"

namespace garner {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

struct RunArguments {
  std::string manifest;
  std::string output = "out";
  uint32_t workers = 0;
  std::string metrics_file;  // empty: none
  std::optional<std::string> dead_letters;
  bool fresh = false;
  bool no_journal = false;
  bool locked = false;
  Overrides overrides;
};

std::string PrepareOutput(const std::string& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return "cannot make the output folder '" + folder + "': " + error.message();
  if (access(folder.c_str(), W_OK | X_OK) != 0) return "cannot write to the output folder '" + folder + "'";
  return {};
}

// " (812 from 2 containers, 5 inside others)"
std::string WhereFrom(const JobReport& report) {
  std::string where;
  if (report.containers > 0) where = fmt::format("{} from {} container{}", report.unpacked, report.containers, report.containers == 1 ? "" : "s");
  if (report.children > 0) where += fmt::format("{}{} inside others", where.empty() ? "" : ", ", report.children);
  return where.empty() ? where : " (" + where + ")";
}

std::string Summary(const JobReport& report, double seconds) {
  std::string text = fmt::format("{} documents read{}: {} written, {} dropped, {} failed", report.read, WhereFrom(report), report.written, report.dropped, report.failed);
  if (report.unchanged > 0) text += fmt::format(", {} unchanged", report.unchanged);
  if (report.resumed > 0) text += fmt::format(", {} of them by an interrupted run", report.resumed);
  return text + fmt::format(" ({:.1f} MB in {:.2f} s)", static_cast<double>(report.bytes) / 1e6, seconds);
}

// A folder on the command line starts at the current folder, one in the manifest at the output folder. Empty: no letters are kept.
std::string DeadLetterFolder(const RunArguments& arguments, const JobPlan& plan, const std::string& output_dir) {
  if (arguments.dead_letters) return fs::absolute(*arguments.dead_letters).lexically_normal().string();
  if (plan.dead_letters.empty()) return {};
  return (fs::path(output_dir) / plan.dead_letters).lexically_normal().string();
}

bool IsInside(const fs::path& path, const fs::path& folder) {
  return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first == folder.end();
}

// A source stays out of the output folder and knows nothing of another one that holds no input.
void NoteLettersAmongInputs(const JobPlan& plan, const RunOptions& options, const GlobalOptions& global) {
  if (options.dead_letters.empty() || IsInside(options.dead_letters, options.output_dir)) return;
  for (const std::string& place : SourcePlaces(plan)) {
    if (!IsInside(options.dead_letters, place)) continue;
    PrintLine(global, LogLevel::kWarning, "dead letters: " + EscapeForTerminal(options.dead_letters) + " is inside " + EscapeForTerminal(place) +
                                           ", which the source reads: letters of this run may be documents of the next (a note; the job runs)");
    return;
  }
}

void PrintSummary(const GlobalOptions& global, const JobReport& report, double seconds) {
  PrintLine(global, LogLevel::kInfo, Summary(report, seconds));
  for (const auto& [reason, count] : report.reasons) PrintLine(global, LogLevel::kInfo, fmt::format("  {:>8}  {}", count, EscapeForTerminal(reason)));
}

// One line that is rewritten on a terminal; else a line of the log now and then.
Progress MakeProgress(const GlobalOptions& global) {
  if (isatty(STDERR_FILENO) != 0 && global.log_format == LogFormat::kText) return {{.every = std::chrono::milliseconds(200)}, [](const std::string& line) { ShowStatusLine(line); }};
  return {{.every = std::chrono::seconds(10), .first = std::chrono::seconds(10)}, [](const std::string& line) { LogLine(LogLevel::kInfo, line); }};
}

int ExitStatusOf(const JobResult& result) {
  switch (result.end) {
    case JobEnd::kFinished: return result.report.failed > 0 ? kExitSomeFailed : kExitOk;
    case JobEnd::kRefused: return kExitRefused;
    case JobEnd::kStopped: return kExitStopped;
    case JobEnd::kInterrupted: return kExitInterrupted;
  }
  return kExitStopped;
}

// The words of the signal handler, for logs that take whole lines only.
void LogInterruption(const std::atomic<bool>& stop, bool& said) {
  if (said || !stop.load()) return;
  said = true;
  LogLine(LogLevel::kWarning, "finishing the documents in flight; one more signal ends the run at once");
}

int RunPlan(const JobPlan& plan, PluginCatalog& catalog, RunOptions options, RunRecord& record, const GlobalOptions& global) {
  const bool text = global.log_format == LogFormat::kText;
  Progress progress = MakeProgress(global);
  bool said = text;
  options.stop = StopOnSignals(text);
  options.on_progress = [&](const JobReport& report) {
    if (!global.quiet) progress.Update(report);
    record.Update(report);
    LogInterruption(*options.stop, said);
  };
  const Clock::time_point begun = Clock::now();
  const JobResult result = RunJob(plan, catalog, options);
  const double seconds = std::chrono::duration<double>(Clock::now() - begun).count();
  ShowStatusLine("");
  if (!result.status.ok()) PrintLine(global, LogLevel::kError, "garner: " + EscapeForTerminal(result.status.message()));
  if (result.end == JobEnd::kFinished) WriteJobRecord(options.output_dir, plan);
  record.End(result);
  if (!global.quiet && result.end != JobEnd::kRefused) PrintSummary(global, result.report, seconds);
  if (!global.quiet && !options.dead_letters.empty() && result.report.failed > 0)
    PrintLine(global, LogLevel::kInfo, "the failed documents are kept in " + EscapeForTerminal(options.dead_letters) + "; `garner replay` lists them and runs them again");
  return ExitStatusOf(result);
}

int Run(const RunArguments& arguments, const GlobalOptions& global) {
  LoadedJob job = LoadJob(arguments.manifest, SearchOf(global), arguments.overrides);
  RequireProbe(*job.catalog);
  PlanResult& planned = job.planned;
  PrintMistakes(global, planned);
  if (!planned.plan) return kExitRefused;
  if (arguments.locked && !IsAsLocked(global, *planned.plan)) return kExitRefused;
  PrintNotes(global, planned);
  if (arguments.workers > 0) planned.plan->limits.workers = arguments.workers;

  if (const std::string problem = PrepareOutput(arguments.output); !problem.empty()) {
    PrintLine(global, LogLevel::kError, "garner: " + EscapeForTerminal(problem));
    return kExitRefused;
  }
  const std::string output_dir = fs::absolute(arguments.output).lexically_normal().string();
  Result<RunRecord> record = RunRecord::Open(*planned.plan, output_dir, arguments.metrics_file);
  if (!record.ok()) {
    PrintLine(global, LogLevel::kError, "garner: " + EscapeForTerminal(record.status().message()));
    return kExitRefused;
  }
  RunOptions options;
  options.output_dir = output_dir;
  options.journal = !arguments.no_journal;
  options.fresh = arguments.fresh;
  options.dead_letters = DeadLetterFolder(arguments, *planned.plan, output_dir);
  NoteLettersAmongInputs(*planned.plan, options, global);
  return RunPlan(*planned.plan, *job.catalog, std::move(options), *record, global);
}

}  // namespace

void AddRun(CLI::App& app, const GlobalOptions& global, int& exit_status) {
  CLI::App* command = app.add_subcommand("run", "Run a job as a manifest describes it; what became of it stands in report.json of the output folder");
  command->footer(
      "Examples:\n"
      "  garner run news.yaml\n"
      "  garner run news.yaml --input scraped/ --output out --workers 4\n"
      "  garner run news.yaml --metrics-file /var/lib/node_exporter/news.prom --log-format json\n"
      "  garner run news.yaml --dead-letters failed\n"
      "  garner run news.yaml --set boilerplate_stripper.favor=recall --set jsonl.removed=summary");
  auto arguments = std::make_shared<RunArguments>();
  command->add_option("manifest", arguments->manifest, "The manifest")->required()->type_name("MANIFEST");
  command->add_option("--input", arguments->overrides.inputs, "Read these files or folders instead of the manifest's paths")->type_name("PATH");
  command->add_option("--output", arguments->output, "Folder for the results")->capture_default_str()->type_name("DIR");
  command->add_option("--workers", arguments->workers, "Documents worked on at the same time; the results do not depend on it (default: one a core)")
      ->check(CLI::Range(1U, 1024U))
      ->type_name("N");
  command->add_option("--dead-letters", arguments->dead_letters, "Keep failed documents in this folder (replaces the manifest's dead_letters), for `garner replay`")
      ->check([](const std::string& folder) { return folder.empty() ? "the name of a folder is wanted" : std::string(); })
      ->type_name("DIR");
  command->add_option("--set", arguments->overrides.sets, "Set one option: STAGE is the plugin's name or the stage's label")
      ->type_name("STAGE.OPTION=VALUE")
      ->allow_extra_args(false);
  CLI::Option* fresh = command->add_flag("--fresh", arguments->fresh, "Start over where an interrupted run could be gone on with, and use no kept results");
  command->add_flag("--no-journal", arguments->no_journal, "Keep no journal: an interrupted run starts over")->excludes(fresh);
  command->add_flag("--locked", arguments->locked, "Refuse plugins, models and lists that are not those of MANIFEST.lock; `garner lock` writes it");
  command->add_option("--metrics-file", arguments->metrics_file, "Keep the run's state in this file, in Prometheus' text format")->type_name("FILE");
  command->callback([=, &global, &exit_status] { exit_status = Run(*arguments, global); });
}

}  // namespace garner
