#include "core/manifest/manifest_schema.h"

#include "core/manifest/manifest_keys.h"
#include "core/manifest/options_json_schema.h"
#include "core/manifest/plugin_lookup.h"

namespace garner {
namespace {

constexpr char kTextTypes[] = "Any text; plain numbers and true or false are texts too.";

SchemaJson Documented(std::string_view doc, SchemaJson schema) {
  SchemaJson out = {{"description", std::string(doc)}};
  out.update(schema);
  return out;
}

SchemaJson TextSchema() { return {{"type", {"string", "number", "boolean"}}, {"description", kTextTypes}}; }

// A text that is not empty.
SchemaJson WordSchema() { return {{"type", {"string", "number", "boolean"}}, {"minLength", 1}}; }

// One word, or a list of at least one.
SchemaJson SomeWords(const SchemaJson& word) {
  const SchemaJson list = {{"type", "array"}, {"items", word}, {"minItems", 1}};
  return {{"anyOf", SchemaJson::array({word, list})}};
}

// How the marks are written that a job's name may not have: controls, and what reorders text on a terminal.
constexpr char kNoControls[] =
    "^[^\\u0000-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff]*$";

SchemaJson NameSchema() {
  return {{"type", {"string", "number", "boolean"}}, {"minLength", 1}, {"maxLength", kMaxJobName}, {"pattern", kNoControls}};
}

SchemaJson LabelSchema() {
  const SchemaJson text = {{"type", "string"},
                           {"pattern", "^[A-Za-z0-9_-]{1," + std::to_string(kMaxLabel) + "}$"},
                           {"not", {{"enum", {"detect", "host"}}}}};
  return OrVariable({{"anyOf", SchemaJson::array({text, {{"type", {"number", "boolean"}}}})}});
}

SchemaJson LimitsSchema() {
  SchemaJson schema = {{"type", "object"}, {"properties", SchemaJson::object()}, {"additionalProperties", false}};
  for (const LimitKey& key : LimitKeys()) {
    const SchemaJson number = {{"type", "integer"}, {"minimum", key.min}, {"maximum", key.max}};
    SchemaJson limit = Documented(key.doc, OrVariable(number));
    limit["default"] = key.DefaultValue();
    schema["properties"][std::string(key.name)] = limit;
  }
  return schema;
}

SchemaJson SandboxSchema() {
  SchemaJson schema = {{"type", "object"}, {"properties", SchemaJson::object()}, {"additionalProperties", false}};
  for (const SandboxKey& key : SandboxKeys()) {
    SchemaJson rule = Documented(key.doc, SwitchSchema());
    rule["default"] = false;
    schema["properties"][std::string(key.name)] = rule;
  }
  return schema;
}

// A plain `true` is a word of four letters there.
SchemaJson LanguageSchema() { return OrVariable({{"type", {"string", "boolean"}}, {"pattern", "^[A-Za-z]{2,8}$"}}); }
SchemaJson MediaTypeSchema() { return OrVariable({{"type", "string"}, {"pattern", "^[^/]+/[^/ ;,*]+$"}}); }

SchemaJson ConditionValues(std::string_view key) {
  if (key == "language") return SomeWords(LanguageSchema());
  if (key == "media_type") return SomeWords(MediaTypeSchema());
  if (key == "metadata") return {{"type", "object"}, {"minProperties", 1}, {"additionalProperties", SomeWords(WordSchema())}};
  return SomeWords(WordSchema());
}

SchemaJson ConditionSchema() {
  SchemaJson schema = {{"type", "object"}, {"properties", SchemaJson::object()}, {"additionalProperties", false}, {"minProperties", 1}};
  for (const ConditionKey& key : ConditionKeys()) schema["properties"][std::string(key.name)] = Documented(key.doc, ConditionValues(key.name));
  return schema;
}

SchemaJson IsolationSchema() { return OrVariable(WordsSchema({"process", "none"})); }

class Writer {
 public:
  explicit Writer(const std::vector<const PluginFile*>& plugins) : plugins_(plugins) {}

  SchemaJson Run() {
    defs_["variable"] = {{"type", "string"},
                         {"pattern", "\\$\\{"},
                         {"description", "${NAME}: the variable's value; ${NAME:-default} where it may be missing."}};
    defs_["text"] = TextSchema();
    SchemaJson properties = SchemaJson::object();
    SchemaJson required = SchemaJson::array();
    for (const ManifestKey& key : ManifestKeys()) {
      properties[std::string(key.name)] = KeySchema(key);
      if (key.required) required.push_back(std::string(key.name));
    }
    return {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
            {"title", "garner manifest"},
            {"description", "A job for garner: where documents come from, what is done to them, and where they go."},
            {"type", "object"},
            {"properties", properties},
            {"required", required},
            {"additionalProperties", false},
            {"$defs", defs_}};
  }

