#include "core/manifest/manifest_keys.h"

#include <algorithm>

namespace garner {
namespace {

using Kind = v1::PluginManifest;

bool AnyKind(PluginKind) { return true; }
bool IsTransform(PluginKind kind) { return kind == Kind::TRANSFORM; }
// Only these two run where isolation is offered.
bool CanBeIsolated(PluginKind kind) { return kind == Kind::DECODER || kind == Kind::TRANSFORM; }

}  // namespace

const std::vector<ManifestKey>& ManifestKeys() {
  static const std::vector<ManifestKey> kKeys = {
      {.name = "name", .value = KeyValue::kName, .doc = "The job's name, at most 200 bytes. Left out, it is the name of the file, without its ending."},
      {.name = "plugin_dirs",
       .value = KeyValue::kFolders,
       .doc = "Folders to look for plugins in, after those of --plugin-dir and GARNER_PLUGIN_PATH and before the installed ones. Relative ones start at the manifest's folder."},
      {.name = "source", .value = KeyValue::kStage, .doc = "Where documents come from: one source.", .required = true, .kind = Kind::SOURCE},
      {.name = "unpackers",
       .value = KeyValue::kStages,
       .doc = "Options for unpackers, which open containers. All installed unpackers take part, whether they are mentioned or not.",
       .kind = Kind::UNPACKER},
      {.name = "decoders",
       .value = KeyValue::kStages,
       .doc = "Options for decoders. All installed decoders take part, whether they are mentioned or not.",
       .kind = Kind::DECODER},
      {.name = "transforms",
       .value = KeyValue::kStages,
       .doc = "What is done to documents: transforms, in the order in which documents meet them.",
       .kind = Kind::TRANSFORM},
      {.name = "sinks", .value = KeyValue::kStages, .doc = "Where documents go: at least one sink; each gets every document.", .required = true, .kind = Kind::SINK},
      {.name = "limits", .value = KeyValue::kLimits, .doc = "How much the job may take at a time."},
      {.name = "dead_letters",
       .value = KeyValue::kFolder,
       .doc = "A folder that keeps every document that fails, for `garner replay`: below the output folder, or absolute. Left out, none are kept."},
      {.name = "cache",
       .value = KeyValue::kSwitch,
       .doc = "Keep the results, and work on new and changed payloads only in the next run.",
       .default_value = "false"},
      {.name = "default_isolation",
       .value = KeyValue::kIsolation,
       .doc = "For decoders and transforms that do not say `isolation` themselves: `process` runs them in child processes, `none` in the host.",
       .default_value = "none"},
      {.name = "sandbox", .value = KeyValue::kSandbox, .doc = "What isolated stages may do besides computing."},
  };
  return kKeys;
}

const std::vector<StageKey>& StageKeys() {
  static const std::vector<StageKey> kKeys = {
      {"plugin", KeyValue::kPlugin, "The plugin's name; or, for decoders and transforms, a map with the command of a program: {exec: [python3, my_stage.py]}.", AnyKind, ""},
      {"name", KeyValue::kLabel,
       "What the stage is called in reports, in documents and for --set: 1 to 64 letters, digits, `_` or `-`. The plugin's name unless given.", AnyKind, ""},
      {"options", KeyValue::kOptions, "The plugin's options.", AnyKind, ""},
      {"when", KeyValue::kCondition, "The documents that the stage runs on: every condition that is named has to be met, each by one of its values.", IsTransform, "transforms"},
      {"isolation", KeyValue::kIsolation, "`process` runs the stage in a child process, `none` in the host. Left out, `default_isolation` holds.", CanBeIsolated,
       "decoders and transforms"},
  };
  return kKeys;
}

const std::vector<LimitKey>& LimitKeys() {
  static const std::vector<LimitKey> kKeys = {
      {"workers", 0, 1024, [](Limits& limits) -> uint32_t& { return limits.workers; }, "Documents worked on at the same time; 0 means one for each core."},
      {"documents", 1, 1'000'000, [](Limits& limits) -> uint32_t& { return limits.documents; }, "Documents in flight."},
      {"payload_mb", 1, 1'048'576, [](Limits& limits) -> uint32_t& { return limits.payload_mb; },
       "Megabytes of payloads in flight; one payload is always let in."},
      {"nested_depth", 0, 100, [](Limits& limits) -> uint32_t& { return limits.nested.depth; },
       "Payloads inside payloads: steps from the item of the source inwards."},
      // The names of nested payloads travel in one frame from a worker process, and so do their bytes.
      {"nested_payloads", 0, 10'000, [](Limits& limits) -> uint32_t& { return limits.nested.payloads; }, "How many payloads one item may hold, at any depth."},
      {"nested_mb", 0, 1'024, [](Limits& limits) -> uint32_t& { return limits.nested.megabytes; }, "Megabytes of payloads that one item may hold."},
      {"container_depth", 0, 100, [](Limits& limits) -> uint32_t& { return limits.containers.depth; },
       "Containers inside containers, the outermost counted; 0: none is opened."},
      {"container_ratio", 0, 1'000'000, [](Limits& limits) -> uint32_t& { return limits.containers.ratio; },
       "What gzip or Zstandard around a container may expand to, in bytes for each compressed byte, once 10 MB are passed; 0: no limit."},
      {"document_seconds", 0, 86'400, [](Limits& limits) -> uint32_t& { return limits.isolation.document_seconds; },
       "Isolated stages: seconds of one stage for one document; 0: no limit.", true},
      {"child_memory_mb", 0, 1'048'576, [](Limits& limits) -> uint32_t& { return limits.isolation.child_memory_mb; },
       "Isolated stages: megabytes of a child process beyond what its stages hold once they are open; 0: no limit.", true},
      {"child_documents", 0, 1'000'000'000, [](Limits& limits) -> uint32_t& { return limits.isolation.child_documents; },
       "Isolated stages: documents after which a child process is replaced; 0: never.", true},
  };
  return kKeys;
}

const std::vector<SandboxKey>& SandboxKeys() {
  static const std::vector<SandboxKey> kKeys = {
      {"files", &SandboxRules::files, "Open files once the job runs."},
      {"network", &SandboxRules::network, "Use the network."},
      {"processes", &SandboxRules::processes, "Start processes."},
  };
  return kKeys;
}

const std::vector<ConditionKey>& ConditionKeys() {
  static const std::vector<ConditionKey> kKeys = {
      {"language", "The document's language, one or several: `en` matches `en-GB` too."},
      {"media_type", "The payload's media type, one or several: exactly `text/html`."},
      {"uri", "Globs for the payload's uri, one or several: `news/**`."},
      {"metadata", "Keys of the metadata, and for each the values that are accepted."},
  };
  return kKeys;
}

const LimitKey* FindLimit(std::string_view name) {
  const auto found = std::find_if(LimitKeys().begin(), LimitKeys().end(), [&](const LimitKey& key) { return key.name == name; });
  return found == LimitKeys().end() ? nullptr : &*found;
}

}  // namespace garner
