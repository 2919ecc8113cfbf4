#include "core/manifest/apply_overrides.h"

#include <filesystem>
#include <string>
#include <vector>

#include "core/manifest/nearest.h"
#include "core/manifest/options_schema.h"
#include "core/manifest/quote.h"
#include "core/manifest/yaml_reader.h"

namespace garner {
namespace {

constexpr char kPathsOption[] = "paths";

// A copy of the map `base` (nullptr: an empty one) in which names[at...] leads to `value`. A copy, because aliases share nodes.
const YamlNode* WithValue(const YamlNode* base, const std::vector<std::string>& names, size_t at, const YamlNode* value,
                          YamlArena& arena) {
  if (at == names.size()) return value;
  YamlNode* map = arena.New();
  if (base != nullptr && base->kind == YamlNode::Kind::kMap) {
    *map = *base;
  } else {
    map->kind = YamlNode::Kind::kMap;
    map->place = value->place;
  }
  for (YamlNode::Entry& entry : map->entries) {
    if (entry.key != names[at]) continue;
    entry = {names[at], value->place, WithValue(entry.value, names, at + 1, value, arena)};
    return map;
  }
  map->entries.push_back({names[at], value->place, WithValue(nullptr, names, at + 1, value, arena)});
  return map;
}

void SetOption(StageSpec& stage, const std::vector<std::string>& names, const YamlNode* value, YamlArena& arena) {
  // Options that are no map are a mistake of the manifest, and stay one.
  const bool usable = stage.options == nullptr || stage.options->kind == YamlNode::Kind::kMap || stage.options->kind == YamlNode::Kind::kNull;
  if (usable) stage.options = WithValue(stage.options, names, 0, value, arena);
}

std::vector<std::string> SplitAtDots(std::string_view text) {
  std::vector<std::string> parts;
  for (size_t begin = 0;;) {
    const size_t dot = text.find('.', begin);
    parts.emplace_back(text.substr(begin, dot - begin));
    if (dot == std::string_view::npos) return parts;
    begin = dot + 1;
  }
}

std::vector<std::string> Labels(const std::vector<StageSpec*>& stages) {
  std::vector<std::string> labels;
  for (const StageSpec* stage : stages)
    if (!stage->label.empty()) labels.push_back(stage->label);
  return labels;
}

// By label, else by the plugin's name where that is no riddle.
Result<StageSpec*> FindStage(const std::string& name, const std::vector<StageSpec*>& stages) {
  std::vector<StageSpec*> same_plugin;
  for (StageSpec* stage : stages) {
    if (stage->label == name) return stage;
    if (stage->plugin != nullptr && stage->plugin->manifest.name() == name) same_plugin.push_back(stage);
  }
  if (same_plugin.size() == 1) return same_plugin[0];
  if (same_plugin.empty())
    return Status(StatusKind::kConfig, "the job has no stage " + Quote(name) + SuggestNames(name, Labels(stages)));
  return Status(StatusKind::kConfig,
                "several stages run " + name + "; say which by its name: " + JoinNames(Labels(same_plugin)));
}

bool HasEmptyName(const std::vector<std::string>& names) {
  for (const std::string& name : names)
    if (name.empty()) return true;
  return false;
}

void ApplySet(const std::string& argument, const Place& place, const Environment& environment, const std::vector<StageSpec*>& stages,
              YamlArena& arena, Mistakes& mistakes) {
  const size_t equals = argument.find('=');
  std::vector<std::string> names = SplitAtDots(std::string_view(argument).substr(0, equals));
  if (equals == std::string::npos || names.size() < 2 || names.size() > kMaxYamlDepth || HasEmptyName(names))
    return mistakes.Add(place, "", "STAGE.OPTION=VALUE is wanted");
  const Result<StageSpec*> stage = FindStage(names[0], stages);
  if (!stage.ok()) return mistakes.Add(place, "", stage.status().message());
  const YamlNode* value = ReadYaml(std::string_view(argument).substr(equals + 1), place, environment, arena, mistakes);
  if (value == nullptr) return;
  names.erase(names.begin());
  SetOption(**stage, names, value, arena);
}

bool HasPaths(const PluginFile& source) {
  const OptionsSchema schema(source);
  return schema.message() != nullptr && schema.message()->FindFieldByName(kPathsOption) != nullptr;
}

const YamlNode* TextNode(const std::string& text, const Place& place, YamlArena& arena) {
  YamlNode* node = arena.New();
  node->kind = YamlNode::Kind::kScalar;
  node->place = place;
  node->text = text;
  node->quoted = true;
  return node;
}

void ApplyInputs(const std::vector<std::string>& inputs, StageSpec& source, YamlArena& arena, Mistakes& mistakes) {
  const Place place{.origin = Place::Origin::kInput};
  if (source.plugin == nullptr) return;  // told already
  if (!HasPaths(*source.plugin))
    return mistakes.Add(place, source.Path(),
                        "the source " + source.plugin->manifest.name() + " has no option 'paths'; --input replaces that option");
  YamlNode* list = arena.New();
  list->kind = YamlNode::Kind::kList;
  list->place = place;
  for (const std::string& input : inputs) {
    if (input.empty()) return mistakes.Add(place, source.Path(), "an empty path; a file, a folder, a glob or '-' is wanted");
    list->items.push_back(TextNode(AbsolutePath(input), place, arena));
  }
  SetOption(source, {kPathsOption}, list->items.size() == 1 ? list->items[0] : list, arena);
}

}  // namespace

void ApplyOverrides(const Overrides& overrides, const Environment& environment, ManifestSpec& spec, YamlArena& arena,
                    Mistakes& mistakes) {
  if (!overrides.inputs.empty() && spec.source) ApplyInputs(overrides.inputs, *spec.source, arena, mistakes);
  const std::vector<StageSpec*> stages = spec.stages();
  for (size_t i = 0; i < overrides.sets.size(); ++i) {
    const Place place{.origin = Place::Origin::kSet, .argument = static_cast<int>(i)};
    ApplySet(overrides.sets[i], place, environment, stages, arena, mistakes);
  }
}

std::string AbsolutePath(const std::string& path) {
  if (path == "-") return path;  // standard input
  namespace fs = std::filesystem;
  std::error_code error;
  fs::path out;
  for (const fs::path& part : fs::absolute(path, error))
    if (part != "." && !part.empty()) out /= part;
  return out.string();
}

}  // namespace garner
