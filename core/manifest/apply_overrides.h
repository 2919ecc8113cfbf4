// Puts what the command line says (--input, --set) into the options of the stages, before they are checked.
#pragma once

#include "core/manifest/environment.h"
#include "core/manifest/manifest_reader.h"
#include "core/manifest/mistakes.h"
#include "core/manifest/yaml_tree.h"

namespace garner {

// --input replaces the source's option `paths`, --set one option of one stage; the last word wins. What is put in knows that it comes
// from the command line, so that its mistakes are told as such.
void ApplyOverrides(const Overrides& overrides, const Environment& environment, ManifestSpec& spec, YamlArena& arena,
                    Mistakes& mistakes);

// `path` from the current directory as an absolute path. ".." stays: behind a symbolic link it is not the folder named before.
std::string AbsolutePath(const std::string& path);

}  // namespace garner
