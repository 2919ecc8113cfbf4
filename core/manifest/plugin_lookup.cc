#include "core/manifest/plugin_lookup.h"

#include <algorithm>
#include <filesystem>

#include "core/manifest/nearest.h"
#include "core/manifest/quote.h"

namespace garner {
namespace {

std::vector<std::string> NamesOf(const std::vector<const PluginFile*>& plugins, v1::PluginManifest::Kind kind) {
  std::vector<std::string> names;
  for (const PluginFile* plugin : plugins)
    if (plugin->manifest.kind() == kind || kind == v1::PluginManifest::KIND_UNSPECIFIED) names.push_back(plugin->manifest.name());
  return names;
}

}  // namespace

const PluginFile* PluginLookup::Find(std::string_view name) const {
  const auto found =
      std::find_if(plugins.begin(), plugins.end(), [&](const PluginFile* plugin) { return plugin->manifest.name() == name; });
  return found == plugins.end() ? nullptr : *found;
}

std::string PluginLookup::WhyUnknown(std::string_view name, v1::PluginManifest::Kind kind) const {
  for (const PluginCatalog::Refused& file : refused)
    if (std::filesystem::path(file.path).stem().string() == name) return "the plugin was refused: " + file.reason;
  const std::string unknown = "there is no plugin " + Quote(name);
  if (plugins.empty()) return unknown + "; none was found in " + (folders.empty() ? "any folder" : JoinNames(folders));
  const std::vector<std::string> same_kind = NamesOf(plugins, kind);
  if (Nearest(name, same_kind).empty()) {
    const std::string other = Nearest(name, NamesOf(plugins, v1::PluginManifest::KIND_UNSPECIFIED));
    if (!other.empty()) return unknown + "; did you mean " + Quote(other) + "?";
  }
  return unknown + SuggestNames(name, same_kind);
}

std::string KindWord(v1::PluginManifest::Kind kind) {
  switch (kind) {
    case v1::PluginManifest::SOURCE: return "source";
    case v1::PluginManifest::UNPACKER: return "unpacker";
    case v1::PluginManifest::DECODER: return "decoder";
    case v1::PluginManifest::TRANSFORM: return "transform";
    case v1::PluginManifest::SINK: return "sink";
    case v1::PluginManifest::KIND_UNSPECIFIED: break;
  }
  return "plugin of unknown kind";
}

std::string AKindWord(v1::PluginManifest::Kind kind) { return (kind == v1::PluginManifest::UNPACKER ? "an " : "a ") + KindWord(kind); }

}  // namespace garner
