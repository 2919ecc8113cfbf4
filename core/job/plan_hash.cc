#include "core/job/plan_hash.h"

#include "garner/hash.h"

namespace garner {
namespace {

void AddCondition(const Condition& when, PartsHash& hash) {
  hash.Add("when");
  hash.Add(when.language);
  hash.Add(when.media_type);
  hash.Add(when.uri);
  for (const auto& [key, accepted] : when.metadata) {
    hash.Add(key);
    hash.Add(accepted);
  }
}

}  // namespace

// They say which documents there are.
void AddNestedLimits(const JobPlan& plan, PartsHash& hash) {
  hash.Add("nested");
  for (const uint32_t limit : {plan.limits.nested.depth, plan.limits.nested.payloads, plan.limits.nested.megabytes, plan.limits.containers.depth,
                               plan.limits.containers.ratio})
    hash.Add(std::to_string(limit));
}

// The count keeps neighbouring lists apart.
void PartsHash::Add(const std::vector<std::string>& list) {
  Add(std::to_string(list.size()));
  for (const std::string& part : list) Add(part);
}

void PartsHash::Add(const StagePlan& stage) {
  Add(stage.label);
  Add(stage.plugin->manifest.name());
  Add(stage.plugin->manifest.version());
  Add(stage.options_hash);
  if (stage.program != nullptr) AddProgram(*stage.program);
  if (stage.when) AddCondition(*stage.when, *this);
}

void PartsHash::AddProgram(const StageProgram& program) {
  Add("program");
  Add(program.words);
  for (const std::string& type : program.file.manifest.media_types()) Add(type);
  for (const v1::Extension& extension : program.file.manifest.extensions()) Add(extension.extension());
}

std::string PartsHash::Take() const { return Sha256Hex(parts_).substr(0, 16); }

std::string PlanHash(const JobPlan& plan) {
  PartsHash hash;
  const auto add = [&hash](std::string_view role, const std::vector<StagePlan>& stages) {
    for (const StagePlan& stage : stages) {
      hash.Add(role);
      hash.Add(stage);
    }
  };
  add("source", {plan.source});
  add("unpacker", plan.unpackers);
  add("decoder", plan.decoders);
  add("transform", plan.transforms);
  add("sink", plan.sinks);
  AddNestedLimits(plan, hash);
  return hash.Take();
}

}  // namespace garner
