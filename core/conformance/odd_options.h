// Options that a manifest may hold and hardly anybody writes: the ends of ranges, empty and long texts, odd file names.
#pragma once

#include <string>
#include <vector>

#include "core/manifest/options_schema.h"

namespace garner {

struct OddOptions {
  std::string yaml;  // for messages
  std::string serialised;
};

// One option at a time, beside those of `base` (YAML; may be empty); only what the host accepts. `folder`: where files of options are looked for.
// `for_source`: without texts that name the machine's own folders, which a source would read.
std::vector<OddOptions> MakeOddOptions(OptionsSchema& schema, const std::string& base, const std::string& folder, bool for_source);

}  // namespace garner
