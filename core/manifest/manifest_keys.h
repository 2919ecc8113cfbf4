// Every key of a manifest, declared once: the reader takes from here what it accepts, the JSON Schema what it offers (`garner plugins
// --schema`), and a test compares docs/manifest.md with it. To add a key, add it here and read it in manifest_reader.cc.
//
// Constant data; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/isolation/limits.h"
#include "core/manifest/plan.h"

namespace garner {

using PluginKind = v1::PluginManifest::Kind;

// What stands under a key.
enum class KeyValue {
  kName,       // a text of 1 to kMaxJobName bytes
  kFolder,     // the name of a folder
  kFolders,    // a list of them
  kStage,      // one stage of a kind
  kStages,     // a list of them
  kLimits,     // a map: LimitKeys()
  kSandbox,    // a map: SandboxKeys()
  kSwitch,     // true or false
  kIsolation,  // `process` or `none`
  kPlugin,     // the name of a plugin, or a map: a program (program_reader.h)
  kLabel,      // IsLabel()
  kOptions,    // a map: the plugin's options
  kCondition,  // a map: ConditionKeys()
};

struct ManifestKey {
  std::string_view name;
  KeyValue value;
  // For people, in editors.
  std::string_view doc;
  // What holds where the key is left out, as YAML; empty where that is nothing.
  std::string_view default_value = "";
  bool required = false;
  // Of the stages under it.
  PluginKind kind = v1::PluginManifest::KIND_UNSPECIFIED;
};

// A key of a stage's map.
struct StageKey {
  std::string_view name;
  KeyValue value;
  std::string_view doc;
  bool (*fits)(PluginKind kind);  // which kinds of stages may have it
  std::string_view fits_words;    // "decoders and transforms"; empty: all
};

struct LimitKey {
  std::string_view name;
  uint32_t min;
  uint32_t max;
  uint32_t& (*of)(Limits& limits);
  std::string_view doc;
  bool for_isolated = false;

  uint32_t DefaultValue() const {
    Limits limits;
    return of(limits);
  }
};

struct SandboxKey {
  std::string_view name;
  bool SandboxRules::*rule;
  std::string_view doc;
};

struct ConditionKey {
  std::string_view name;
  std::string_view doc;
};

inline constexpr size_t kMaxJobName = 200;
inline constexpr size_t kMaxLabel = 64;
inline constexpr size_t kMaxProgramWords = 1000;
inline constexpr size_t kMaxProgramVersion = 64;

const std::vector<ManifestKey>& ManifestKeys();
const std::vector<StageKey>& StageKeys();
const std::vector<LimitKey>& LimitKeys();
const std::vector<SandboxKey>& SandboxKeys();
const std::vector<ConditionKey>& ConditionKeys();

// nullptr for none.
const LimitKey* FindLimit(std::string_view name);

// The names of a table's keys, in its order.
template <typename Key>
std::vector<std::string> KeyNames(const std::vector<Key>& keys) {
  std::vector<std::string> names;
  for (const Key& key : keys) names.emplace_back(key.name);
  return names;
}

}  // namespace garner
