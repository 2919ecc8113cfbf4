// A program in the place of a plugin, as a manifest says it:
//
//   plugin: { exec: [python3, my_stage.py], version: "1.2", media_types: [text/x-minutes], extensions: [minutes] }
//
// `exec` is the command; `version` stands in lineage; the last two are for decoders.
#pragma once

#include <memory>
#include <string>

#include "core/manifest/manifest_keys.h"
#include "core/manifest/mistakes.h"
#include "core/manifest/plan.h"
#include "core/manifest/yaml_tree.h"

namespace garner {

// nullptr where there is no command to be had; then, and where other parts are wrong, mistakes say why. `path` names the stage in them.
std::shared_ptr<StageProgram> ReadProgram(const YamlNode& node, PluginKind kind, const std::string& path, Mistakes& mistakes);

// What a stage is called that has no name of its own: the last word that is no switch, without folder and ending. Empty where that is no label.
std::string ProgramLabel(const StageProgram& program);

// Where a program is looked for.
struct ProgramPlaces {
  std::string folder;  // the manifest's: where words with a slash start, and the files that words name
  std::string path;    // folders for words without one, separated by ':'
};

// Finds the program and the files that its words name, and fills in what follows from them. `label` is the stage's.
void FindProgram(const ProgramPlaces& places, const std::string& label, const Place& place, const std::string& path, StageProgram& program, Mistakes& mistakes);

}  // namespace garner
