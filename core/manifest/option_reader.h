// Turns the `options:` of a stage into the plugin's options message.
#pragma once

#include <google/protobuf/message.h>

#include <string>

#include "core/manifest/mistakes.h"
#include "core/manifest/yaml_tree.h"

namespace garner {

// What the options belong to.
struct OptionScope {
  std::string path;    // "transforms[1] deduplicator", for messages
  std::string folder;  // where relative files start
  Place place;         // of the stage, for options that are missing
};

// Fills `message` from `node` (a map; nullptr: nothing is set) and checks every rule. Mistakes go to `mistakes`; what is sound is filled
// in all the same.
void ReadOptions(const YamlNode* node, const OptionScope& scope, google::protobuf::Message& message, Mistakes& mistakes);

}  // namespace garner