 private:
  SchemaJson KeySchema(const ManifestKey& key) {
    SchemaJson schema = Documented(key.doc, ValueSchema(key));
    if (!key.default_value.empty()) schema["default"] = SchemaJson::parse(key.default_value, nullptr, false);
    if (schema.contains("default") && schema["default"].is_discarded()) schema["default"] = std::string(key.default_value);
    return schema;
  }

  SchemaJson ValueSchema(const ManifestKey& key) {
    switch (key.value) {
      case KeyValue::kName: return NameSchema();
      case KeyValue::kFolder: return WordSchema();
      case KeyValue::kFolders: return {{"type", "array"}, {"items", WordSchema()}};
      case KeyValue::kStage: return StageRef(key.kind);
      case KeyValue::kStages: return StagesSchema(key);
      case KeyValue::kLimits: return LimitsSchema();
      case KeyValue::kSandbox: return SandboxSchema();
      case KeyValue::kSwitch: return SwitchSchema();
      case KeyValue::kIsolation: return IsolationSchema();
      default: return SchemaJson::object();  // keys of stages
    }
  }

  SchemaJson StagesSchema(const ManifestKey& key) {
    SchemaJson list = {{"type", "array"}, {"items", StageRef(key.kind)}};
    if (key.required) list["minItems"] = 1;
    return list;
  }

  SchemaJson StageRef(PluginKind kind) {
    const std::string name = KindWord(kind);
    if (!defs_.contains(name)) defs_[name] = StageSchema(kind);
    return Ref("#/$defs/" + name);
  }

  // The bare name of a plugin that can do without options, or a map.
  SchemaJson StageSchema(PluginKind kind) {
    const auto can_stand_alone = [](const PluginFile& plugin) { return !NeedsOptions(plugin); };
    return {{"anyOf", SchemaJson::array({PluginNames(kind, can_stand_alone), StageMap(kind)})}};
  }

  template <typename Filter>
  SchemaJson PluginNames(PluginKind kind, Filter filter) {
    SchemaJson names = SchemaJson::array();
    for (const PluginFile* plugin : plugins_)
      if (plugin->manifest.kind() == kind && filter(*plugin))
        names.push_back({{"const", plugin->manifest.name()}, {"description", plugin->manifest.summary()}});
    return OrVariable({{"anyOf", names}});
  }

  SchemaJson StageMap(PluginKind kind) {
    SchemaJson map = {{"type", "object"}, {"properties", SchemaJson::object()}, {"required", {"plugin"}}, {"additionalProperties", false}};
    for (const StageKey& key : StageKeys())
      if (key.fits(kind)) map["properties"][std::string(key.name)] = Documented(key.doc, StageValue(key.value, kind));
    SchemaJson rules = SchemaJson::array();
    for (const PluginFile* plugin : plugins_)
      if (plugin->manifest.kind() == kind) rules.push_back(OptionsRule(*plugin));
    if (!rules.empty()) map["allOf"] = rules;
    return map;
  }

  SchemaJson StageValue(KeyValue value, PluginKind kind) {
    switch (value) {
      case KeyValue::kPlugin: return PluginNames(kind, [](const PluginFile&) { return true; });
      case KeyValue::kLabel: return LabelSchema();
      case KeyValue::kOptions: return {{"type", "object"}};
      case KeyValue::kCondition:
        if (!defs_.contains("condition")) defs_["condition"] = ConditionSchema();
        return Ref("#/$defs/condition");
      case KeyValue::kIsolation: return IsolationSchema();
      default: return SchemaJson::object();  // keys of the manifest
    }
  }

  SchemaJson OptionsRule(const PluginFile& plugin) {
    SchemaJson then = {{"properties", {{"options", Ref("#/$defs/" + AddOptionsSchema(plugin, defs_))}}}};
    if (NeedsOptions(plugin)) then["required"] = {"options"};
    const SchemaJson named = {{"properties", {{"plugin", {{"const", plugin.manifest.name()}}}}}, {"required", {"plugin"}}};
    return {{"if", named}, {"then", then}};
  }

  const std::vector<const PluginFile*>& plugins_;
  SchemaJson defs_ = SchemaJson::object();
};

}  // namespace

std::string ManifestSchema(const std::vector<const PluginFile*>& plugins) {
  return Writer(plugins).Run().dump(2, ' ', false, SchemaJson::error_handler_t::replace) + "\n";
}

}  // namespace garner
