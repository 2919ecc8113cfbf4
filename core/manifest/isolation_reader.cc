#include "core/manifest/isolation_reader.h"

#include <algorithm>

#include "core/manifest/manifest_keys.h"
#include "core/manifest/nearest.h"
#include "core/manifest/quote.h"
#include "core/manifest/switch_reader.h"

namespace garner {
namespace {

bool IsWord(const YamlNode& node, std::string_view word) { return node.kind == YamlNode::Kind::kScalar && node.text == word; }

}  // namespace

bool ReadIsolation(const YamlNode::Entry& entry, const std::string& path, bool otherwise, Mistakes& mistakes) {
  const YamlNode& node = *entry.value;
  if (node.broken) return otherwise;
  if (IsWord(node, "process")) return true;
  if (IsWord(node, "none")) return false;
  mistakes.Add(node.place, path, Quote(entry.key) + ": 'process' or 'none' is wanted, found " + Describe(node));
  return otherwise;
}

void NoteUselessKeys(const std::vector<IsolationKey>& keys, Mistakes& notes) {
  for (const IsolationKey& key : keys)
    notes.Add(key.place, key.path, Quote(key.name) + " is for isolated stages, and none is isolated; 'default_isolation: process' isolates all");
}

SandboxRules ReadSandbox(const YamlNode& node, Mistakes& mistakes) {
  SandboxRules rules;
  if (node.broken) return rules;
  if (node.kind != YamlNode::Kind::kMap) {
    mistakes.Add(node.place, "sandbox", "a map is wanted, found " + Describe(node));
    return rules;
  }
  for (const YamlNode::Entry& entry : node.entries) {
    const auto key = std::find_if(SandboxKeys().begin(), SandboxKeys().end(), [&](const SandboxKey& known) { return known.name == entry.key; });
    if (key != SandboxKeys().end()) {
      ReadSwitch(entry, "sandbox", rules.*key->rule, mistakes);
    } else {
      mistakes.Add(entry.place, "sandbox", "unknown key " + Quote(entry.key) + SuggestNames(entry.key, KeyNames(SandboxKeys())));
    }
  }
  return rules;
}

}  // namespace garner
