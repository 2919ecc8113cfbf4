// The plugins that a manifest may name: what a PluginCatalog knows, as plain data.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/plugin/catalog.h"

namespace garner {

struct PluginLookup {
  std::vector<const PluginFile*> plugins;  // in order of name
  std::vector<PluginCatalog::Refused> refused;
  std::vector<std::string> folders;

  const PluginFile* Find(std::string_view name) const;
  // What is wrong with a name that Find does not know: the refusal of a file of that name, or the nearest name of this kind.
  std::string WhyUnknown(std::string_view name, v1::PluginManifest::Kind kind) const;
};

// "source", "decoder" ...
std::string KindWord(v1::PluginManifest::Kind kind);
// "a sink", "an unpacker".
std::string AKindWord(v1::PluginManifest::Kind kind);

}  // namespace garner
