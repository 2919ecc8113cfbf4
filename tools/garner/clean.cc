// garner clean [FILE ...]: the news pipeline without a manifest, text on standard output.
#include <CLI/CLI.hpp>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "clean_pipeline.h"
#include "core/job/run_job.h"
#include "garner/escape.h"
#include "garner/markdown.h"
#include "tools/garner/command.h"
#include "tools/garner/stop_signal.h"

namespace garner {
namespace {

namespace fs = std::filesystem;

struct CleanArguments {
  std::vector<std::string> files;
  std::string format = "text";
  std::vector<std::string> sets;
};

std::string Render(const v1::Document& document, const std::string& format) {
  if (format == "markdown") return ToMarkdown(document, true);
  return document.text().empty() ? std::string() : document.text() + "\n";
}

// A folder that goes when the command ends.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::error_code error;
    std::string name = (fs::temp_directory_path(error) / "garner-XXXXXX").string();
    if (!error && mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ~ScratchFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

Status PrintFiles(const fs::path& folder) {
  std::error_code error;
  for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (!entry->is_regular_file() || entry->file_size() == 0) continue;  // nothing to copy counts as a failure of the stream
    std::cout << std::ifstream(entry->path(), std::ios::binary).rdbuf() << std::flush;
  }
  if (error) return Status(StatusKind::kIo, "the results cannot be read back: " + error.message());
  return std::cout ? OkStatus() : Status(StatusKind::kIo, "standard output cannot be written");
}

// The record is the jsonl sink's work: it writes to a scratch folder, and the lines go to standard output when the job is done.
JobResult CleanToJson(JobPlan& plan, PluginCatalog& catalog, RunOptions options) {
  const ScratchFolder scratch;
  if (scratch.path().empty()) return {JobEnd::kRefused, Status(StatusKind::kIo, "cannot make a folder for temporary files; set TMPDIR to a folder that can be written"), {}};
  const auto other = [](const StagePlan& sink) { return sink.plugin->manifest.name() != "jsonl"; };
  plan.sinks.erase(std::remove_if(plan.sinks.begin(), plan.sinks.end(), other), plan.sinks.end());
  options.output_dir = scratch.path().string();
  JobResult result = RunJob(plan, catalog, options);
  if (result.end != JobEnd::kFinished) return result;
  result.status = PrintFiles(scratch.path());
  if (!result.status.ok()) result.end = JobEnd::kStopped;
  return result;
}

JobResult CleanToText(JobPlan& plan, PluginCatalog& catalog, const std::string& format, RunOptions options) {
  plan.sinks.clear();
  bool first = true;
  options.on_document = [&](const v1::Document& document) {
    if (!first) std::cout << "\n";
    first = false;
    std::cout << Render(document, format) << std::flush;
    return std::cout ? OkStatus() : Status(StatusKind::kIo, "standard output cannot be written");
  };
  return RunJob(plan, catalog, options);
}

int Clean(const CleanArguments& arguments, const GlobalOptions& global) {
  if (arguments.files.empty() && isatty(STDIN_FILENO) != 0) PrintLine(global, LogLevel::kInfo, "garner: reading standard input; end it with Ctrl-D");
  PluginCatalog catalog(SearchOf(global).Folders());
  RequireProbe(catalog);
  Overrides overrides;
  overrides.inputs = arguments.files.empty() ? std::vector<std::string>{"-"} : arguments.files;
  overrides.sets = arguments.sets;
  PlanResult planned = ParsePlan(kCleanPipeline, "built-in pipeline", catalog, overrides);
  PrintMistakes(global, planned);
  if (!planned.plan) return kExitRefused;

  RunOptions options;
  // Waiting for standard input ends with the first Ctrl-C, as users of pipes expect.
  const bool waits = std::find(overrides.inputs.begin(), overrides.inputs.end(), "-") != overrides.inputs.end();
  if (!waits) options.stop = StopOnSignals(global.log_format == LogFormat::kText);
  const JobResult result = arguments.format == "json" ? CleanToJson(*planned.plan, catalog, options) : CleanToText(*planned.plan, catalog, arguments.format, options);
  if (!result.status.ok()) PrintLine(global, LogLevel::kError, "garner: " + EscapeForTerminal(result.status.message()));
  if (result.end == JobEnd::kRefused) return kExitRefused;
  if (result.end == JobEnd::kInterrupted) return kExitInterrupted;
  if (result.end != JobEnd::kFinished) return kExitStopped;
  return result.report.failed > 0 ? kExitSomeFailed : kExitOk;
}

}  // namespace

void AddClean(CLI::App& app, const GlobalOptions& global, int& exit_status) {
  CLI::App* command = app.add_subcommand("clean", "Cleaned text of files or standard input on standard output; no manifest needed");
  command->footer("Examples:\n  garner clean article.txt\n  garner clean --format markdown *.html\n  curl -s URL | garner clean");
  auto arguments = std::make_shared<CleanArguments>();
  command->add_option("files", arguments->files, "Files or folders; standard input where there are none")->type_name("FILE");
  command->add_option("--format", arguments->format, "text, markdown or json (one object a line)")
      ->check(CLI::IsMember({"text", "markdown", "json"}))
      ->capture_default_str()
      ->type_name("FORMAT");
  command->add_option("--set", arguments->sets, "Set one option of the pipeline, as in `garner run`")->type_name("STAGE.OPTION=VALUE")->allow_extra_args(false);
  command->callback([=, &global, &exit_status] { exit_status = Clean(*arguments, global); });
}

}  // namespace garner
