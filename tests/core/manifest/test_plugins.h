// Plugins for the tests of manifests: files that were never built, with options described in options/*.proto.
#pragma once

#include "core/manifest/plugin_lookup.h"

namespace garner {

// Sources reader (paths) and ticker (no options); decoders markup and plain; transforms all_kinds, language (adds that) and nothing; sinks lines and table.
// A file broken.so was refused.
const PluginLookup& TestPlugins();

}  // namespace garner
