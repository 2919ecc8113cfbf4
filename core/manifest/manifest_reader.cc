#include "core/manifest/manifest_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include "core/manifest/condition_reader.h"
#include "core/manifest/manifest_keys.h"
#include "core/manifest/nearest.h"
#include "core/manifest/options_schema.h"
#include "core/manifest/program_reader.h"
#include "core/manifest/quote.h"
#include "core/manifest/switch_reader.h"

namespace garner {
namespace {

using Kind = v1::PluginManifest::Kind;

// All of these take part in a job, whether it mentions them or not.
bool IsReader(Kind kind) { return kind == v1::PluginManifest::DECODER || kind == v1::PluginManifest::UNPACKER; }

bool HasOption(const PluginFile& plugin, const std::string& name) {
  const OptionsSchema schema(plugin);
  return schema.message() != nullptr && schema.message()->FindFieldByName(name) != nullptr;
}

const StageKey* FindStageKey(std::string_view name) {
  const auto found = std::find_if(StageKeys().begin(), StageKeys().end(), [&](const StageKey& key) { return key.name == name; });
  return found == StageKeys().end() ? nullptr : &*found;
}

bool TakesKey(Kind kind, std::string_view name) { return FindStageKey(name)->fits(kind); }

class ManifestReader {
 public:
  ManifestReader(const PluginLookup& plugins, Mistakes& mistakes) : plugins_(plugins), mistakes_(mistakes) {}

  ManifestSpec Read(const YamlNode& root) {
    ManifestSpec spec;
    if (root.broken) return spec;
    if (root.kind == YamlNode::Kind::kNull) {
      Add(root.place, "", "the manifest is empty; at least 'source' and 'sinks' are wanted");
      return spec;
    }
    if (root.kind != YamlNode::Kind::kMap) {
      Add(root.place, "", "a map with 'source' and 'sinks' is wanted, found " + Describe(root));
      return spec;
    }
    CheckTopKeys(root);
    ReadName(root, spec);
    spec.plugin_dirs = ReadPluginDirs(root, mistakes_);
    ReadIsolationOfJob(root, spec);
    ReadSource(root, spec);
    ReadStages(root, "unpackers", v1::PluginManifest::UNPACKER, spec.unpackers);
    ReadStages(root, "decoders", v1::PluginManifest::DECODER, spec.decoders);
    ReadStages(root, "transforms", v1::PluginManifest::TRANSFORM, spec.transforms);
    ReadSinks(root, spec);
    ReadLimits(root, spec);
    ReadDeadLetters(root, spec.dead_letters);
    if (const YamlNode::Entry* cache = root.Find("cache"); cache != nullptr) ReadSwitch(*cache, "", spec.cache, mistakes_);
    AddOtherReaders(v1::PluginManifest::UNPACKER, "unpackers", spec.unpackers);
    AddOtherReaders(v1::PluginManifest::DECODER, "decoders", spec.decoders);
    CheckLabels(spec);
    return spec;
  }

 private:
  void Add(const Place& place, const std::string& path, std::string message) { mistakes_.Add(place, path, std::move(message)); }

  void CheckTopKeys(const YamlNode& root) {
    const std::vector<std::string> keys = KeyNames(ManifestKeys());
    for (const YamlNode::Entry& entry : root.entries) {
      if (std::find(keys.begin(), keys.end(), entry.key) != keys.end()) continue;
      const bool limit = FindLimit(entry.key) != nullptr;
      Add(entry.place, "",
          "unknown key " + Quote(entry.key) + (limit ? "; it belongs under 'limits'" : SuggestNames(entry.key, keys)));
    }
  }

  void ReadName(const YamlNode& root, ManifestSpec& spec) {
    const YamlNode::Entry* entry = root.Find("name");
    if (entry == nullptr || entry->value->broken) return;
    const YamlNode& value = *entry->value;
    if (value.kind != YamlNode::Kind::kScalar || value.text.empty() || value.text.size() > kMaxJobName || EscapeControls(value.text) != value.text)
      return Add(value.place, "name",
                 fmt::format("a text of 1 to {} bytes without control characters is wanted, found {}", kMaxJobName, Describe(value)));
    spec.name = value.text;
  }

  // Before the stages, which take the default.
  void ReadIsolationOfJob(const YamlNode& root, ManifestSpec& spec) {
    if (const YamlNode::Entry* entry = root.Find("default_isolation"); entry != nullptr)
      isolated_by_default_ = ReadIsolation(*entry, "", false, mistakes_);
    if (const YamlNode::Entry* entry = root.Find("sandbox"); entry != nullptr) {
      spec.sandbox = ReadSandbox(*entry->value, mistakes_);
      spec.isolation_keys.push_back({entry->key, "", entry->place});
    }
  }

