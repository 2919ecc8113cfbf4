// What a plugin's options are, for people: `garner plugins NAME`. From the plugin's file alone; runs none of
// its code. Pure functions, any thread.
#pragma once

#include <string>
#include <vector>

#include "core/plugin/plugin_file.h"

namespace garner {

struct OptionDoc {
  // As --set writes it: "min_words", "scoring.min_score"; "rules[].label" inside a list of maps, "hosts.*.port" inside a map of maps.
  std::string name;
  // "whole number", "list of texts", "one of precision, balanced, recall" ...
  std::string type;
  // As YAML; empty where none is declared.
  std::string default_value;
  // "1 to 1000", "at least 1"; empty without bounds.
  std::string range;
  // "words", "bytes"; empty where the plugin names none.
  std::string unit;
  // The field's comment in options.proto, as one paragraph.
  std::string doc;
  // What one may write where the choice is fixed; empty elsewhere.
  std::vector<std::string> values;
  // The RE2 that a text must match as a whole; empty for none.
  std::string pattern;
  bool is_regex = false;
  bool file = false;
  bool required = false;
  bool secret = false;
};

// In the order of options.proto; what a map option holds follows it. Empty for a plugin without options, or whose description cannot be
// read. At most 1000.
std::vector<OptionDoc> DescribeOptions(const PluginFile& plugin);

// What may be written, in one line: "text, matching `a|b`", "whole number, 1 to 1000".
std::string Takes(const OptionDoc& option);

}  // namespace garner
