// garner check MANIFEST: every mistake at once; runs nothing.
#include <CLI/CLI.hpp>
#include <iostream>

#include "core/manifest/plan.h"
#include "garner/escape.h"
#include "tools/garner/command.h"
#include "tools/garner/locked.h"

namespace garner {
namespace {

int Check(const std::string& manifest, const Overrides& overrides, bool locked, const GlobalOptions& global) {
  const LoadedJob job = LoadJob(manifest, SearchOf(global), overrides);
  const PlanResult& result = job.planned;
  PrintMistakes(global, result);
  if (!result.plan) {
    PrintLine(global, LogLevel::kError, EscapeForTerminal(manifest) + ": " + std::to_string(result.mistakes.size()) + (result.mistakes.size() == 1 ? " mistake" : " mistakes"));
    return kExitRefused;
  }
  if (locked && !IsAsLocked(global, *result.plan)) return kExitRefused;
  PrintNotes(global, result);
  std::cout << EscapeForTerminal(manifest) << ": no mistakes\n";
  return kExitOk;
}

}  // namespace

void AddCheck(CLI::App& app, const GlobalOptions& global, int& exit_status) {
  CLI::App* command = app.add_subcommand("check", "Find every mistake in a manifest; runs nothing");
  command->footer("Example:\n  garner check news.yaml --set boilerplate_stripper.favor=recall");
  auto manifest = std::make_shared<std::string>();
  auto overrides = std::make_shared<Overrides>();
  command->add_option("manifest", *manifest, "The manifest")->required()->type_name("MANIFEST");
  command->add_option("--input", overrides->inputs, "Check as if the source read these paths")->type_name("PATH");
  command->add_option("--set", overrides->sets, "Check with one option set: STAGE.OPTION=VALUE")->type_name("STAGE.OPTION=VALUE")->allow_extra_args(false);
  auto locked = std::make_shared<bool>(false);
  command->add_flag("--locked", *locked, "Refuse plugins, models and lists that are not those of MANIFEST.lock");
  command->callback([=, &global, &exit_status] { exit_status = Check(*manifest, *overrides, *locked, global); });
}

}  // namespace garner