  void ReadSource(const YamlNode& root, ManifestSpec& spec) {
    const YamlNode::Entry* entry = root.Find("source");
    if (entry == nullptr && root.incomplete) return;
    if (entry == nullptr) return Add(root.place, "", "'source' is missing; a plugin that hands out payloads is wanted");
    if (entry->value->broken) return;
    spec.source = ReadStage(*entry->value, "source", v1::PluginManifest::SOURCE);
  }

  void ReadSinks(const YamlNode& root, ManifestSpec& spec) {
    const YamlNode::Entry* entry = root.Find("sinks");
    if (entry == nullptr && root.incomplete) return;
    if (entry == nullptr) return Add(root.place, "", "'sinks' is missing; a list with at least one sink is wanted");
    const bool empty_list = entry->value->kind == YamlNode::Kind::kList && entry->value->items.empty();
    if (empty_list) return Add(entry->value->place, "sinks", "at least one sink is wanted, found an empty list");
    ReadStages(root, "sinks", v1::PluginManifest::SINK, spec.sinks);
  }

  void ReadStages(const YamlNode& root, const std::string& key, Kind kind, std::vector<StageSpec>& stages) {
    const YamlNode::Entry* entry = root.Find(key);
    if (entry == nullptr || entry->value->broken) return;
    const YamlNode& list = *entry->value;
    if (list.kind != YamlNode::Kind::kList) {
      const std::string hint = list.kind == YamlNode::Kind::kNull ? "" : "; begin each " + KindWord(kind) + " with '- '";
      return Add(list.place, key, "a list is wanted, found " + Describe(list) + hint);
    }
    for (size_t i = 0; i < list.items.size(); ++i)
      if (!list.items[i]->broken) stages.push_back(ReadStage(*list.items[i], fmt::format("{}[{}]", key, i), kind));
  }

  StageSpec ReadStage(const YamlNode& node, const std::string& role, Kind kind) {
    StageSpec stage;
    stage.role = role;
    stage.place = node.place;
    stage.isolated = isolated_by_default_ && TakesKey(kind, "isolation");
    if (node.kind == YamlNode::Kind::kScalar) {
      ReadPlugin(node, kind, stage);
    } else if (node.kind == YamlNode::Kind::kMap) {
      ReadStageMap(node, kind, stage);
    } else {
      Add(node.place, role, "the name of " + AKindWord(kind) + " or a map with 'plugin' is wanted, found " + Describe(node));
    }
    return stage;
  }

  void ReadStageMap(const YamlNode& node, Kind kind, StageSpec& stage) {
    const YamlNode::Entry* plugin = node.Find("plugin");
    if (plugin != nullptr && !plugin->value->broken) ReadPlugin(*plugin->value, kind, stage);
    if (const YamlNode::Entry* name = node.Find("name"); name != nullptr) ReadLabel(*name->value, stage);
    if (plugin == nullptr && !node.incomplete) Add(node.place, stage.Path(), "'plugin' is missing; the name of " + AKindWord(kind) + " is wanted");
    if (const YamlNode::Entry* options = node.Find("options"); options != nullptr) stage.options = options->value;
    if (const YamlNode::Entry* when = node.Find("when"); when != nullptr && TakesKey(kind, "when"))
      stage.when = ReadCondition(*when->value, stage.Path(), mistakes_);
    if (const YamlNode::Entry* isolation = node.Find("isolation"); isolation != nullptr && TakesKey(kind, "isolation"))
      stage.isolated = ReadIsolation(*isolation, stage.Path(), stage.isolated, mistakes_);
    CheckProgramStage(node, stage);
    CheckStageKeys(node, kind, stage);
  }

  void CheckStageKeys(const YamlNode& node, Kind kind, const StageSpec& stage) {
    std::vector<std::string> fitting;
    for (const StageKey& key : StageKeys())
      if (key.fits(kind)) fitting.emplace_back(key.name);
    for (const YamlNode::Entry& entry : node.entries) {
      const StageKey* key = FindStageKey(entry.key);
      if (key == nullptr) {
        Add(entry.place, stage.Path(), "unknown key " + Quote(entry.key) + KeyHint(entry.key, node, fitting, stage));
      } else if (!key->fits(kind)) {
        Add(entry.place, stage.Path(), fmt::format("{} is for {} only; this is {}", Quote(entry.key), key->fits_words, AKindWord(kind)));
      }
    }
  }

