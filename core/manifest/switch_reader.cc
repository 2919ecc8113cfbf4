#include "core/manifest/switch_reader.h"

#include "core/manifest/quote.h"

namespace garner {
namespace {

bool IsWord(const YamlNode& node, std::string_view word) { return node.kind == YamlNode::Kind::kScalar && node.text == word; }

}  // namespace

void ReadSwitch(const YamlNode::Entry& entry, const std::string& path, bool& value, Mistakes& mistakes) {
  const YamlNode& node = *entry.value;
  if (node.broken) return;
  const bool plain = !node.quoted || node.interpolated;
  if (!plain || (!IsWord(node, "true") && !IsWord(node, "false")))
    return mistakes.Add(node.place, path, Quote(entry.key) + ": true or false is wanted, found " + Describe(node));
  value = IsWord(node, "true");
}

}  // namespace garner
