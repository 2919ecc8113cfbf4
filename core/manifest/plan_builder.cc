#include "core/manifest/plan_builder.h"

#include <algorithm>
#include <filesystem>

#include "core/manifest/apply_overrides.h"
#include "core/manifest/condition_notes.h"
#include "core/manifest/free_options.h"
#include "core/manifest/manifest_reader.h"
#include "core/manifest/mistakes.h"
#include "core/manifest/option_reader.h"
#include "core/manifest/options_hash.h"
#include "core/manifest/options_schema.h"
#include "core/manifest/plugin_dirs.h"
#include "core/manifest/program_reader.h"
#include "core/manifest/yaml_reader.h"
#include "garner/hash.h"

namespace garner {
namespace {

constexpr size_t kHashDigits = 16;

void PlanProgram(const StageSpec& spec, const ProgramPlaces& places, StagePlan& stage, Mistakes& mistakes) {
  // A plan has one of its own: a spec may be planned again.
  const auto program = std::make_shared<StageProgram>(*spec.program);
  FindProgram(places, spec.label, spec.program_place, spec.Path(), *program, mistakes);
  stage.plugin = &program->file;
  stage.program = program;
  stage.options = OptionsAsJson(spec.options, spec.Path(), mistakes);
  stage.options_hash = Sha256Hex(stage.options).substr(0, kHashDigits);
}

StagePlan PlanStage(const StageSpec& spec, const ProgramPlaces& places, Mistakes& mistakes) {
  StagePlan stage;
  stage.label = spec.label;
  stage.plugin = spec.plugin;
  stage.when = spec.when;
  stage.isolated = spec.isolated;
  if (spec.plugin == nullptr) return stage;
  if (spec.program != nullptr) {
    PlanProgram(spec, places, stage, mistakes);
    return stage;
  }
  OptionsSchema schema(*spec.plugin);
  if (!schema.error().empty()) {
    mistakes.Add(spec.place, spec.Path(), spec.plugin->path + ": " + schema.error());
    return stage;
  }
  if (schema.message() == nullptr) {
    if (spec.options != nullptr) mistakes.Add(spec.options->place, spec.Path(), spec.plugin->manifest.name() + " takes no options");
    stage.options_hash = HashNoOptions();
    return stage;
  }
  const auto message = schema.New();
  ReadOptions(spec.options, {spec.Path(), places.folder, spec.place}, *message, mistakes);
  stage.options = SerializeDeterministically(*message);
  stage.options_hash = HashOptions(*message);
  return stage;
}

std::vector<StagePlan> PlanStages(const std::vector<StageSpec>& specs, const ProgramPlaces& places, Mistakes& mistakes) {
  std::vector<StagePlan> stages;
  for (const StageSpec& spec : specs) stages.push_back(PlanStage(spec, places, mistakes));
  return stages;
}

bool AnyIsolated(const std::vector<StagePlan>& stages) {
  return std::any_of(stages.begin(), stages.end(), [](const StagePlan& stage) { return stage.isolated; });
}

}  // namespace

JobPlan PlanJob(const ManifestSpec& spec, const std::string& path, Mistakes& mistakes) {
  const std::filesystem::path absolute = AbsolutePath(path);
  JobPlan plan;
  plan.name = spec.name.empty() ? absolute.stem().string() : spec.name;
  plan.manifest_path = path;
  plan.manifest_dir = absolute.parent_path().string();
  plan.plugin_dirs = CheckPluginDirs(spec.plugin_dirs, plan.manifest_dir, mistakes);
  plan.dead_letters = spec.dead_letters;
  plan.cache = spec.cache;
  plan.limits = spec.limits;
  plan.sandbox = spec.sandbox;
  const ProgramPlaces places{plan.manifest_dir, spec.program_path};
  if (spec.source) plan.source = PlanStage(*spec.source, places, mistakes);
  plan.unpackers = PlanStages(spec.unpackers, places, mistakes);
  plan.decoders = PlanStages(spec.decoders, places, mistakes);
  plan.transforms = PlanStages(spec.transforms, places, mistakes);
  plan.sinks = PlanStages(spec.sinks, places, mistakes);
  return plan;
}

PlanResult BuildPlan(std::string_view yaml, const std::string& path, const PluginLookup& plugins, const Environment& environment,
                     const Overrides& overrides) {
  Mistakes mistakes(path, overrides);
  YamlArena arena;
  PlanResult result;
  if (const YamlNode* root = ReadYaml(yaml, {}, environment, arena, mistakes); root != nullptr) {
    ManifestSpec spec = ReadManifest(*root, plugins, mistakes);
    spec.program_path = environment("PATH").value_or("");
    ApplyOverrides(overrides, environment, spec, arena, mistakes);
    JobPlan plan = PlanJob(spec, path, mistakes);
    if (mistakes.empty()) {
      result.plan = std::move(plan);
      Mistakes notes(path, overrides);
      NoteConditions(spec.transforms, plugins, notes);
      if (!AnyIsolated(result.plan->decoders) && !AnyIsolated(result.plan->transforms)) NoteUselessKeys(spec.isolation_keys, notes);
      result.notes = notes.Take();
    }
  }
  result.mistakes = mistakes.Take();
  return result;
}

}  // namespace garner