  std::string KeyHint(const std::string& key, const YamlNode& node, const std::vector<std::string>& keys, const StageSpec& stage) {
    if (stage.plugin != nullptr && HasOption(*stage.plugin, key))
      return "; it is an option of " + stage.plugin->manifest.name() + ": put it under 'options'";
    if (node.Find("plugin") == nullptr && plugins_.Find(key) != nullptr)
      return "; write 'plugin: " + key + "', and what belongs to it under 'options'";
    return SuggestNames(key, keys);
  }

  void ReadPlugin(const YamlNode& node, Kind kind, StageSpec& stage) {
    if (node.kind == YamlNode::Kind::kMap) return ReadStageProgram(node, kind, stage);
    if (node.kind != YamlNode::Kind::kScalar || node.text.empty())
      return Add(node.place, stage.role, "the name of " + AKindWord(kind) + " is wanted, found " + Describe(node));
    const PluginFile* plugin = plugins_.Find(node.text);
    if (IsLabel(node.text)) stage.label = node.text;
    if (plugin == nullptr) return Add(node.place, stage.role, plugins_.WhyUnknown(node.text, kind));
    if (plugin->manifest.kind() != kind)
      return Add(node.place, stage.role,
                 fmt::format("{} is {}; {} is wanted here{}", node.text, AKindWord(plugin->manifest.kind()), AKindWord(kind), Namesake(node.text, kind)));
    stage.plugin = plugin;
  }

  // What reads a format is called after what writes it: jsonl_reader.
  std::string Namesake(const std::string& name, Kind kind) const {
    for (const PluginFile* plugin : plugins_.plugins)
      if (plugin->manifest.kind() == kind && plugin->manifest.name().rfind(name + "_", 0) == 0) return "; did you mean " + Quote(plugin->manifest.name()) + "?";
    return {};
  }

  void ReadStageProgram(const YamlNode& node, Kind kind, StageSpec& stage) {
    stage.program = ReadProgram(node, kind, stage.role, mistakes_);
    if (stage.program == nullptr) return;
    stage.plugin = &stage.program->file;
    stage.program_place = node.place;
    stage.label = ProgramLabel(*stage.program);
    stage.isolated = true;
  }

  void CheckProgramStage(const YamlNode& node, StageSpec& stage) {
    if (stage.program == nullptr) return;
    if (stage.label.empty() && stage.sound_label)
      Add(node.place, stage.role, fmt::format("'name' is missing: the command gives none; 1 to {} letters, digits, '_' or '-' are wanted", kMaxLabel));
    if (!std::exchange(stage.isolated, true))
      Add(node.Find("isolation")->value->place, stage.Path(), "'isolation': a program always has a process of its own; leave it out");
  }

  void ReadLabel(const YamlNode& node, StageSpec& stage) {
    if (node.broken) {
      stage.sound_label = false;
      return;
    }
    if (node.kind == YamlNode::Kind::kScalar && IsLabel(node.text)) {
      stage.label = node.text;
      return;
    }
    stage.sound_label = false;
    Add(node.place, stage.Path(),
        fmt::format("'name': 1 to {} letters, digits, '_' or '-' are wanted, found {}", kMaxLabel, Describe(node)));
  }

  void ReadLimits(const YamlNode& root, ManifestSpec& spec) {
    Limits& limits = spec.limits;
    const YamlNode::Entry* entry = root.Find("limits");
    if (entry == nullptr || entry->value->broken) return;
    const YamlNode& map = *entry->value;
    if (map.kind != YamlNode::Kind::kMap) return Add(map.place, "limits", "a map is wanted, found " + Describe(map));
    for (const YamlNode::Entry& limit : map.entries) {
      const LimitKey* key = FindLimit(limit.key);
      if (key == nullptr) {
        Add(limit.place, "limits", "unknown key " + Quote(limit.key) + SuggestNames(limit.key, KeyNames(LimitKeys())));
        continue;
      }
      if (key->for_isolated) spec.isolation_keys.push_back({limit.key, "limits", limit.place});
      ReadLimit(limit, key->min, key->max, key->of(limits));
    }
  }

  void ReadLimit(const YamlNode::Entry& entry, uint32_t min, uint32_t max, uint32_t& value) {
    const YamlNode& node = *entry.value;
    if (node.broken) return;
    uint32_t number = 0;
    const char* end = node.text.data() + node.text.size();
    const auto [parsed, error] = std::from_chars(node.text.data(), end, number);
    const bool may_be_number = node.kind == YamlNode::Kind::kScalar && (!node.quoted || node.interpolated);
    if (!may_be_number || error != std::errc() || parsed != end || number < min || number > max)
      return Add(node.place, "limits",
                 fmt::format("{}: a whole number, {} to {}, is wanted, found {}", Quote(entry.key), min, max, Describe(node)));
    value = number;
  }

