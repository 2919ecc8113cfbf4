// The files that a stage rests on besides its plugin: models and lists in the plugin's data folder, and those that its options name.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/manifest/plan.h"
#include "garner/status.h"

namespace garner {

struct StageFile {
  // Below the data folder: "models/plain.bin"; of an option as it was given.
  std::string name;
  // Where it stands.
  std::string path;
};

// Every file of the plugin's data folder, in order of name; none where it has no such folder. Fails with kUnreadable.
Result<std::vector<StageFile>> DataFiles(const PluginFile& plugin);

// In the order of the options. `manifest_dir` is where relative ones start.
std::vector<StageFile> NamedFiles(const StagePlan& stage, const std::string& manifest_dir);

// The whole content. Fails with kUnreadable.
Result<std::string> ReadStageFile(const std::string& path);

// A hash of the content, which is never in memory as a whole: against accidents. Fails with kUnreadable.
Result<uint64_t> FileFingerprint(const std::string& path);

}  // namespace garner
