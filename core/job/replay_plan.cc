#include "core/job/replay_plan.h"

#include <fmt/format.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <set>

#include "core/manifest/apply_overrides.h"
#include "core/manifest/manifest_reader.h"
#include "core/manifest/plan_builder.h"
#include "core/manifest/quote.h"
#include "core/manifest/recorded_options.h"
#include "garner/build_tag.h"

namespace garner {
namespace {

using Kind = v1::PluginManifest::Kind;

Condition ConditionOf(const v1::RecordedCondition& recorded) {
  Condition when;
  when.language.assign(recorded.language().begin(), recorded.language().end());
  when.media_type.assign(recorded.media_type().begin(), recorded.media_type().end());
  when.uri.assign(recorded.uri().begin(), recorded.uri().end());
  for (const v1::RecordedMetadata& metadata : recorded.metadata())
    when.metadata.emplace_back(metadata.key(), std::vector<std::string>(metadata.accepted().begin(), metadata.accepted().end()));
  return when;
}

// Recorded stages as a manifest would have them.
class SpecReader {
 public:
  SpecReader(const PluginLookup& plugins, YamlArena& arena, Mistakes& mistakes)
      : plugins_(plugins), arena_(arena), mistakes_(mistakes) {}

  ManifestSpec Read(const v1::RecordedPlan& plan, bool with_sinks) {
    ManifestSpec spec;
    spec.name = plan.name();
    for (const v1::RecordedStage& stage : plan.stages()) {
      if (stage.role() == "unpacker") {
        if (plugins_.Find(stage.plugin()) != nullptr) Add(stage, v1::PluginManifest::UNPACKER, spec.unpackers);
      } else if (stage.role() == "decoder") {
        if (plugins_.Find(stage.plugin()) != nullptr) Add(stage, v1::PluginManifest::DECODER, spec.decoders);
      } else if (stage.role() == "transform") {
        Add(stage, v1::PluginManifest::TRANSFORM, spec.transforms);
      } else if (stage.role() == "sink") {
        if (with_sinks) Add(stage, v1::PluginManifest::SINK, spec.sinks);
      } else if (stage.role() != "source") {
        mistakes_.Add({}, stage.label(),
                      "the role '" + stage.role() + "' is not known; source, unpacker, decoder, transform or sink is accepted");
      }
    }
    AddNewReaders(v1::PluginManifest::UNPACKER, "unpacker", spec.unpackers);
    AddNewReaders(v1::PluginManifest::DECODER, "decoder", spec.decoders);
    CheckLabels(spec);
    return spec;
  }

 private:
  void Add(const v1::RecordedStage& recorded, Kind kind, std::vector<StageSpec>& stages) {
    StageSpec stage;
    stage.role = recorded.role();
    stage.label = recorded.label();
    if (!IsLabel(stage.label))
      return mistakes_.Add({}, stage.role, "'label': letters, digits, '_' or '-' are wanted, found " + Quote(stage.label));
    stage.plugin = plugins_.Find(recorded.plugin());
    if (stage.plugin == nullptr) return mistakes_.Add({}, stage.Path(), plugins_.WhyUnknown(recorded.plugin(), kind));
    if (stage.plugin->manifest.kind() != kind)
      return mistakes_.Add({}, stage.Path(),
                           fmt::format("{} is {} now; {} is wanted", recorded.plugin(),
                                       AKindWord(stage.plugin->manifest.kind()), AKindWord(kind)));
    if (recorded.has_when()) stage.when = ConditionOf(recorded.when());
    std::string json;
    if (!google::protobuf::util::MessageToJsonString(recorded.options(), &json).ok()) json = "{}";
    const Result<const YamlNode*> options = OptionsFromJson(*stage.plugin, json, arena_);
    if (!options.ok()) return mistakes_.Add({}, stage.Path(), options.status().message());
    stage.options = *options;
    stages.push_back(std::move(stage));
  }

  void AddNewReaders(Kind kind, const std::string& role, std::vector<StageSpec>& readers) {
    for (const PluginFile* plugin : plugins_.plugins) {
      if (plugin->manifest.kind() != kind) continue;
      if (std::any_of(readers.begin(), readers.end(), [&](const StageSpec& reader) { return reader.plugin == plugin; })) continue;
      StageSpec reader;
      reader.role = role;
      reader.label = plugin->manifest.name();
      reader.plugin = plugin;
      readers.push_back(std::move(reader));
    }
    std::stable_sort(readers.begin(), readers.end(), [](const StageSpec& a, const StageSpec& b) {
      return a.plugin->manifest.name() < b.plugin->manifest.name();
    });
  }

  void CheckLabels(ManifestSpec& spec) {
    std::set<std::string> labels;
    for (const StageSpec* stage : spec.stages())
      if (!labels.insert(stage->label).second) mistakes_.Add({}, stage->Path(), "two stages have this name");
  }

