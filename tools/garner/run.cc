// garner run MANIFEST: a whole job.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <optional>

#include "core/job/run_job.h"
#include "garner/escape.h"
#include "tools/garner/command.h"
#include "tools/garner/job_record.h"
#include "tools/garner/stop_signal.h"

namespace garner {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

struct RunArguments {
  std::string manifest;
  std::string output = "out";
  uint32_t workers = 0;
  std::optional<std::string> dead_letters;
  Overrides overrides;
};

std::string PrepareOutput(const std::string& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return "cannot make the output folder '" + folder + "': " + error.message();
  if (access(folder.c_str(), W_OK | X_OK) != 0) return "cannot write to the output folder '" + folder + "'";
  return {};
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
void NoteLettersAmongInputs(const JobPlan& plan, const RunOptions& options) {
  if (options.dead_letters.empty() || IsInside(options.dead_letters, options.output_dir)) return;
  for (const std::string& place : SourcePlaces(plan)) {
    if (!IsInside(options.dead_letters, place)) continue;
    std::cerr << "dead letters: " << EscapeForTerminal(options.dead_letters) << " is inside " << EscapeForTerminal(place)
              << ", which the source reads: letters of this run may be documents of the next (a note; the job runs)\n";
    return;
  }
}

// One line that is rewritten, on a terminal only.
class ProgressLine {
 public:
  explicit ProgressLine(bool shown) : shown_(shown), begun_(Clock::now()), next_(begun_) {}

  void Update(const JobReport& report) {
    if (!shown_ || Clock::now() < next_) return;
    next_ = Clock::now() + std::chrono::milliseconds(200);
    std::cerr << "\r\x1b[K" << Text(report) << std::flush;
    drawn_ = true;
  }

  void Clear() const {
    if (drawn_) std::cerr << "\r\x1b[K" << std::flush;
  }

 private:
  std::string Text(const JobReport& report) const {
    const double seconds = std::chrono::duration<double>(Clock::now() - begun_).count();
    return fmt::format("{} documents, {:.1f} MB, {:.0f}/s, {} failed, {} dropped", report.read, static_cast<double>(report.bytes) / 1e6,
                       static_cast<double>(report.read) / std::max(seconds, 1e-3), report.failed, report.dropped);
  }

  bool shown_;
  Clock::time_point begun_;
  Clock::time_point next_;
  bool drawn_ = false;
};

void PrintSummary(const JobReport& report, double seconds) {
  std::cerr << fmt::format("{} documents read: {} written, {} dropped, {} failed ({:.1f} MB in {:.2f} s)\n", report.read, report.written, report.dropped, report.failed,
                           static_cast<double>(report.bytes) / 1e6, seconds);
  for (const auto& [reason, count] : report.reasons) std::cerr << fmt::format("  {:>8}  {}\n", count, EscapeForTerminal(reason));
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

int Run(const RunArguments& arguments, const GlobalOptions& global) {
  PluginCatalog catalog(PluginFolders(global));
  PlanResult planned = LoadPlan(arguments.manifest, catalog, arguments.overrides);
  for (const Mistake& mistake : planned.mistakes) std::cerr << mistake.ToString() << "\n";
  if (!planned.plan) return kExitRefused;
  PrintNotes(planned);
  if (arguments.workers > 0) planned.plan->limits.workers = arguments.workers;

  if (const std::string problem = PrepareOutput(arguments.output); !problem.empty()) {
    std::cerr << "garner: " << EscapeForTerminal(problem) << "\n";
    return kExitRefused;
  }
  ProgressLine progress(!global.quiet && isatty(STDERR_FILENO) != 0);
  RunOptions options;
  options.output_dir = fs::absolute(arguments.output).lexically_normal().string();
  options.dead_letters = DeadLetterFolder(arguments, *planned.plan, options.output_dir);
  NoteLettersAmongInputs(*planned.plan, options);
  options.on_progress = [&](const JobReport& report) { progress.Update(report); };
  options.stop = StopOnSignals();
  const Clock::time_point begun = Clock::now();
  const JobResult result = RunJob(*planned.plan, catalog, options);
  progress.Clear();
  if (!result.status.ok()) std::cerr << "garner: " << EscapeForTerminal(result.status.message()) << "\n";
  if (result.end == JobEnd::kRefused) return kExitRefused;
  if (result.end == JobEnd::kFinished) WriteJobRecord(options.output_dir, *planned.plan);
  if (!global.quiet) PrintSummary(result.report, std::chrono::duration<double>(Clock::now() - begun).count());
  if (!global.quiet && !options.dead_letters.empty() && result.report.failed > 0)
    std::cerr << "the failed documents are kept in " << EscapeForTerminal(options.dead_letters) << "; `garner replay` lists them and runs them again\n";
  return ExitStatusOf(result);
}

}  // namespace

void AddRun(CLI::App& app, const GlobalOptions& global, int& exit_status) {
  CLI::App* command = app.add_subcommand("run", "Run a job as a manifest describes it");
  command->footer(
      "Examples:\n"
      "  garner run news.yaml\n"
      "  garner run news.yaml --input scraped/ --output out --workers 4\n"
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
  command->callback([=, &global, &exit_status] { exit_status = Run(*arguments, global); });
}

}  // namespace garner
