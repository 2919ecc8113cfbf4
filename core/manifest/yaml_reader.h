// Reads YAML text into a tree, within limits that hold whatever the text is.
//
//   YamlArena arena;
//   const YamlNode* root = ReadYaml(text, {}, ProcessEnvironment(), arena, mistakes);   // nullptr: mistakes say why
//
// A subset of YAML 1.2: one document; keys are scalars and none appears twice; no merge keys and no tags but !!str. An alias stands for
// the very node it names; its whole weight counts against the limits, so that a few lines cannot unfold into millions of nodes.
// Environment variables are filled in in values, after parsing: they never add structure.
#pragma once

#include <cstddef>
#include <string_view>

#include "core/manifest/environment.h"
#include "core/manifest/mistakes.h"
#include "core/manifest/yaml_tree.h"

namespace garner {

inline constexpr size_t kMaxYamlBytes = 1 << 20;
// Once every alias is unfolded:
inline constexpr size_t kMaxYamlDepth = 32;
inline constexpr size_t kMaxYamlNodes = 100'000;
inline constexpr size_t kMaxYamlText = 16 << 20;  // bytes of all scalars

// `start` names the origin of the text; lines and columns are filled in. A tree may come back along with mistakes: its sound parts.
// An empty document is a node of kind kNull.
const YamlNode* ReadYaml(std::string_view text, const Place& start, const Environment& environment, YamlArena& arena,
                         Mistakes& mistakes);

}  // namespace garner
