// A YAML document as a tree whose every part knows its place.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "core/manifest/environment.h"
#include "core/manifest/mistakes.h"

namespace garner {

struct YamlNode {
  enum class Kind { kNull, kScalar, kList, kMap };
  struct Entry {
    std::string key;
    Place place;  // of the key
    const YamlNode* value = nullptr;
  };

  Kind kind = Kind::kNull;
  Place place;
  std::string text;           // of a scalar, its variables filled in
  bool quoted = false;        // written in quotes or as a block
  bool interpolated = false;  // a variable was filled in
  bool broken = false;        // a mistake about it is already told
  bool incomplete = false;    // a map with a key that was refused: what is missing may stand there
  std::vector<const YamlNode*> items;
  std::vector<Entry> entries;  // keys are unique

  const Entry* Find(std::string_view key) const;
};

// "a map", "a list", "no value", or a scalar in quotes.
std::string Describe(const YamlNode& node);

// Owns nodes; their addresses stay.
class YamlArena {
 public:
  YamlNode* New(YamlNode node = {}) { return &nodes_.emplace_back(std::move(node)); }

 private:
  std::deque<YamlNode> nodes_;
};

}  // namespace garner
