// The checks of the conformance kit, in the order in which they run. docs/conformance.md lists them by the same names; a test holds that.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/conformance/answer.h"
#include "core/conformance/input.h"
#include "core/conformance/recorder.h"
#include "core/conformance/subject.h"
#include "core/conformance/verdict.h"

namespace garner {

// Set by whoever runs the kit.
struct KitSettings {
  std::string plugin;       // the library's path
  std::string cases;        // a folder of cases; empty: none
  std::string manifest_dir; // where relative paths of options start; empty: a folder of the check's own
  std::string options;      // YAML, in place of the defaults; for plugins with options that must be given
  double seconds = 10;      // for hostile inputs
  uint32_t input_seconds = 10;  // that one input may take
  uint32_t memory_mb = 1024;    // that inputs may take beyond what the stage holds once it is open; 0: no limit
  uint64_t seed = 1;
};

// What a check works with. `folder` is its own, empty at first, and goes with it.
struct CheckRun {
  Subject& subject;
  const KitSettings& settings;
  std::string options;               // serialised: those of settings, else empty
  const std::vector<Input>& inputs;  // cases first, then samples; few enough to be run many times
  std::string folder;
  Recorder& recorder;

  // A folder below `folder`, made.
  std::string Folder(std::string_view name) const;
  SubjectFolders Folders() const;
  // Notes the input, starts the clock of a single input, and works.
  Answer Try(OpenStage& stage, const Input& input, const StreamManner& manner = {}) const;
  // Notes a step in a stage's life, and starts the clock.
  void Step(std::string_view name) const;
};

enum KindSet : unsigned {
  kSources = 1,
  kUnpackers = 2,
  kDecoders = 4,
  kTransforms = 8,
  kSinks = 16,
  kAllKinds = 31,
};

struct Check {
  const char* name;
  // Ends a sentence that begins with "Whether".
  const char* proves;
  unsigned kinds;
  // Names of checks that must not have failed.
  std::vector<const char*> needs;
  // Runs the plugin's code: in a process of its own, and load the library first.
  Verdict (*run)(CheckRun& run);
  // In place of it: looks at the file alone, in this process.
  Verdict (*look)(Subject& subject);
  // The run wants the library not loaded yet.
  bool loads_itself = false;
};

const std::vector<Check>& AllChecks();
// nullptr for none.
const Check* FindCheck(std::string_view name);

// The file alone.
Verdict CheckDescription(Subject& subject);
Verdict CheckOptions(Subject& subject);
// A stage's life.
Verdict CheckLoading(CheckRun& run);
Verdict CheckLifecycle(CheckRun& run);
Verdict CheckBadOptions(CheckRun& run);
Verdict CheckStdout(CheckRun& run);
Verdict CheckLeftovers(CheckRun& run);
Verdict CheckGrowth(CheckRun& run);
// What it gives.
Verdict CheckResults(CheckRun& run);
Verdict CheckDeterministic(CheckRun& run);
Verdict CheckStateless(CheckRun& run);
Verdict CheckConcurrent(CheckRun& run);
Verdict CheckSandbox(CheckRun& run);
Verdict CheckIsolated(CheckRun& run);
Verdict CheckDecisions(CheckRun& run);
Verdict CheckPieces(CheckRun& run);
Verdict CheckHostile(CheckRun& run);
// Sinks.
Verdict CheckOutput(CheckRun& run);
Verdict CheckResumes(CheckRun& run);

}  // namespace garner
