// Conditions that may never hold: they wait for metadata that no stage before them adds.
//
// Not a mistake, since a decoder may find the same in a page's own markup. Pure function.
#pragma once

#include <vector>

#include "core/manifest/manifest_reader.h"
#include "core/manifest/mistakes.h"
#include "core/manifest/plugin_lookup.h"

namespace garner {

// Adds a note for each transform with such a condition, where a plugin at hand adds the metadata (its manifest says so).
void NoteConditions(const std::vector<StageSpec>& transforms, const PluginLookup& plugins, Mistakes& notes);

}  // namespace garner
