// A job as the manifest describes it, checked: every plugin exists and is of the right kind, every option is valid.
//
//   LoadedJob job = LoadJob("news.yaml", search, overrides);
//   if (!job.planned.plan) for (const Mistake& mistake : job.planned.mistakes) std::cerr << mistake.ToString() << "\n";
//
// Runs no plugin code.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/isolation/limits.h"
#include "core/plugin/catalog.h"

namespace garner {

// One thing that is wrong with a manifest or an override. Lines and columns (in characters) count from 1; 0 where there is no place.
struct Mistake {
  std::string file;  // or "--set", "--input"
  int line = 0;
  int column = 0;
  std::string path;     // "transforms[1] boilerplate_stripper"; may be empty
  std::string message;  // the problem, then what is accepted

  // "news.yaml:14:9: transforms[1] boilerplate_stripper: unknown option 'min_lenght'; did you mean 'min_length'?"
  std::string ToString() const;
};

// When a transform runs. An empty list is no condition; a document without the key does not match.
struct Condition {
  std::vector<std::string> language;    // primary subtag: "en" matches "en-GB"
  std::vector<std::string> media_type;  // exact
  std::vector<std::string> uri;         // globs
  std::vector<std::pair<std::string, std::vector<std::string>>> metadata;  // key, accepted values
};

// A program in the place of a plugin: `plugin: {exec: [python3, my_stage.py]}`.
struct StageProgram {
  // The command as the manifest has it. The first word is the program; it runs in the manifest's folder.
  std::vector<std::string> words;
  // As the manifest has it; empty where it has none.
  std::string version;
  // The words after the first that name files, as they stand there: relative to the manifest's folder.
  std::vector<std::string> files;
  // What the host asks a plugin. Its file is the program that the first word names; its name is "exec:LABEL"; where the manifest
  // gives no version, "sha256:" and the beginning of a hash over `files`.
  PluginFile file;
};

struct StagePlan {
  // `name:` in the manifest, else the plugin's name; unique within the job.
  std::string label;
  const PluginFile* plugin = nullptr;  // owned by the catalog, or by `program`
  std::shared_ptr<const StageProgram> program;  // nullptr for a plugin
  // The resolved options, serialised; defaults are left to the plugin. For a program a JSON object.
  std::string options;
  // SHA-256 over the deterministic serialisation with declared defaults filled in, first 16 hexadecimal digits. A field without a
  // declared default stays absent where it is: a stage can tell absence from zero.
  std::string options_hash;
  std::optional<Condition> when;
  // In a process of its own. Decoders and transforms only; programs always are.
  bool isolated = false;
};

// Of what is inside one item of the source: attachments, and what those hold.
struct NestedLimits {
  // Steps from the item inwards; 0: nothing inside it is taken.
  uint32_t depth = 5;
  // Payloads, at any depth.
  uint32_t payloads = 1000;
  // Their bytes together, in units of 2^20.
  uint32_t megabytes = 256;
};

// Of payloads that unpackers open.
struct ContainerLimits {
  // Containers inside containers, the outermost counted; 0: none is opened.
  uint32_t depth = 5;
  // What gzip or Zstandard around a container may expand to, in bytes for each compressed byte, once 10 MB are passed; 0: no limit.
  uint32_t ratio = 200;
};

struct Limits {
  // 0: as many as the machine has cores.
  uint32_t workers = 0;
  // Documents in flight.
  uint32_t documents = 64;
  // Megabytes (2^20 bytes) of payloads in flight. A document costs several times its payload (text, map, tree), so this keeps a job
  // over the largest files that a source lets through near 1 GB, while thousands of ordinary ones fit.
  uint32_t payload_mb = 128;
  NestedLimits nested;
  ContainerLimits containers;
  // Of stages that are isolated.
  IsolationLimits isolation;
};

struct JobPlan {
  std::string name;
  std::string manifest_path;  // as given
  std::string manifest_dir;   // absolute
  // The folders that the manifest names for plugins, absolute.
  std::vector<std::string> plugin_dirs;
  StagePlan source;
  // Every unpacker and every decoder of the catalog, in order of name; those that the manifest does not mention with default options. Programs
  // of the manifest stand before the decoders of the catalog, in its order.
  std::vector<StagePlan> unpackers;
  std::vector<StagePlan> decoders;
  std::vector<StagePlan> transforms;
  std::vector<StagePlan> sinks;
  Limits limits;
  // The folder for dead letters as the manifest names it: absolute, or below the output folder. Empty: none are kept.
  std::string dead_letters;
  // Results are kept in the output folder, and the next run works on new and changed payloads only.
  bool cache = false;
  // What isolated stages may do besides computing.
  SandboxRules sandbox;
};

struct Overrides {
  // Replaces the source's option `paths`; relative to the current directory, "-" stays as it is.
  std::vector<std::string> inputs;
  // "STAGE.OPTION=VALUE", VALUE in YAML; STAGE is a label, or the name of a plugin that one stage runs. The last of equals wins.
  std::vector<std::string> sets;
};

struct PlanResult {
  std::optional<JobPlan> plan;  // only where there are no mistakes
  std::vector<Mistake> mistakes;
  // What looks odd and may be meant; the plan stands. Only where there are no mistakes.
  std::vector<Mistake> notes;
};

// Where to look for plugins. The folders that a manifest names under `plugin_dirs` stand between the two.
struct PluginSearch {
  std::vector<std::string> first;
  std::vector<std::string> last;

  std::vector<std::string> Folders(const std::vector<std::string>& between = {}) const;
};

struct LoadedJob {
  // The plan points into it.
  std::unique_ptr<PluginCatalog> catalog;
  PlanResult planned;
};

// Reads a manifest file, and looks for plugins where it says. Every mistake at once, in order of place; after 100 the rest are counted.
// What a secret option was given stands in no message. Environment variables are those of the process.
LoadedJob LoadJob(const std::string& path, const PluginSearch& search, const Overrides& overrides);

// The folders alone that a manifest names for plugins, absolute. Fails where the file cannot be read; other mistakes are for LoadJob.
Result<std::vector<std::string>> ManifestPluginDirs(const std::string& path);

// With plugins that were looked for already; the manifest's `plugin_dirs` are checked and not searched.
PlanResult LoadPlan(const std::string& path, const PluginCatalog& catalog, const Overrides& overrides);
// The same for a manifest in memory; `path` names it in messages, its folder is where relative paths start.
PlanResult ParsePlan(std::string_view yaml, const std::string& path, const PluginCatalog& catalog, const Overrides& overrides);

}  // namespace garner