  void ReadDeadLetters(const YamlNode& root, std::string& folder) {
    const YamlNode::Entry* entry = root.Find("dead_letters");
    if (entry == nullptr || entry->value->broken) return;
    const YamlNode& value = *entry->value;
    if (value.kind != YamlNode::Kind::kScalar || value.text.empty() || value.text.find('\0') != std::string::npos)
      return Add(value.place, "dead_letters", "the name of a folder is wanted, found " + Describe(value));
    folder = value.text;
  }

  // Every unpacker and decoder of the catalog takes part; the manifest only gives options. Programs stand first: whoever names one for a
  // media type means it.
  void AddOtherReaders(Kind kind, const std::string& role, std::vector<StageSpec>& readers) {
    for (const PluginFile* plugin : plugins_.plugins) {
      if (plugin->manifest.kind() != kind) continue;
      const bool mentioned = std::any_of(readers.begin(), readers.end(), [&](const StageSpec& reader) { return reader.plugin == plugin; });
      if (mentioned) continue;
      StageSpec reader;
      reader.role = role;
      reader.label = plugin->manifest.name();
      reader.mentioned = false;
      reader.plugin = plugin;
      reader.isolated = isolated_by_default_ && TakesKey(kind, "isolation");
      readers.push_back(std::move(reader));
    }
    CheckReaderTwice(readers);
    std::stable_sort(readers.begin(), readers.end(), [](const StageSpec& a, const StageSpec& b) {
      if ((a.program != nullptr) != (b.program != nullptr)) return a.program != nullptr;
      return a.program == nullptr && a.plugin != nullptr && b.plugin != nullptr && a.plugin->manifest.name() < b.plugin->manifest.name();
    });
  }

  void CheckReaderTwice(const std::vector<StageSpec>& readers) {
    std::map<const PluginFile*, const StageSpec*> first;
    for (const StageSpec& reader : readers) {
      if (reader.plugin == nullptr) continue;
      const auto [at, added] = first.emplace(reader.plugin, &reader);
      if (!added)
        Add(reader.place, reader.Path(),
            fmt::format("the {} {} is mentioned already, as {}", KindWord(reader.plugin->manifest.kind()), reader.plugin->manifest.name(), at->second->role));
    }
  }

  void CheckLabels(ManifestSpec& spec) {
    std::map<std::string, const StageSpec*> first;
    for (const bool mentioned : {true, false}) {
      for (const StageSpec* stage : spec.stages()) {
        if (stage->mentioned != mentioned || stage->plugin == nullptr || !stage->sound_label) continue;
        if (stage->label == "detect" || stage->label == "host")
          Add(stage->place, stage->Path(), Quote(stage->label) + " is what reports call garner's own work; choose another 'name'");
        const auto [at, added] = first.emplace(stage->label, stage);
        if (!added) AddTaken(*stage, *at->second);
      }
    }
  }

  void AddTaken(const StageSpec& stage, const StageSpec& first) {
    if (!stage.mentioned)
      return Add(first.place, first.Path(), fmt::format("{} is the name of {}; choose another 'name'", Quote(first.label), AKindWord(stage.plugin->manifest.kind())));
    if (stage.plugin == first.plugin && IsReader(stage.plugin->manifest.kind())) return;
    Add(stage.place, stage.Path(), Quote(stage.label) + " is the name of " + first.role + " already; give one of them a 'name' of its own");
  }

  const PluginLookup& plugins_;
  Mistakes& mistakes_;
  bool isolated_by_default_ = false;
};

}  // namespace

bool IsLabel(std::string_view text) {
  return !text.empty() && text.size() <= kMaxLabel && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

std::vector<StageSpec*> ManifestSpec::stages() {
  std::vector<StageSpec*> all;
  if (source) all.push_back(&*source);
  for (StageSpec& stage : unpackers) all.push_back(&stage);
  for (StageSpec& stage : decoders) all.push_back(&stage);
  for (StageSpec& stage : transforms) all.push_back(&stage);
  for (StageSpec& stage : sinks) all.push_back(&stage);
  return all;
}

ManifestSpec ReadManifest(const YamlNode& root, const PluginLookup& plugins, Mistakes& mistakes) {
  return ManifestReader(plugins, mistakes).Read(root);
}

}  // namespace garner
