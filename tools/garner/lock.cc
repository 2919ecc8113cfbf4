// garner lock MANIFEST: writes down which plugins, models and lists a job runs with, for --locked.
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <iostream>

#include "core/job/lock_file.h"
#include "garner/escape.h"
#include "tools/garner/command.h"

namespace garner {
namespace {

size_t CountFiles(const Lock& lock) {
  size_t files = lock.files.size();
  for (const auto& [name, plugin] : lock.plugins) files += plugin.data.size();
  return files;
}

int WriteLockOf(const std::string& manifest, const Overrides& overrides, const GlobalOptions& global) {
  const LoadedJob job = LoadJob(manifest, SearchOf(global), overrides);
  PrintMistakes(global, job.planned);
  if (!job.planned.plan) return kExitRefused;
  const std::string path = LockPath(manifest);
  const Result<Lock> lock = MakeLock(*job.planned.plan);
  const Status status = lock.ok() ? WriteLock(*lock, path) : lock.status();
  if (!status.ok()) {
    PrintLine(global, LogLevel::kError, "garner: " + EscapeForTerminal(status.message()));
    return kExitRefused;
  }
  std::cout << EscapeForTerminal(path)
            << fmt::format(": {} plugins, {} files beside them\n", lock->plugins.size(), CountFiles(*lock));
  return kExitOk;
}

}  // namespace

void AddLock(CLI::App& app, const GlobalOptions& global, int& exit_status) {
  CLI::App* command = app.add_subcommand(
      "lock", "Write down which plugins, models and lists a job runs with: MANIFEST.lock, for `garner run --locked`");
  command->footer("Examples:\n  garner lock news.yaml\n  garner run --locked news.yaml\n  garner check --locked news.yaml");
  auto manifest = std::make_shared<std::string>();
  auto overrides = std::make_shared<Overrides>();
  command->add_option("manifest", *manifest, "The manifest")->required()->type_name("MANIFEST");
  command->add_option("--input", overrides->inputs, "As in `garner run`, where the manifest names no paths")->type_name("PATH");
  command->add_option("--set", overrides->sets, "As in `garner run`: a file that an option names is locked too")
      ->type_name("STAGE.OPTION=VALUE")
      ->allow_extra_args(false);
  command->callback([=, &global, &exit_status] { exit_status = WriteLockOf(*manifest, *overrides, global); });
}

}  // namespace garner
