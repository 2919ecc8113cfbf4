#include "core/manifest/condition_notes.h"

#include <algorithm>
#include <string>

namespace garner {
namespace {

bool Adds(const PluginFile& plugin, const std::string& key) {
  const auto& keys = plugin.manifest.adds_metadata();
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

std::vector<std::string> KeysOf(const Condition& when) {
  std::vector<std::string> keys;
  if (!when.language.empty()) keys.emplace_back("language");
  for (const auto& [key, accepted] : when.metadata) keys.push_back(key);
  return keys;
}

// The first plugin, by name, that adds the key; nullptr where none does.
const PluginFile* WhoAdds(const PluginLookup& plugins, const std::string& key) {
  const auto found =
      std::find_if(plugins.plugins.begin(), plugins.plugins.end(), [&](const PluginFile* plugin) { return Adds(*plugin, key); });
  return found == plugins.plugins.end() ? nullptr : *found;
}

}  // namespace

void NoteConditions(const std::vector<StageSpec>& transforms, const PluginLookup& plugins, Mistakes& notes) {
  for (auto stage = transforms.begin(); stage != transforms.end(); ++stage) {
    if (!stage->when) continue;
    for (const std::string& key : KeysOf(*stage->when)) {
      const PluginFile* plugin = WhoAdds(plugins, key);
      const auto adds = [&](const StageSpec& earlier) { return earlier.plugin != nullptr && Adds(*earlier.plugin, key); };
      if (plugin == nullptr || std::any_of(transforms.begin(), stage, adds)) continue;
      notes.Add(stage->place, stage->Path(),
                "'when' waits for the " + key + ", which no stage before it finds: only what pages say of themselves counts; put '" +
                    plugin->manifest.name() + "' before it");
    }
  }
}

}  // namespace garner