  const PluginLookup& plugins_;
  YamlArena& arena_;
  Mistakes& mistakes_;
};

// What left-out secrets are given by.
void AddSecretHints(const v1::RecordedPlan& plan, Mistakes& mistakes) {
  for (const v1::RecordedStage& stage : plan.stages())
    for (const std::string& name : stage.left_out())
      mistakes.Add(
          {}, stage.label(),
          fmt::format("the secret option '{}' is not in the letter; --set {}.{}=VALUE gives it", name, stage.label(), name));
}

class Differences {
 public:
  Differences(const JobPlan& plan, const PluginCatalog& catalog) : plan_(plan), catalog_(catalog) {}

  std::vector<std::string> Find(const v1::DeadLetter& record, const ReplayRequest& request) {
    if (record.garner_version() != GARNER_SDK_VERSION)
      found_.push_back(fmt::format("garner was {}, is {}", record.garner_version(), GARNER_SDK_VERSION));
    for (const v1::RecordedStage& stage : record.plan().stages())
      if (stage.role() != "source" && (request.with_sinks || stage.role() != "sink")) Compare(stage, request.sets.empty());
    for (const StagePlan& unpacker : plan_.unpackers) CompareReader("unpacker", unpacker, record.plan());
    for (const StagePlan& decoder : plan_.decoders) CompareReader("decoder", decoder, record.plan());
    return std::move(found_);
  }

 private:
  void Compare(const v1::RecordedStage& stage, bool same_options) {
    const PluginFile* plugin = catalog_.Find(stage.plugin());
    if (plugin == nullptr) return found_.push_back("the " + stage.role() + " " + stage.label() + " is not there any more");
    if (plugin->manifest.version() != stage.version())
      found_.push_back(
          fmt::format("{} was {} {}, is {}", stage.label(), stage.plugin(), stage.version(), plugin->manifest.version()));
    else if (const Result<std::string> hash = PluginSha256(*plugin); stage.has_sha256() && hash.ok() && *hash != stage.sha256())
      found_.push_back(fmt::format("{} is another build of {} {}", stage.label(), stage.plugin(), stage.version()));
    const StagePlan* now = Planned(stage.label());
    if (same_options && stage.has_options_hash() && now != nullptr && now->options_hash != stage.options_hash())
      found_.push_back(stage.label() + ": options that are left to their defaults have other ones now");
    for (const std::string& name : stage.left_out())
      found_.push_back(fmt::format("{}: the secret option '{}' is not in the letter", stage.label(), name));
  }

  const StagePlan* Planned(const std::string& label) const {
    for (const std::vector<StagePlan>* stages : {&plan_.unpackers, &plan_.decoders, &plan_.transforms, &plan_.sinks})
      for (const StagePlan& stage : *stages)
        if (stage.label == label) return &stage;
    return nullptr;
  }

  void CompareReader(const std::string& role, const StagePlan& reader, const v1::RecordedPlan& plan) {
    const bool recorded = std::any_of(plan.stages().begin(), plan.stages().end(), [&](const v1::RecordedStage& stage) {
      return stage.role() == role && stage.plugin() == reader.plugin->manifest.name();
    });
    if (!recorded) found_.push_back("the " + role + " " + reader.label + " was not there; it takes part now");
  }

  const JobPlan& plan_;
  const PluginCatalog& catalog_;
  std::vector<std::string> found_;
};

}  // namespace

PlanResult BuildReplayPlan(const v1::DeadLetter& record, const std::string& place, const PluginLookup& plugins,
                           const ReplayRequest& request) {
  Overrides overrides;
  overrides.sets = request.sets;
  Mistakes mistakes(place, overrides);
  YamlArena arena;
  ManifestSpec spec = SpecReader(plugins, arena, mistakes).Read(record.plan(), request.with_sinks);
  ApplyOverrides(overrides, ProcessEnvironment(), spec, arena, mistakes);
  // Only its folder counts: relative paths in options start there.
  JobPlan plan = PlanJob(spec, record.plan().manifest_dir() + "/manifest", mistakes);
  PlanResult result;
  if (mistakes.empty()) {
    result.plan = std::move(plan);
  } else {
    AddSecretHints(record.plan(), mistakes);
    result.mistakes = mistakes.Take();
  }
  return result;
}

ReplayPlan PlanReplay(const v1::DeadLetter& record, const std::string& place, const PluginCatalog& catalog,
                      const ReplayRequest& request) {
  ReplayPlan replay;
  replay.result = BuildReplayPlan(record, place, {catalog.plugins(), catalog.refused(), catalog.folders()}, request);
  if (replay.result.plan) replay.differences = Differences(*replay.result.plan, catalog).Find(record, request);
  return replay;
}

}  // namespace garner
