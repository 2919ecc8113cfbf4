#include "core/manifest/plan_builder.h"

#include <algorithm>
#include <filesystem>

#include "core/manifest/apply_overrides.h"
#include "core/manifest/condition_notes.h"
#include "core/manifest/manifest_reader.h"
#include "core/manifest/mistakes.h"
#include "core/manifest/option_reader.h"
#include "core/manifest/options_hash.h"
#include "core/manifest/options_schema.h"
#include "core/manifest/plugin_dirs.h"
#include "core/manifest/yaml_reader.h"

namespace garner {
namespace {

StagePlan PlanStage(const StageSpec& spec, const std::string& folder, Mistakes& mistakes) {
  StagePlan stage;
  stage.label = spec.label;
  stage.plugin = spec.plugin;
  stage.when = spec.when;
  stage.isolated = spec.isolated;
  if (spec.plugin == nullptr) return stage;
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
  ReadOptions(spec.options, {spec.Path(), folder, spec.place}, *message, mistakes);
  stage.options = SerializeDeterministically(*message);
  stage.options_hash = HashOptions(*message);
  return stage;
}

std::vector<StagePlan> PlanStages(const std::vector<StageSpec>& specs, const std::string& folder, Mistakes& mistakes) {
  std::vector<StagePlan> stages;
  for (const StageSpec& spec : specs) stages.push_back(PlanStage(spec, folder, mistakes));
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
  if (spec.source) plan.source = PlanStage(*spec.source, plan.manifest_dir, mistakes);
  plan.unpackers = PlanStages(spec.unpackers, plan.manifest_dir, mistakes);
  plan.decoders = PlanStages(spec.decoders, plan.manifest_dir, mistakes);
  plan.transforms = PlanStages(spec.transforms, plan.manifest_dir, mistakes);
  plan.sinks = PlanStages(spec.sinks, plan.manifest_dir, mistakes);
  return plan;
}

PlanResult BuildPlan(std::string_view yaml, const std::string& path, const PluginLookup& plugins, const Environment& environment,
                     const Overrides& overrides) {
  Mistakes mistakes(path, overrides);
  YamlArena arena;
  PlanResult result;
  if (const YamlNode* root = ReadYaml(yaml, {}, environment, arena, mistakes); root != nullptr) {
    ManifestSpec spec = ReadManifest(*root, plugins, mistakes);
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
